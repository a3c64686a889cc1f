import { type DivisionLevel, divisionLevels } from '@/data/model/division';
import type { LngLat } from '@/data/model/geo';
import { isAggregateOnly, type Scope } from '@/data/model/scope';
import type { SearchKind } from '@/data/model/search';
import type { Connection, Sql } from '../db/client';

/** A thing as a hit shows it, without what the words matched. */
export type Shown = { code: string; name: string; nameEn: string; detail: string; position: LngLat | null };

/** Row of a thing; `detail` as `SearchHit` has it, null position = nowhere on the map. */
type Row = { code: string; name: string; name_en: string; detail: string; lng: number | null; lat: number | null };

const shownOf = ({ code, name, name_en, detail, lng, lat }: Row): Shown => ({
  ...{ code, name, nameEn: name_en, detail },
  position: lng === null || lat === null ? null : [lng, lat],
});

/** Kinds of things that stand in tables of their own and are found by name. */
export type PlacedKind = Extract<SearchKind, 'division' | 'block' | 'building' | 'entity' | 'asset' | 'beach'>;

type ByCodes = (sql: Sql, codes: string[], isAggregate: boolean) => PromiseLike<Row[]>;

/** Forces are people: a post that gets aggregates only finds none. */
const byCodes: Record<PlacedKind, ByCodes> = {
  division: (sql, codes) => sql<Row[]>`
    select code, name, name_en, level::text as detail, lng, lat from division where code in ${sql(codes)}`,
  block: (sql, codes) => sql<Row[]>`
    select b.code, b.name, b.name_en, d.name as detail, b.lng, b.lat
    from block b join division d on d.code = b.grid_code where b.code in ${sql(codes)}`,
  building: (sql, codes) => sql<Row[]>`
    select code, name, name_en, address as detail, lng, lat from building where code in ${sql(codes)}`,
  entity: (sql, codes) => sql<Row[]>`
    select id as code, name, name_en, industry as detail, lng, lat from entity where id in ${sql(codes)}`,
  asset: (sql, codes, isAggregate) => sql<Row[]>`
    select id as code, name, name_en, asset_type as detail, lng, lat from asset
    where id in ${sql(codes)} and not (${isAggregate} and asset_group = 'force')`,
  beach: (sql, codes) => sql<Row[]>`
    select b.id as code, b.name, b.name_en, coalesce(d.name, '') as detail, b.lng, b.lat
    from beach b left join division d on d.code = b.community_code where b.id in ${sql(codes)}`,
};

export const isPlaced = (kind: SearchKind): kind is PlacedKind => kind in byCodes;

const levelOf = (level: string): DivisionLevel => divisionLevels[Number(level) - 1] ?? 'grid';

/**
 * Things as hits show them, by code. Where the caller gets aggregates only, an entity is told without its place: its
 * position is its door.
 */
export const readShown = async (
  { sql }: Connection,
  scope: Scope,
  kind: PlacedKind,
  codes: readonly string[],
): Promise<Map<string, Shown>> => {
  const isAggregate = isAggregateOnly(scope);
  const rows = (await byCodes[kind](sql, [...codes], isAggregate)).map(shownOf);
  const isPlaceless = kind === 'entity' && isAggregate;
  return new Map(
    rows.map((row) => [
      row.code,
      {
        ...row,
        detail: kind === 'division' ? levelOf(row.detail) : row.detail,
        position: isPlaceless ? null : row.position,
      },
    ]),
  );
};

/** Dwelling a search found, and the building it stands in, whose territory decides who may see it. */
export type DwellingFound = Shown & { building: string };

type DwellingAsk = { code: string } | { buildings: readonly string[]; unit: number | null; room: string };

/** Dwellings whose 25-digit code begins so, or of a room number in some buildings; never for a wall. */
export const findDwellings = async (
  { sql }: Connection,
  scope: Scope,
  ask: DwellingAsk,
  limit: number,
): Promise<DwellingFound[]> => {
  if (scope.screen === 'big' || ('buildings' in ask && ask.buildings.length === 0)) return [];
  const where =
    'code' in ask
      ? sql`d.code >= ${ask.code} and d.code < ${`${ask.code}a`}`
      : sql`d.building_code in ${sql([...ask.buildings])} and d.room = ${ask.room}
          ${ask.unit === null ? sql`` : sql`and d.unit = ${ask.unit}`}`;
  const door = sql`case when b.units > 1 then d.unit || '-' || d.room else d.room end`;
  const rows = await sql<(Row & { building: string })[]>`
    select d.code, b.name || ' ' || ${door} as name, b.name_en || ' ' || ${door} as name_en, b.address as detail,
      b.lng, b.lat, b.code as building
    from dwelling d join building b on b.code = d.building_code where ${where} order by d.code limit ${limit}`;
  return rows.map((row) => ({ ...shownOf(row), building: row.building }));
};

/** Building of a grid nearest to a point, within `metres`; null = none. */
export const nearestBuilding = async (
  { sql }: Connection,
  grid: string,
  [lng, lat]: LngLat,
  metres: number,
): Promise<Shown | null> => {
  const scale = Math.cos((lat * Math.PI) / 180);
  const distance = sql`111320 * sqrt(power((lng - ${lng}) * ${scale}::float8, 2) + power(lat - ${lat}, 2))`;
  const [row] = await sql<(Row & { distance: number })[]>`
    select code, name, name_en, address as detail, lng, lat, ${distance} as distance
    from building where grid_code = ${grid} and lng is not null order by distance limit 1`;
  return row && row.distance <= metres ? shownOf(row) : null;
};
