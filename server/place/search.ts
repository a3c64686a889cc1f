import type { LngLat } from '@/data/model/geo';
import { Problem } from '@/data/model/problem';
import type { Scope } from '@/data/model/scope';
import type { Connection } from '../db/client';
import { findDivisions } from '../division/store';
import { findEvents } from './events';
import { parseAddressCode } from './rules';
import { findBuildings, readDwelling } from './store';

/** Something found; `code` is what a selection names it by. Detail: level, address or title. */
export type SearchHit = {
  kind: 'division' | 'building' | 'dwelling' | 'event';
  code: string;
  name: string;
  nameEn: string;
  detail: string;
  position: LngLat | null;
};

const searchLimit = 20;

const ignoreMissing = (error: unknown): null => {
  if (error instanceof Problem && error.code === 'not_found') return null;
  throw error;
};

const findDwelling = async (connection: Connection, scope: Scope, words: string): Promise<SearchHit[]> => {
  if (parseAddressCode(words)?.kind !== 'dwelling') return [];
  const found = await readDwelling(connection, scope, words).catch(ignoreMissing);
  if (!found) return [];
  const { code, room, building } = found;
  return [
    {
      kind: 'dwelling',
      code,
      name: `${building.name} ${room}`,
      nameEn: `${building.nameEn} ${room}`,
      detail: building.address,
      position: building.position,
    },
  ];
};

/** Cuts lists to `limit` hits in all, evenly: what one kind leaves free the others use. Order of lists and hits is kept. */
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
 * Divisions, buildings (name, alias, address, 19-digit code), dwellings (25-digit code) and events (number) of the
 * caller's territory; at most 20, an even share of each kind, dwellings and divisions first.
 */
export const search = async (connection: Connection, scope: Scope, text: string): Promise<SearchHit[]> => {
  const words = text.trim();
  if (words === '') return [];
  const [dwellings, divisions, buildings, events] = await Promise.all([
    findDwelling(connection, scope, words),
    findDivisions(connection, scope, words, searchLimit),
    findBuildings(connection, scope, words, searchLimit),
    findEvents(connection, scope, words, searchLimit),
  ]);
  const places = divisions.map(
    ({ level, center, ...hit }): SearchHit => ({ ...hit, kind: 'division', detail: level, position: center }),
  );
  const cases = events.map(
    ({ id, number, title, position }): SearchHit => ({
      ...{ kind: 'event', code: id, name: number, nameEn: number, detail: title, position },
    }),
  );
  const houses = buildings.map(({ address, ...hit }): SearchHit => ({ ...hit, kind: 'building', detail: address }));
  return cutEvenly([dwellings, places, cases, houses], searchLimit);
};
