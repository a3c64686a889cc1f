import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { LngLat } from '@/data/model/geo';
import { Problem } from '@/data/model/problem';
import type { Scope } from '@/data/model/scope';
import type { Connection } from '../db/client';
import { block, division } from '../db/schema';
import { inTerritory } from '../db/scope';
import { building, dwelling } from './table';

/** One step of the way down; a dwelling's name is its room. */
export type TrailStep = { code: string; name: string; nameEn: string };
type Siblings = { here: TrailStep | null; siblings: TrailStep[] };

/** Where a block, building or dwelling stands below its grid, each step with what lies beside it (下钻路径). */
export type PlaceTrail = {
  grid: string | null;
  block: Siblings;
  building: Siblings;
  dwelling: Siblings;
  /** Of the building, else of the block. */
  position: LngLat | null;
};

export type TrailAsk = { kind: 'grid' | 'block' | 'building' | 'dwelling'; code: string };

/** Steps a menu offers at most. */
const most = 300;

const nothing: Siblings = { here: null, siblings: [] };
const stepsOf = (steps: TrailStep[], code: string | null): Siblings => ({
  here: steps.find((step) => step.code === code) ?? null,
  siblings: steps,
});

const placeOf = ({ lng, lat }: { lng: number | null; lat: number | null }): LngLat | null =>
  lng === null || lat === null ? null : [lng, lat];

const missing = ({ kind, code }: TrailAsk) =>
  new Problem('not_found', `No ${kind} ${code} in your territory.`, { code });

const blocksOf = async ({ db }: Connection, grid: string | null): Promise<TrailStep[]> =>
  grid === null
    ? []
    : db
        .select({ code: block.code, name: block.name, nameEn: block.name_en })
        .from(block)
        .where(eq(block.grid_code, grid))
        .orderBy(asc(block.code))
        .limit(most);

/** Buildings of a block, or of a grid where there is no block. */
const buildingsOf = async (
  { db }: Connection,
  place: { block: string | null; grid: string | null },
): Promise<TrailStep[]> => {
  if (place.block === null && place.grid === null) return [];
  const where = place.block === null ? eq(building.grid_code, place.grid ?? '') : eq(building.block_code, place.block);
  return db
    .select({ code: building.code, name: building.name, nameEn: building.name_en })
    .from(building)
    .where(and(where, isNull(building.valid_to)))
    .orderBy(asc(building.name), asc(building.code))
    .limit(most);
};

const dwellingsOf = async ({ db }: Connection, code: string): Promise<TrailStep[]> => {
  const rows = await db
    .select({ code: dwelling.code, room: dwelling.room })
    .from(dwelling)
    .where(eq(dwelling.building_code, code))
    .orderBy(asc(dwelling.unit), asc(dwelling.floor), asc(dwelling.code))
    .limit(most);
  return rows.map((row) => ({ code: row.code, name: row.room, nameEn: row.room }));
};

const ofBlock = async (connection: Connection, scope: Scope, ask: TrailAsk): Promise<PlaceTrail> => {
  const [row] = await connection.db
    .select({ grid: block.grid_code, lng: block.lng, lat: block.lat })
    .from(block)
    .innerJoin(division, eq(division.code, block.grid_code))
    .where(and(eq(block.code, ask.code), sql`starts_with(${division.path}, ${scope.path})`));
  if (!row) throw missing(ask);
  const [blocks, buildings] = await Promise.all([
    blocksOf(connection, row.grid),
    buildingsOf(connection, { block: ask.code, grid: row.grid }),
  ]);
  return {
    grid: row.grid,
    block: stepsOf(blocks, ask.code),
    building: stepsOf(buildings, null),
    dwelling: nothing,
    position: placeOf(row),
  };
};

const ofGrid = async (connection: Connection, scope: Scope, ask: TrailAsk): Promise<PlaceTrail> => {
  const [row] = await connection.db
    .select({ grid: division.code, lng: division.lng, lat: division.lat })
    .from(division)
    .where(and(eq(division.code, ask.code), sql`starts_with(${division.path}, ${scope.path})`));
  if (!row) throw missing(ask);
  const blocks = await blocksOf(connection, row.grid);
  const buildings = blocks.length > 0 ? [] : await buildingsOf(connection, { block: null, grid: row.grid });
  return {
    grid: row.grid,
    block: stepsOf(blocks, null),
    building: stepsOf(buildings, null),
    dwelling: nothing,
    position: placeOf(row),
  };
};

const buildingCodeOf = async ({ db }: Connection, ask: TrailAsk): Promise<string> => {
  if (ask.kind === 'building') return ask.code;
  const [row] = await db.select({ code: dwelling.building_code }).from(dwelling).where(eq(dwelling.code, ask.code));
  if (!row) throw missing(ask);
  return row.code;
};

/** The way from the grid down to a thing of the caller's territory; `not_found` elsewhere, no dwelling on a wall. */
export const readTrail = async (connection: Connection, scope: Scope, ask: TrailAsk): Promise<PlaceTrail> => {
  if (ask.kind === 'dwelling' && scope.screen === 'big')
    throw new Problem('not_allowed', 'A wall ends at the building.');
  if (ask.kind === 'grid') return ofGrid(connection, scope, ask);
  if (ask.kind === 'block') return ofBlock(connection, scope, ask);
  const code = await buildingCodeOf(connection, ask);
  const [row] = await connection.db
    .select({ grid: building.grid_code, block: building.block_code, lng: building.lng, lat: building.lat })
    .from(building)
    .where(and(eq(building.code, code), await inTerritory(connection.db, scope, building)));
  if (!row) throw missing(ask);
  const [blocks, buildings, dwellings] = await Promise.all([
    blocksOf(connection, row.grid),
    buildingsOf(connection, row),
    scope.screen === 'big' ? [] : dwellingsOf(connection, code),
  ]);
  return {
    grid: row.grid,
    block: stepsOf(blocks, row.block),
    building: stepsOf(buildings, code),
    dwelling: stepsOf(dwellings, ask.kind === 'dwelling' ? ask.code : null),
    position: placeOf(row),
  };
};
