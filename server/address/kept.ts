import type { LngLat } from '@/data/model/geo';
import type { Connection } from '../db/client';
import { beyondScope } from '../db/scoped';
import type { Place, Placement } from '../exchange/event-plan';
import { readPlacer } from '../exchange/write-areas';
import { readMapVersion } from '../tile/store';
import { AddressBook, type BookBuilding, type BookDivision, type OtherName } from './book';

/** Where a building stands; `path` = that of the smallest division it lies in. */
export type Spot = { path: string; position: LngLat | null; placement: Placement };

/** The address library as it is kept in memory, with what follows from a building or a position. */
export type Kept = {
  book: AddressBook;
  spots: ReadonlyMap<string, Spot>;
  /** Path and level (1 province … 6 grid) by code. */
  divisions: ReadonlyMap<string, { path: string; level: number }>;
  /** Placer of positions, read once when it is first needed; null = there are no grids. */
  placer: () => Promise<Place | null>;
};

type Version = { map: string; lastName: number; kept: Kept };
type BuildingRow = Omit<BookBuilding, 'path'> &
  Placement & { place: string | null; lng: number | null; lat: number | null };

const checkMs = 5_000;
const batch = 5_000;

/** Next.js bundles routes apart from one another: what they share lives on the process, by connection. */
const shared = globalThis as {
  gridhallAddress?: WeakMap<Connection, { checkedAt: number; version: Promise<Version> }>;
};

const readBook = async ({ sql }: Connection): Promise<Omit<Kept, 'placer'>> => {
  const rows = await sql<(BookDivision & { level: number })[]>`
    select code, path, name, level from division where valid_to is null or valid_to > now() order by code collate "C"`;
  const divisions = new Map(rows.map(({ code, path, level }) => [code, { path, level }]));
  const book = new AddressBook(rows);
  const spots = new Map<string, Spot>();
  const buildings = sql<BuildingRow[]>`
    select code, coalesce(grid_code, community_code, subdistrict_code) as place, name, address, aliases, lng, lat,
      subdistrict_code, community_code, grid_code, block_code
    from building where valid_to is null or valid_to > now() order by code collate "C"`;
  for await (const part of buildings.cursor(batch))
    for (const { code, place, name, address, aliases, lng, lat, ...placement } of part) {
      const path = divisions.get(place ?? '')?.path ?? '';
      book.add({ code, path, name, address, aliases });
      spots.set(code, { path, placement, position: lng === null || lat === null ? null : [lng, lat] });
    }
  return { book, spots, divisions };
};

const once = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
};

const refresh = async (connection: Connection, before: Promise<Version> | undefined): Promise<Version> => {
  const { sql } = connection;
  const [map, known] = await Promise.all([readMapVersion(connection), before?.catch(() => undefined)]);
  const isSame = known?.map === map;
  const kept = isSame
    ? known.kept
    : { ...(await readBook(connection)), placer: once(() => sql.begin((tx) => readPlacer(tx))) };
  const names = await sql<(OtherName & { id: number })[]>`
    select id, name, standard from address_name where id > ${isSame ? known.lastName : 0} order by id`;
  kept.book.addOthers(names);
  return { map, kept, lastName: names.at(-1)?.id ?? (isSame ? known.lastName : 0) };
};

/**
 * The address library, read once for each version of the data; names taught since are added. Looked at again after
 * `forMs`; 0 = now.
 */
export const keptBook = async (asked: Connection, forMs = checkMs): Promise<Kept> => {
  // Kept for all; who asks is told of buildings in his territory alone.
  const connection = beyondScope(asked);
  shared.gridhallAddress ??= new WeakMap();
  const entry = shared.gridhallAddress.get(connection);
  if (entry && Date.now() - entry.checkedAt < forMs) return (await entry.version).kept;
  const version = refresh(connection, entry?.version);
  shared.gridhallAddress.set(connection, { checkedAt: Date.now(), version });
  version.catch(() => shared.gridhallAddress?.delete(connection));
  return (await version).kept;
};
