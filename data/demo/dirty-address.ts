import { pinyin } from 'pinyin-pro';
import type { Random } from './random';
import words from './world/dirty-address.json';

/** A building as its address is written down; words as the standard address has them. */
export type Written = {
  code: string;
  subdistrict: string;
  community: string;
  /** Street with number: 荔枝路二巷210号. */
  street: string;
  number: number;
  /** Name of the building or of its estate; '' = known by its door alone. */
  house: string;
  block: number | null;
  aliases: readonly string[];
};

/** District, sub-district, community, street, number, name of the building. */
const standard = /^深圳市大鹏新区(.+?)街道(.+?)社区(.+?)(\d+)号(.*)$/;
const blocked = /^(.+?)(\d+)栋$/;

/** A building of the demo as its standard address tells it. */
export const writtenOf = ({
  code,
  address,
  aliases,
}: {
  code: string;
  address: string;
  aliases: readonly string[];
}): Written => {
  const [, subdistrict = '', community = '', street = '', number, name = ''] = standard.exec(address) ?? [];
  const [, house = name, block] = blocked.exec(name) ?? [];
  return {
    ...{ code, subdistrict, community, street, house, aliases },
    ...{ number: Number(number), block: block ? Number(block) : null },
  };
};

/** What was done to an address, and which parts it still names. */
export type Dirty = {
  text: string;
  code: string;
  unit: number | null;
  room: string | null;
  kept: { subdistrict: boolean; community: boolean; street: boolean; house: boolean };
};

/** Names that streets once bore, by their name today; about one street in twelve has one. */
export const oldNamesOf = (streets: readonly string[], random: Random): Map<string, string> => {
  const free = random.shuffle(words.oldNames.flatMap((name) => words.oldEndings.map((ending) => name + ending)));
  const taken = new Set(streets);
  const some = random.shuffle(streets).slice(0, Math.ceil(streets.length / 12));
  return new Map(
    some.flatMap((street) => {
      const old = free.pop();
      return old && !taken.has(old) ? [[street, old] as const] : [];
    }),
  );
};

const byReading = new Map<string, string[]>();
const soundOf = (letter: string) => pinyin(letter, { toneType: 'none' });

/** Letters of the names at hand by how they are read: typing errors take one for another. */
const learnLetters = (names: readonly string[]): void => {
  for (const letter of new Set(names.join('')))
    if (/\p{Script=Han}/u.test(letter)) {
      const list = byReading.get(soundOf(letter)) ?? [];
      if (!list.includes(letter)) byReading.set(soundOf(letter), [...list, letter]);
    }
};

const numerals = /[零一二三四五六七八九十百]/;

/** One letter of a name wrong: mostly another of the same sound; never in a number or in the last word. */
const mistype = (name: string, random: Random): string => {
  const places = [...name].flatMap((letter, i) =>
    i < name.length - 1 && !numerals.test(letter) && /\p{Script=Han}/u.test(letter) ? [i] : [],
  );
  if (name.length < 3 || places.length === 0) return name;
  const at = random.pick(places);
  const own = name[at] ?? '';
  const same = (byReading.get(soundOf(own)) ?? []).filter((letter) => letter !== own);
  const wrong = same.length > 0 && random.has(0.7) ? random.pick(same) : random.pick(words.wrongLetters);
  return name.slice(0, at) + wrong + name.slice(at + 1);
};

const fill = (form: string, name: string | number) => form.replace('{0}', String(name));
const widen = (text: string) => text.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
const digitsOf: Record<string, string> = {
  一: '1',
  二: '2',
  三: '3',
  四: '4',
  五: '5',
  六: '6',
  七: '7',
  八: '8',
  九: '9',
  十: '10',
};

/** Makes addresses as they come in from lists of other offices: short, wrong, old, out of order. */
export const dirtyAddresses = (all: readonly Written[], random: Random, old: ReadonlyMap<string, string>) => {
  learnLetters(all.flatMap(({ street, house }) => [street, house]));
  const divisionOf = ({ subdistrict, community }: Written, kept: Dirty['kept']): string =>
    [
      random.has(0.4) ? (random.has(0.2) ? '广东省深圳市' : '深圳市') : '',
      random.has(0.5) ? (random.has(0.2) ? '大鹏' : '大鹏新区') : '',
      kept.subdistrict
        ? random.has(0.6)
          ? `${subdistrict}街道`
          : fill(random.pick(words.subdistrict), subdistrict)
        : '',
      kept.community ? (random.has(0.6) ? `${community}社区` : fill(random.pick(words.community), community)) : '',
    ].join('');
  return (): Dirty => {
    const one = random.pick(all);
    const hasHouse = one.house !== '';
    const drop = hasHouse ? random.next() : 1;
    const kept = {
      subdistrict: random.has(0.65),
      community: random.has(0.7),
      street: drop > 0.3,
      house: hasHouse && (drop < 0.3 || drop > 0.5),
    };
    let street = random.has(0.5) ? (old.get(one.street) ?? one.street) : one.street;
    if (random.has(0.1)) street = mistype(street, random);
    if (random.has(0.25))
      street = street.replace(/[一二三四五六七八九十](?=巷|街坊)/, (letter, at) =>
        at > 0 && numerals.test(street[at - 1] ?? '') ? letter : (digitsOf[letter] ?? letter),
      );
    let house = one.house;
    if (random.has(0.1)) house = mistype(house, random);
    if (one.block !== null)
      house = `${house}${random.has(0.6) ? `${one.block}栋` : `${one.block}${random.pick(words.block)}`}`;
    const alias = one.aliases.filter((name) => /\d/.test(name) || one.block === null);
    if (alias.length > 0 && random.has(0.12)) house = random.pick(alias);
    let door = `${street}${one.number}${random.has(0.85) ? '号' : random.pick(words.door)}`;
    if (random.has(0.03)) door = `${one.number}号${street}`;
    const inner = [kept.street ? door : '', kept.house ? house : ''].filter(Boolean);
    if (inner.length > 1 && random.has(0.08)) inner.reverse();
    const hasRoom = random.has(0.3);
    const floor = random.whole(1, 6);
    const room = hasRoom ? `${floor}0${random.whole(1, 4)}` : null;
    const unit = hasRoom && random.has(0.3) ? random.whole(1, 3) : null;
    const tail = hasRoom
      ? `${unit === null ? '' : fill(random.pick(words.unit), unit)}${room}${random.pick(words.room)}`
      : '';
    const division = divisionOf(one, kept);
    let text = random.has(0.04)
      ? `${inner.join('')}${tail}${division ? `，${division}` : ''}`
      : `${division}${inner.join('')}${tail}`;
    if (random.has(0.1)) text = widen(text);
    if (random.has(0.1)) text += random.pick(words.noise);
    if (random.has(0.05)) text = text.replace('街道', '街道 ');
    return { text, code: one.code, unit, room, kept };
  };
};
