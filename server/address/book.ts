import addressWord from '@/data/dictionaries/address-word.json';
import { shortName } from '../search/text';
import { Lexicon } from './lexicon';
import { canonicalOf } from './plain';

/** What addresses are matched against. `path` of a building: that of the smallest division it lies in. */
export type BookDivision = { code: string; path: string; name: string };
export type BookBuilding = { code: string; path: string; name: string; address: string; aliases: readonly string[] };
/** A name that a street or house bore or bears beside its standard one (曾用名、俗称). */
export type OtherName = { name: string; standard: string };

/**
 * A street or a house name (estate, block of flats, shop): how it is called here, and its buildings by number. `isWhole`:
 * the standard name, so that the only building of it needs no number.
 */
export type Named = { kind: 'street' | 'house'; name: string; byNumber: Map<string, number[]>; isWhole: boolean };
/** What a word of an address may stand for; `isOther`: not the standard name. */
export type Entry =
  | { kind: 'division'; division: BookDivision; isShort: boolean }
  | { kind: 'street' | 'house'; named: Named; isOther: boolean };

const [street = '', block = ''] = addressWord.doors;
const doorOf = new RegExp(`^(.+?)(\\d+(?:-\\d+)?)${street}(.*)$`);
const blockOf = new RegExp(`^(.+?)(\\d+)${block}$`);

/** Number of a house name that has no blocks. */
export const only = '';

/** The address library (标准地址库) as it is matched: names of divisions, streets and houses, and the buildings of each. */
export class AddressBook {
  readonly lexicon = new Lexicon<Entry>();
  readonly buildings: BookBuilding[] = [];
  private readonly named = new Map<string, Named>();
  private readonly divisionNames = new Set<string>();
  private readonly codes = new Map<string, string>();

  constructor(divisions: readonly BookDivision[]) {
    for (const division of divisions) {
      this.codes.set(division.path, division.code);
      const name = canonicalOf(division.name);
      this.divisionNames.add(name);
      this.lexicon.add(name, { kind: 'division', division, isShort: false });
      const short = shortName(name);
      if (short) this.lexicon.add(short, { kind: 'division', division, isShort: true });
    }
  }

  /** Code of the division at a path; null = none. */
  divisionAt(path: string): string | null {
    return this.codes.get(path) ?? null;
  }

  /** The named thing of that name; new ones are found from now on. */
  private nameOf(kind: Named['kind'], name: string): Named {
    const key = `${kind} ${name}`;
    const known = this.named.get(key);
    if (known) return known;
    const made: Named = { kind, name, byNumber: new Map(), isWhole: false };
    this.named.set(key, made);
    this.lexicon.add(name, { kind, named: made, isOther: false });
    return made;
  }

  private put(named: Named, number: string, building: number): void {
    const list = named.byNumber.get(number);
    if (!list) named.byNumber.set(number, [building]);
    else if (!list.includes(building)) list.push(building);
  }

  /** An address without the divisions it begins with. */
  private tailOf(address: string): string {
    let text = canonicalOf(address);
    for (let length = Math.min(text.length, 16); length > 1; length--) {
      if (!this.divisionNames.has(text.slice(0, length))) continue;
      text = text.slice(length);
      length = Math.min(text.length, 16) + 1;
    }
    return text;
  }

  private addHouse(name: string, building: number, isStandard: boolean): void {
    const [, house = name, number = only] = blockOf.exec(name) ?? [];
    if (house.length < 2) return;
    const named = this.nameOf('house', house);
    named.isWhole ||= isStandard;
    this.put(named, number, building);
  }

  add(building: BookBuilding): void {
    const at = this.buildings.push(building) - 1;
    const [, road, number = '', rest = ''] = doorOf.exec(this.tailOf(building.address)) ?? [];
    if (road) this.put(this.nameOf('street', road), number, at);
    const name = canonicalOf(building.name);
    if (!doorOf.test(name)) this.addHouse(name, at, true);
    if (rest && rest !== name) this.addHouse(rest, at, true);
    for (const alias of building.aliases) this.addHouse(canonicalOf(alias), at, false);
  }

  /** Whether a street or a house bears that name. */
  isStandard(name: string): boolean {
    const plain = canonicalOf(name);
    return this.named.has(`street ${plain}`) || this.named.get(`house ${plain}`)?.isWhole === true;
  }

  /** Names beside the standard ones; those whose standard name is not known are left out. Number of those taken. */
  addOthers(others: readonly OtherName[]): number {
    let taken = 0;
    for (const { name, standard } of others)
      for (const kind of ['street', 'house'] as const) {
        const named = this.named.get(`${kind} ${canonicalOf(standard)}`);
        if (!named) continue;
        this.lexicon.add(canonicalOf(name), { kind, named, isOther: true });
        taken += 1;
      }
    return taken;
  }
}
