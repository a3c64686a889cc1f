import { and, asc, desc, eq } from 'drizzle-orm';
import type { LngLat } from '@/data/model/geo';
import { Problem } from '@/data/model/problem';
import type { RentalRating } from '@/data/model/rental';
import { canSeeResidents, isAggregateOnly, type Scope } from '@/data/model/scope';
import type { Connection } from '../db/client';
import { inTerritory } from '../db/scope';
import { beyondScope, onOneLine } from '../db/scoped';
import { readInstallation } from '../dictionary/store';
import { type EntityRow, entitiesIn } from '../entity/store';
import { live, type Moment } from '../event/store';
import { localDay } from '../metric/period';
import { countResidents, listResidents, type MaskedResident, residentsByDwelling } from '../person/store';
import { rateHome } from '../rental/store';
import { eventsOf, type HomeEvent, type RecentEvent } from './events';
import { building, dwelling } from './table';

/** Building as its card shows it, without people. Null position = it stands in `unplaced`. */
export type BuildingHead = {
  code: string;
  name: string;
  nameEn: string;
  address: string;
  aliases: string[];
  /** Word of list `house-type`. */
  houseType: string;
  storeys: number;
  units: number;
  builtYear: number | null;
  areaSqm: number;
  position: LngLat | null;
  subdistrict: string | null;
  community: string | null;
  grid: string | null;
  block: string | null;
};

/** One dwelling in the stack (分户图). Null residents = the caller gets aggregates only. */
export type StackRow = {
  code: string;
  unit: number;
  floor: number;
  room: string;
  /** Word of list `house-use`. */
  houseUse: string;
  areaSqm: number;
  nResidents: number | null;
};

export type BuildingCard = BuildingHead & {
  dwellings: StackRow[];
  entities: EntityRow[];
  openEvents: HomeEvent[];
  /** Newest first, closed ones too. */
  recentEvents: RecentEvent[];
};

/** Past events a building's card lists. */
const recentLimit = 6;

/**
 * Dwelling with its masked residents (一房找多人); null residents = the caller gets aggregates only, null count = and
 * they are too few to be told.
 */
export type DwellingCard = StackRow & {
  building: BuildingHead;
  residents: MaskedResident[] | null;
  entities: EntityRow[];
  /** Null = it is not let, or the caller gets aggregates only. */
  rating: RentalRating | null;
};

const stackColumns = {
  code: dwelling.code,
  unit: dwelling.unit,
  floor: dwelling.floor,
  room: dwelling.room,
  houseUse: dwelling.house_use,
  areaSqm: dwelling.area_sqm,
};

const readHead = async ({ db }: Connection, scope: Scope, code: string): Promise<BuildingHead> => {
  const [row] = await db
    .select({
      code: building.code,
      name: building.name,
      nameEn: building.name_en,
      address: building.address,
      aliases: building.aliases,
      houseType: building.house_type,
      storeys: building.storeys,
      units: building.units,
      builtYear: building.built_year,
      areaSqm: building.area_sqm,
      lng: building.lng,
      lat: building.lat,
      subdistrict: building.subdistrict_code,
      community: building.community_code,
      grid: building.grid_code,
      block: building.block_code,
    })
    .from(building)
    .where(and(eq(building.code, code), await inTerritory(db, scope, building)));
  if (!row) throw new Problem('not_found', `No building ${code} in your territory.`, { code });
  const { lng, lat, ...head } = row;
  return { ...head, position: lng === null || lat === null ? null : [lng, lat] };
};

/** Local day of an instant (null = now), where the installation is. */
const dayOf = async ({ db }: Connection, at: Date | null): Promise<string> =>
  localDay(at ?? new Date(), (await readInstallation(db)).timeZone);

/** Dwellings of a building, top floor first; a wall shows no doors. */
const stackIn = async ({ db }: Connection, scope: Scope, code: string) =>
  scope.screen === 'big'
    ? []
    : db
        .select(stackColumns)
        .from(dwelling)
        .where(eq(dwelling.building_code, code))
        .orderBy(desc(dwelling.floor), asc(dwelling.unit), asc(dwelling.code));

/** Entities of a building: none on a wall, without their doors for who gets aggregates only. */
const tenantsIn = async (
  connection: Connection,
  scope: Scope,
  place: { building: string; day: string },
): Promise<EntityRow[]> => {
  if (scope.screen === 'big') return [];
  const rows = await entitiesIn(connection, scope, place);
  return isAggregateOnly(scope) ? rows.map((row) => ({ ...row, dwelling: null })) : rows;
};

/**
 * Card of a building: what it is, its dwellings top floor first, its entities; residents and events at an instant
 * (null = now). A wall gets neither dwellings nor entities.
 */
export const readBuilding = (
  connection: Connection,
  scope: Scope,
  code: string,
  moment: Moment = live,
): Promise<BuildingCard> => onOneLine(connection, (held) => buildingCard(held, scope, code, moment));

const buildingCard = async (
  connection: Connection,
  scope: Scope,
  code: string,
  { at, known }: Moment,
): Promise<BuildingCard> => {
  const head = await readHead(connection, scope, code);
  const day = await dayOf(connection, at);
  const [rows, residents, entities, events] = await Promise.all([
    stackIn(connection, scope, code),
    residentsByDwelling(connection, scope, { building: code, day }),
    tenantsIn(connection, scope, { building: code, day }),
    eventsOf(connection, scope, { building: code, at, known, limit: recentLimit }),
  ]);
  const isShown = canSeeResidents(scope);
  const dwellings = rows.map((row) => ({ ...row, nResidents: isShown ? (residents.get(row.code) ?? 0) : null }));
  return { ...head, dwellings, entities, ...events };
};

/**
 * A dwelling, its building, its entities and, where the role may, its masked residents, at an instant (null = now);
 * refused to a wall, without entities for who gets aggregates only.
 */
export const readDwelling = async (
  connection: Connection,
  scope: Scope,
  code: string,
  at: Date | null = null,
): Promise<DwellingCard> => {
  if (scope.screen === 'big') throw new Problem('not_allowed', 'A wall shows no dwelling.');
  return onOneLine(connection, (held) => dwellingCard(held, scope, code, at));
};

const dwellingCard = async (
  connection: Connection,
  scope: Scope,
  code: string,
  at: Date | null,
): Promise<DwellingCard> => {
  const [row] = await connection.db
    .select({ ...stackColumns, buildingCode: dwelling.building_code })
    .from(dwelling)
    .where(eq(dwelling.code, code));
  if (!row) throw new Problem('not_found', `No dwelling ${code} in your territory.`, { code });
  const { buildingCode, ...stack } = row;
  const head = await readHead(connection, scope, buildingCode);
  const day = await dayOf(connection, at);
  const [residents, nResidents, entities, rating] = await Promise.all([
    canSeeResidents(scope) ? listResidents(connection, scope, { dwelling: code, day }) : null,
    countResidents(connection, scope, { dwelling: code, day }),
    isAggregateOnly(scope) ? [] : entitiesIn(connection, scope, { dwelling: code, day }),
    isAggregateOnly(scope) ? null : rateHome(beyondScope(connection).db, code, at),
  ]);
  return { ...stack, building: head, residents, nResidents, entities, rating };
};
