import addressWord from '@/data/dictionaries/address-word.json';
import type { AddressStep, NameReading } from '@/data/model/address';
import { anyOf } from '../search/text';
import { type AddressBook, type BookDivision, type Entry, type Named, only } from './book';
import type { Hit } from './lexicon';
import { canonicalOf } from './plain';

/** `building`: its 19-digit code, null where only a division is sure. `division`: code of the smallest sure one. */
export type AddressMatch = {
  building: string | null;
  unit: number | null;
  room: string | null;
  division: string | null;
  /** 0–1; a building is taken from `takenFrom` on. */
  score: number;
  /** How the name was found that says most surely which building it is. */
  how: NameReading;
  steps: AddressStep[];
  /** Buildings it may mean where none is sure, the likeliest first, at most five. */
  candidates: string[];
};

/** Least score at which a building is taken, and how far the next one must lie behind. */
export const takenFrom = 0.75;
const leastLead = 0.03;
const mostCandidates = 5;
/** Buildings less likely say nothing of the division. */
const likelyFrom = 0.6;
/** Below this, names with a letter wrong are tried, too. */
const doubtBelow = 0.9;

/** What each kind of difference leaves of the trust in a name. */
const trust = {
  edit: { none: 1, sound: 0.93, letter: 0.88 },
  other: 0.98,
  /** A number that stands before its street. */
  before: 0.97,
  /** The other of two names points elsewhere. */
  conflict: 0.72,
  /** A division named beside it does not hold it, by its full name and by a short one. */
  outside: { full: 0.7, short: 0.8 },
} as const;

const { counted, numbered, units, rooms, floors, beside } = addressWord;
const [doorWord = '', blockWord = ''] = addressWord.doors;
const isOtherCount = new RegExp(
  `^${anyOf([...counted, ...numbered].filter((word) => word !== doorWord && word !== blockWord))}`,
);
const numberAfter = new RegExp(`^(\\d+(?:-\\d+)?)(${doorWord}|${blockWord})?`);
const doorBefore = new RegExp(`(\\d+(?:-\\d+)?)${doorWord}$`);
const blockAfter = new RegExp(`^${anyOf(['', '-'])}(\\d+)(${blockWord}|${doorWord}|-|$)`);
const unitIn = new RegExp(`(\\d{1,2})${anyOf(units)}`);
const notRoom = new RegExp(`\\d{1,2}(?:${anyOf([...units, ...floors])})`, 'g');
const roomIn = new RegExp(`(?:(?<!\\d)(\\d{1,2})-)?(?<!\\d)(\\d{3,4})(?:${anyOf(rooms)}|(?!\\d))`);
const besideIn = new RegExp(anyOf(beside));

type Span = { start: number; end: number };

/** A name with its number in the text, and the buildings it may mean. */
type Reading = {
  hit: Hit<Entry>;
  named: Named;
  number: string;
  end: number;
  share: number;
  buildings: readonly number[];
};

const trustIn = ({ edit, entry }: Hit<Entry>): number =>
  trust.edit[edit] * (entry.kind !== 'division' && entry.isOther ? trust.other : 1);

const howRead = ({ edit, entry }: Hit<Entry>): NameReading => {
  if (edit !== 'none') return 'mended';
  if (entry.kind === 'division') return 'written';
  return entry.isOther || (entry.kind === 'house' && !entry.named.isWhole) ? 'other' : 'written';
};

/** Number that belongs to a street: the one behind it (47号), else the one before it. */
const streetNumber = (text: string, { start, end }: Hit<Entry>) => {
  const after = numberAfter.exec(text.slice(end));
  if (after?.[1] && (after[2] || !isOtherCount.test(text.slice(end + after[0].length))))
    return { number: after[1], end: end + after[0].length, share: 1 };
  const before = doorBefore.exec(text.slice(0, start));
  return before?.[1] ? { number: before[1], end, share: trust.before } : null;
};

/** 47-1 is not known where only 47 is. */
const buildingsOf = (named: Named, number: string): readonly number[] =>
  named.byNumber.get(number) ?? named.byNumber.get(number.split('-')[0] ?? '') ?? [];

const readStreet = (text: string, hit: Hit<Entry>, named: Named): Reading => {
  const found = streetNumber(text, hit);
  if (!found) return { hit, named, number: only, end: hit.end, share: trustIn(hit), buildings: [] };
  const { number, end, share } = found;
  return { hit, named, number, end, share: trustIn(hit) * share, buildings: buildingsOf(named, number) };
};

/** An estate's name alone says which building only where it has one; a short name never does. */
const withoutNumber = ({ byNumber, isWhole }: Named): readonly number[] => {
  const all = [...byNumber.values()].flat();
  return byNumber.size === 1 && (isWhole || byNumber.has(only)) ? all : [];
};

const readHouse = (text: string, hit: Hit<Entry>, named: Named): Reading => {
  const after = blockAfter.exec(text.slice(hit.end));
  const own = after?.[1] ? named.byNumber.get(after[1]) : undefined;
  const isOtherBlock = !own && after?.[2] === blockWord;
  const end = hit.end + (own ? (after?.[0].length ?? 0) : 0);
  const buildings = own ?? (isOtherBlock ? [] : withoutNumber(named));
  return { hit, named, number: own ? (after?.[1] ?? only) : only, end, share: trustIn(hit), buildings };
};

const isWithin = (a: Span, b: Span): boolean =>
  a.start >= b.start && a.end <= b.end && a.end - a.start < b.end - b.start;

/** Names with their numbers, and the buildings they lead to; of readings of one name the surest. */
const readingsOf = (text: string, hits: readonly Hit<Entry>[]): Reading[] => {
  const best = new Map<string, Reading>();
  for (const hit of hits) {
    const { entry } = hit;
    if (entry.kind === 'division') continue;
    const found = entry.kind === 'street' ? readStreet(text, hit, entry.named) : readHouse(text, hit, entry.named);
    const key = `${entry.kind} ${found.named.name} ${found.number}`;
    if (found.share > (best.get(key)?.share ?? 0)) best.set(key, found);
  }
  const all = [...best.values()];
  const leading = all.filter(({ buildings, hit }) => buildings.length > 0 && hit.edit === 'none');
  return all.filter(({ hit }) => !leading.some((other) => isWithin(hit, other.hit)));
};

type NamedDivision = { divisions: BookDivision[]; isShort: boolean; hit: Hit<Entry> };

/** Divisions the text names outside of other names, one entry for each place in the text. */
const divisionsOf = (hits: readonly Hit<Entry>[], readings: readonly Reading[]): NamedDivision[] => {
  const taken = readings.map(({ hit }) => hit);
  const found = new Map<string, NamedDivision>();
  for (const hit of hits) {
    const { entry } = hit;
    if (entry.kind !== 'division' || taken.some((other) => other.start < hit.end && other.end > hit.start)) continue;
    if (hits.some((other) => other.entry.kind === 'division' && isWithin(hit, other))) continue;
    const key = `${hit.start} ${hit.end}`;
    const known = found.get(key);
    if (known) known.divisions.push(entry.division);
    else found.set(key, { divisions: [entry.division], isShort: entry.isShort, hit });
  }
  return [...found.values()];
};

type Candidate = { building: number; readings: Reading[]; score: number };
type Attempt = { readings: Reading[]; named: NamedDivision[]; candidates: Candidate[] };

/** What the divisions named beside a building leave of the trust in it. */
const inDivisions = (path: string, named: readonly NamedDivision[]): number =>
  named.reduce((share, { divisions, isShort }) => {
    const holds = divisions.some((division) => path.startsWith(division.path));
    return holds ? share : share * (isShort ? trust.outside.short : trust.outside.full);
  }, 1);

const candidatesOf = (
  book: AddressBook,
  readings: readonly Reading[],
  named: readonly NamedDivision[],
): Candidate[] => {
  const byBuilding = new Map<number, Reading[]>();
  for (const reading of readings)
    for (const building of reading.buildings) {
      const list = byBuilding.get(building);
      if (list) list.push(reading);
      else byBuilding.set(building, [reading]);
    }
  const kinds = new Set(readings.map(({ named: { kind } }) => kind));
  return [...byBuilding]
    .map(([building, own]) => {
      const best = Math.max(...own.map(({ share }) => share));
      const isPartial = kinds.size > 1 && new Set(own.map(({ named: { kind } }) => kind)).size === 1;
      const longest = Math.max(...own.map(({ hit }) => hit.end - hit.start));
      const path = book.buildings[building]?.path ?? '';
      const score =
        best * (isPartial ? trust.conflict : 1) * inDivisions(path, named) - 0.001 * Math.max(0, 8 - longest);
      return { building, readings: own, score };
    })
    .sort((a, b) => b.score - a.score || a.building - b.building);
};

const isTaken = ([first, second]: readonly Candidate[]): boolean =>
  first !== undefined && first.score >= takenFrom && (!second || first.score - second.score >= leastLead);

/** Longest path that both lie on. */
const common = (a: string, b: string): string => {
  let end = 0;
  for (let i = 0; i < a.length && a[i] === b[i]; i++) if (a[i] === '/') end = i + 1;
  return a.slice(0, end);
};

/** Path of the smallest division that holds all of some places and none of the named divisions speaks against. */
const surePath = (places: readonly string[], named: readonly NamedDivision[]): string => {
  const clear = named.flatMap(({ divisions }) => (divisions.length === 1 ? (divisions[0]?.path ?? []) : []));
  const [first = '', ...more] = places.length > 0 ? places : clear.toSorted((a, b) => b.length - a.length);
  const held = places.length > 0 ? more.reduce(common, first) : first;
  return clear.reduce((path, one) => (path.startsWith(one) ? path : common(path, one)), held);
};

/** Where the likeliest buildings lie, else all those of the longest name that led to none. */
const placesOf = (book: AddressBook, { candidates, readings }: Attempt): string[] => {
  const [first] = candidates;
  const pathOf = (building: number) => book.buildings[building]?.path ?? '';
  if (first && first.score >= likelyFrom)
    return candidates.filter(({ score }) => score > first.score - leastLead).map(({ building }) => pathOf(building));
  const [longest] = readings.toSorted((a, b) => b.named.name.length - a.named.name.length);
  return longest && !first ? [...longest.named.byNumber.values()].flat().map(pathOf) : [];
};

/** Unit and room in what stands behind the building: a unit and a room, or both with a hyphen. */
const roomOf = (rest: string): { unit: number | null; room: string | null } => {
  const named = unitIn.exec(rest)?.[1];
  const [, before, room] = roomIn.exec(rest.replace(notRoom, ' ')) ?? [];
  const unit = named ?? before;
  return { unit: unit ? Number(unit) : null, room: room ?? null };
};

const stepsOf = (text: string, readings: readonly Reading[], named: readonly NamedDivision[]): AddressStep[] => [
  ...named.map(
    ({ hit, divisions }): AddressStep => ({
      words: text.slice(hit.start, hit.end),
      as: 'division',
      name: divisions[0]?.name ?? '',
      number: '',
      how: howRead(hit),
      share: trust.edit[hit.edit],
    }),
  ),
  ...readings.map(
    ({ hit, named: { kind, name }, number, end, share }): AddressStep => ({
      words: text.slice(hit.start, end),
      as: kind,
      name,
      number,
      how: howRead(hit),
      share,
    }),
  ),
];

const attempt = (book: AddressBook, text: string, hits: readonly Hit<Entry>[]): Attempt => {
  const readings = readingsOf(text, hits);
  const leading = readings.filter(({ buildings }) => buildings.length > 0);
  const named = divisionsOf(hits, leading);
  return { readings, named, candidates: candidatesOf(book, leading, named) };
};

/**
 * The building, dwelling or division that a written address means. Words are found as they stand; where they lead to no
 * building, names with one letter wrong are tried, too. Nothing is guessed: two buildings equally likely are none.
 */
export const matchAddress = (book: AddressBook, address: string): AddressMatch => {
  const text = canonicalOf(address);
  const hits = book.lexicon.find(text);
  let found = attempt(book, text, hits);
  if (!isTaken(found.candidates) || (found.candidates[0]?.score ?? 0) < doubtBelow) {
    const near = book.lexicon.findMended(text).filter(({ entry }) => entry.kind !== 'division');
    const mended = attempt(book, text, [...hits, ...near]);
    if (mended.candidates.length > 0) found = mended;
  }
  const { named, candidates } = found;
  const [first] = candidates;
  const isSure = isTaken(candidates) && !besideIn.test(text);
  const building = isSure && first ? (book.buildings[first.building]?.code ?? null) : null;
  const sure = isSure && first ? { ...found, candidates: [first] } : found;
  const path = surePath(placesOf(book, sure), named);
  const best = first?.readings.toSorted((a, b) => b.share - a.share)[0];
  const end = Math.max(0, ...(first?.readings.map((reading) => reading.end) ?? []));
  return {
    building,
    ...(building ? roomOf(text.slice(end)) : { unit: null, room: null }),
    division: book.divisionAt(path),
    score: first?.score ?? 0,
    how: best ? howRead(best.hit) : 'written',
    steps: stepsOf(text, first?.readings ?? [], named),
    candidates: building
      ? []
      : candidates.slice(0, mostCandidates).map((one) => book.buildings[one.building]?.code ?? ''),
  };
};
