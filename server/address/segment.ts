import words from '@/data/dictionaries/address-segment.json';
import type { AddressPart, AddressParts } from '@/data/model/address';
import { anyOf } from '../search/text';

const long = (list: readonly string[]): string[] => list.filter((one) => one.length > 1);
const pattern = (source: string): RegExp => new RegExp(source, 'u');

const { provinces, municipalities, cities, city, numerals } = words;
/** A letter of a Chinese name. */
const han = '\\p{Script=Han}';
const number = `(?:\\d+|[${numerals}]+)`;
const roads = anyOf(words.roadSuffixes);
const directions = `[${words.roadParts.filter((part) => part.length === 1).join('')}]`;
/** Shows that the short name before it is that of a road: (Beijing) East Road. */
const roadTail = `${directions}?(?:${number})?${roads}`;
/** An estate whose name ends here, unless it names a road. */
const estate = `${anyOf(long(words.houseSuffixes))}(?!${roadTail})`;
const nameOf = (most: number): string => `(?:(?!${roads}|${estate})${han}){1,${most}}?`;

const country = pattern(`^${anyOf(words.country)}(?=${anyOf([...provinces, ...municipalities])})`);
const municipality = pattern(`^${anyOf(municipalities)}(?:${city}|(?!${roadTail}))`);
const province = pattern(`^${anyOf(provinces)}(?:${anyOf(words.provinceSuffixes)}|(?!${city}|${roadTail}))`);
const knownCity = pattern(
  `^${anyOf(cities)}(?:${anyOf(words.citySuffixes)}|(?!${roadTail}|[${words.notRoadPart.join('')}]))`,
);
const otherCity = pattern(`^${han}{2,7}?${anyOf(long(words.citySuffixes))}`);
const district = pattern(
  `^${nameOf(7)}(?<!${anyOf(words.notDistrict)}|[${numerals}])${anyOf(words.districtSuffixes)}(?!${roads})`,
);
const subdistrict = pattern(`^${han}{1,8}?${anyOf(words.subdistrictSuffixes)}(?!${roadTail})`);
const village = `(?<!${anyOf(words.notCommunity)})${words.village}`;
const community = pattern(`^${nameOf(8)}(?:${anyOf(words.communitySuffixes)}|${village})(?!${roadTail})`);

const part = `(?:${anyOf(words.roadParts)}(?=\\d|$|${anyOf(words.together)}))?`;
const roadName = `(?:(?!${estate})[${han}a-z]){1,10}?\\d*${roads}${part}`;
const numberedRoad = `\\d+${words.numbered}?${anyOf(long(words.roadSuffixes))}`;
const blockEnds = anyOf(words.blockSuffixes.map((one) => one.slice(-1)));
const doors = `(?:(?:${number}|\\d+(?:[-、]\\d+)+|[a-z]\\d*)${anyOf(words.numberWords)}(?!${blockEnds}))+`;
const bareDoor = `(?:\\d+(?:-\\d+)?(?![\\d-]|${anyOf(words.notDoor)}))?`;
const crossing = `(?:${anyOf(words.together)}${roadName})?${anyOf(words.crossings)}?`;
const road = pattern(`^(?:${roadName}|${numberedRoad})${crossing}(?:${doors}|${bareDoor})`);
/** An estate before its road: the road must have a number, or it is a part of the name. */
const estateRoad = pattern(`^(${han}{0,8}?${estate})(${roadName}${doors})`);

const floor = `${number}(?:[-~]${number})?${anyOf(words.floorSuffixes)}`;
const flat = `[a-z]?\\d{1,5}[a-z]?(?:[-~/]?[a-z]?\\d{1,5}[a-z]?)*${anyOf(words.roomSuffixes)}?`;
const counted = `${number}${anyOf(words.roomSuffixes)}`;
const ends = `${floor}|${counted}|${anyOf(words.whole)}|(?<![a-z]|${roads})${flat}(?!${anyOf(words.blockSuffixes)})`;
const room = pattern(`(?:${ends})+$`);
const block = `(?:[a-z\\d]+|${number})${anyOf(words.blockSuffixes)}`;
const house = pattern(`${anyOf(words.houseSuffixes)}|${block}`);

const note = /\([^)]*\)|\[[^\]]*\]/g;
/** What a list writes before its addresses, and the postcode behind them. */
const label = /^[^\d:]{1,8}:/u;
const postcode = /[\s,]+\d{6}$/;
const marks = /[\s,.;:!?"'。，；：]+|(?<!\d)、|、(?!\d)|^-+|(?<=\p{Script=Han})-(?=\p{Script=Han})/gu;

/** An address with its width and case made one; notes in brackets apart. */
const plainOf = (address: string): { text: string; notes: string } => {
  const text = address.normalize('NFKC').toLowerCase().replace(/[—–]/gu, '-');
  return {
    text: text.replace(note, '').replace(label, '').replace(postcode, '').replace(marks, ''),
    notes: (text.match(note) ?? []).join(''),
  };
};

/** What is left of a text from which parts are taken one after the other. */
class Taking {
  readonly parts: Partial<Record<AddressPart, string>> = {};
  left: string;

  constructor(text: string) {
    this.left = text;
  }

  take(as: AddressPart, what: RegExp): boolean {
    const [found] = what.exec(this.left) ?? [];
    if (!found) return false;
    this.parts[as] = found;
    this.left = this.left.slice(found.length);
    return true;
  }

  /** A municipality is its own city; a city may be named twice. */
  takeDivisions(): void {
    const { parts } = this;
    if (this.take('province', municipality)) parts.city = parts.province;
    else {
      this.take('province', province);
      if (!this.take('city', knownCity)) this.take('city', otherCity);
    }
    if (parts.city && this.left.startsWith(parts.city)) this.take('city', knownCity) || this.take('city', municipality);
    this.take('district', district);
    this.take('subdistrict', subdistrict);
    this.take('community', community);
  }

  takeRoad(): string {
    const [all = '', before = '', named] = estateRoad.exec(this.left) ?? [];
    if (!named) {
      this.take('road', road);
      return '';
    }
    this.parts.road = named;
    this.left = this.left.slice(all.length);
    return before;
  }

  takeRoom(): void {
    const [found] = room.exec(this.left) ?? [];
    const isAll = found?.length === this.left.length;
    if (!found || (isAll && !this.parts.road)) return;
    this.parts.room = found;
    this.left = this.left.slice(0, this.left.length - found.length);
  }
}

/**
 * Takes any Chinese address apart into its eight levels by the words they end with, without the address library; names
 * of provinces and prefectures are known. Letters come back in lower case and half width.
 */
export const segmentOf = (address: string): AddressParts => {
  const { text, notes } = plainOf(address);
  const taking = new Taking(text.replace(country, ''));
  taking.takeDivisions();
  const before = taking.takeRoad();
  taking.takeRoom();
  const named = before + taking.left;
  if (!house.test(named)) return { ...taking.parts, rest: named + notes };
  return { ...taking.parts, house: named, rest: notes };
};
