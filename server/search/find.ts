import { metricByKey } from '@/data/metrics/index';
import type { Metric } from '@/data/metrics/metric';
import type { Scope } from '@/data/model/scope';
import { type Mark, type SearchHit, type SearchKind, searchKinds } from '@/data/model/search';
import { messages } from '@/data/text';
import type { Connection } from '../db/client';
import { listOwn } from '../metric/store';
import { kindOf, maskOf } from './book';
import { findEvents } from './events';
import { allowedIn, keptLibrary } from './kept';
import type { Library } from './load';
import { matchIn, queryOf } from './match';
import { findPoints } from './point';
import { type Found, findThings, type Reach, rankOf, ranks, type Words } from './rank';
import { type DwellingFound, findDwellings, isPlaced, readShown, type Shown } from './store';
import { plainOf, splitRoom, spokenVariant } from './text';

/** Hits of a kind, and of all kinds together. */
const perKind = 8;
const most = 24;

/** Kinds a wall does not find: it names no door and takes no command. Persons are never in the book. */
const hiddenOnWall: readonly SearchKind[] = ['entity', 'asset', 'layer', 'scene', 'page', 'command'];
const kindsOn = ({ screen }: Scope): number =>
  maskOf(searchKinds.filter((kind) => screen !== 'big' || !hiddenOnWall.includes(kind)));

type Ranked = { rank: number; length: number; hit: SearchHit };

const markOf = (name: string, text: string): Mark | null => {
  const { text: plain, at } = plainOf(name);
  const match = matchIn(plain, queryOf(text));
  const last = match && at[match.end - 1];
  return match && last !== null && last !== undefined ? [at[match.start] ?? 0, last + 1] : null;
};

const hitOf = (kind: SearchKind, shown: Shown & { detailEn?: string }, text: string): SearchHit => ({
  ...{ kind, code: shown.code, name: shown.name, nameEn: shown.nameEn, position: shown.position },
  ...{ detail: shown.detail, detailEn: shown.detailEn ?? shown.detail },
  ...{ mark: markOf(shown.name, text), markEn: markOf(shown.nameEn, text) },
});

const prefixOf: Partial<Record<SearchKind, string>> = {
  layer: 'map.layer.',
  scene: 'common.scene.',
  page: 'common.page.',
  command: 'search.command.',
};

const metricShown = ({ key, zh, en, meaning }: Metric): Shown & { detailEn: string } => ({
  ...{ code: key, name: zh, nameEn: en, detail: meaning.zh, detailEn: meaning.en, position: null },
});

/** A thing that is the same everywhere, as its sentences tell it. */
const fixedShown = (kind: SearchKind, code: string): (Shown & { detailEn: string }) | null => {
  const metric = kind === 'metric' ? metricByKey.get(code) : undefined;
  if (metric) return metricShown(metric);
  const message = messages[`${prefixOf[kind]}${code}`];
  return message ? { code, name: message.zh, nameEn: message.en, detail: '', detailEn: '', position: null } : null;
};

/** `typed` as it came in, `text` as it is compared. */
type Search = { connection: Connection; scope: Scope; library: Library; typed: string; text: string };

/** Things of the book as hits, each kind read at once. */
const hitsOf = async ({ connection, scope, library, text }: Search, found: readonly Found[]): Promise<Ranked[]> => {
  const { book } = library;
  const kinds = [...new Set(found.map(({ thing }) => kindOf(book, thing)))];
  const shown = new Map(
    await Promise.all(
      kinds.filter(isPlaced).map(async (kind) => {
        const codes = found.flatMap(({ thing }) => (kindOf(book, thing) === kind ? [book.codes[thing] ?? ''] : []));
        return [kind as SearchKind, await readShown(connection, scope, kind, codes)] as const;
      }),
    ),
  );
  return found.flatMap(({ thing, rank, length }) => {
    const kind = kindOf(book, thing);
    const code = book.codes[thing] ?? '';
    const one = shown.get(kind)?.get(code) ?? fixedShown(kind, code);
    return one ? [{ rank, length, hit: hitOf(kind, one, text) }] : [];
  });
};

/** The customer's own indicators whose name the words begin or stand in. */
const findOwn = async ({ connection, text }: Search): Promise<Ranked[]> =>
  (await listOwn(connection.db)).flatMap((metric) => {
    const found = [metric.zh, metric.en].flatMap((name) => {
      const { text: pattern } = plainOf(name);
      const match = matchIn(pattern, queryOf(text));
      return match ? [{ rank: rankOf(pattern, match), length: pattern.length }] : [];
    });
    const best = found.toSorted((a, b) => a.rank - b.rank)[0];
    return best ? [{ ...best, hit: hitOf('metric', metricShown(metric), text) }] : [];
  });

/** Words without the divisions they begin with, and the path those lead to; null when they begin with none. */
const withoutDivisions = ({ divisions }: Library, text: string): { rest: string; path: string } | null => {
  let [rest, path] = [text, ''];
  for (;;) {
    const named = divisions
      .filter((division) => division.path.startsWith(path) && division.path !== path)
      .flatMap((division) => division.names.map((name) => ({ name, path: division.path })))
      .filter(({ name }) => rest.startsWith(name) && rest.length > name.length)
      .sort((a, b) => b.name.length - a.name.length || a.path.length - b.path.length)[0];
    if (!named) return path === '' ? null : { rest, path };
    rest = rest.slice(named.name.length);
    path = named.path;
  }
};

const wordsOf = (code: string, text: string): Words => ({
  code,
  texts: [text, spokenVariant(text)].filter((one) => one !== null),
});

/** Finds by name or code, inside the divisions the words begin with where they do. */
const findNamed = (library: Library, typed: string, text: string, reach: Reach): Found[] => {
  const { book } = library;
  const found = findThings(book, wordsOf(typed, text), reach, perKind);
  const inside = withoutDivisions(library, text);
  if (!inside) return found;
  const places = reach.places.map((isIn, place) => (isIn && book.paths[place]?.startsWith(inside.path) ? 1 : 0));
  const more = findThings(book, wordsOf('', inside.rest), { ...reach, places }, perKind);
  const known = new Set(found.map(({ thing }) => thing));
  return [...found, ...more.filter(({ thing }) => !known.has(thing))];
};

/** Digits of a building's code; a dwelling's goes on. */
const buildingDigits = 19;

/** Dwellings of a code, or of a room in the few buildings the rest of the words name. */
const findRooms = async ({ connection, scope, library, typed, text }: Search, { places }: Reach): Promise<Ranked[]> => {
  const { book } = library;
  const buildingsOnly = { places, kinds: maskOf(['building']) };
  const rankedIn = (rows: DwellingFound[], rank: number): Ranked[] =>
    rows.map((row) => ({ rank, length: row.name.length, hit: hitOf('dwelling', row, text) }));
  if (/^\d+$/.test(text) && text.length > buildingDigits) {
    const rows = await findDwellings(connection, scope, { code: text }, perKind);
    const own = ({ building }: DwellingFound) =>
      findThings(book, { code: building, texts: [] }, buildingsOnly, 1).some(({ rank }) => rank === ranks.code);
    return rankedIn(rows.filter(own), ranks.code);
  }
  const split = splitRoom(typed);
  if (!split) return [];
  const buildings = findNamed(library, '', split.rest, buildingsOnly)
    .filter(({ rank }, _i, all) => rank === all[0]?.rank)
    .map(({ thing }) => book.codes[thing] ?? '');
  return rankedIn(
    await findDwellings(connection, scope, { buildings, unit: split.unit, room: split.room }, perKind),
    ranks.prefix,
  );
};

/** Groups in order of their best hit, then of the list of kinds; hits of a group the best first. */
const arrange = (ranked: Ranked[]): SearchHit[] => {
  const best = new Map<SearchKind, number>();
  for (const { rank, hit } of ranked) best.set(hit.kind, Math.min(rank, best.get(hit.kind) ?? rank));
  const orderOf = ({ hit: { kind } }: Ranked) => (best.get(kind) ?? 0) * searchKinds.length + searchKinds.indexOf(kind);
  const sorted = [...ranked].sort((a, b) => orderOf(a) - orderOf(b) || a.rank - b.rank || a.length - b.length);
  const lists = searchKinds.map((kind) => sorted.filter(({ hit }) => hit.kind === kind));
  const kept = new Set(cutEvenly(lists, most));
  return sorted.filter((one) => kept.has(one)).map(({ hit }) => hit);
};

/** Cuts lists to `limit` in all, evenly: what one leaves free the others use. Order of lists and items is kept. */
export const cutEvenly = <T>(lists: readonly (readonly T[])[], limit: number): T[] => {
  const taken = lists.map(() => 0);
  for (let left = limit, isFull = false; left > 0 && !isFull; ) {
    isFull = true;
    for (const [kind, list] of lists.entries()) {
      const n = taken[kind] ?? 0;
      if (left === 0 || n === list.length) continue;
      taken[kind] = n + 1;
      left--;
      isFull = false;
    }
  }
  return lists.flatMap((list, kind) => list.slice(0, taken[kind]));
};

/**
 * Everything of the caller's territory that the words name: places, addresses, codes, events at an instant (null =
 * now), metrics, commands, positions. Never persons; a post that gets aggregates alone finds no event. No words find
 * nothing, but the index is read from then on.
 */
export const find = async (
  connection: Connection,
  scope: Scope,
  query: { text: string; at: Date | null },
): Promise<SearchHit[]> => {
  const typed = query.text.replace(/\s+/g, ' ').trim();
  const { text } = plainOf(typed);
  const reading = keptLibrary(connection);
  if (text === '') return [];
  const kept = await reading;
  const library = await kept.library;
  const reach = { places: allowedIn(kept, library, scope.path), kinds: kindsOn(scope) };
  const search = { connection, scope, library, typed, text };
  const sought = { text: typed, at: query.at, limit: perKind };
  const [things, own, rooms, events, points] = await Promise.all([
    hitsOf(search, findNamed(library, typed, text, reach)),
    findOwn(search),
    findRooms(search, reach),
    findEvents(connection, scope, kept.recent, { ...sought, rootPath: library.rootPath }),
    findPoints(connection, scope, typed),
  ]);
  const cases = events.map((event): Ranked => {
    const hit = hitOf('event', event, text);
    return { rank: hit.mark?.[0] === 0 ? ranks.prefix : ranks.contains, length: 0, hit };
  });
  return arrange([
    ...points.map((hit) => ({ rank: ranks.code, length: 0, hit })),
    ...rooms,
    ...things,
    ...own,
    ...cases,
  ]);
};
