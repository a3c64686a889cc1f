import { and, eq, lte } from 'drizzle-orm';
import type { LngLat } from '@/data/model/geo';
import { Problem } from '@/data/model/problem';
import { isAggregateOnly, type Scope } from '@/data/model/scope';
import type { Connection } from '../db/client';
import { building, dwelling } from '../db/schema';
import { inTerritory } from '../db/scope';
import { eventsAtBuilding, live, type Moment } from '../event/store';
import { localDayAt, refuseWall } from './list';
import { maskCredit } from './rules';
import { entity } from './table';

/** Event at the building of an entity. */
export type EntityEvent = { id: string; title: string; level: number; stage: string; reportedAt: string };

/** Everything about one entity (法人 360° 档案) as it stood at an instant. Roles of aggregates get no door and no full code. */
export type EntityCard = {
  id: string;
  name: string;
  nameEn: string;
  creditCode: string;
  /** Word of list `entity-type`. */
  entityType: string;
  /** Word of list `industry`. */
  industry: string;
  nEmployees: number;
  /** Local dates; null = still running. */
  registeredOn: string;
  closedOn: string | null;
  position: LngLat | null;
  community: string | null;
  grid: string | null;
  building: { code: string; name: string; nameEn: string; address: string } | null;
  dwelling: { code: string; room: string } | null;
  events: EntityEvent[];
};

const nEvents = 6;

const columns = {
  id: entity.id,
  name: entity.name,
  nameEn: entity.name_en,
  creditCode: entity.credit_code,
  entityType: entity.entity_type,
  industry: entity.industry,
  nEmployees: entity.n_employees,
  registeredOn: entity.registered_on,
  closedOn: entity.closed_on,
  lng: entity.lng,
  lat: entity.lat,
  community: entity.community_code,
  grid: entity.grid_code,
};
const card = {
  ...columns,
  buildingCode: building.code,
  buildingName: building.name,
  buildingNameEn: building.name_en,
  address: building.address,
  dwellingCode: dwelling.code,
  room: dwelling.room,
};

const eventsOf = async (
  connection: Connection,
  scope: Scope,
  code: string | null,
  moment: Moment,
): Promise<EntityEvent[]> => {
  if (code === null || isAggregateOnly(scope)) return [];
  const rows = await eventsAtBuilding(connection, scope, {
    building: code,
    ...moment,
    isOpenOnly: false,
    limit: nEvents,
  });
  return rows.map(({ id, title, level, stage, reportedAt }) => ({ id, title, level, stage, reportedAt }));
};

/**
 * An entity of the caller's territory at an instant (null = now); `not_found` elsewhere and before it was registered,
 * `not_allowed` on a wall.
 */
export const entityById = async (
  connection: Connection,
  scope: Scope,
  id: string,
  moment: Moment = live,
): Promise<EntityCard> => {
  refuseWall(scope);
  const { db } = connection;
  const day = await localDayAt(connection, moment.at);
  const [row] = await db
    .select(card)
    .from(entity)
    .leftJoin(building, eq(building.code, entity.building_code))
    .leftJoin(dwelling, eq(dwelling.code, entity.dwelling_code))
    .where(and(eq(entity.id, id), lte(entity.registered_on, day), await inTerritory(db, scope, entity)));
  if (!row) throw new Problem('not_found', `No entity ${id} in your territory.`, { id });
  const { lng, lat, buildingCode, buildingName, buildingNameEn, address, dwellingCode, room, closedOn, ...own } = row;
  const isMasked = isAggregateOnly(scope);
  return {
    ...own,
    creditCode: isMasked ? maskCredit(own.creditCode) : own.creditCode,
    closedOn: closedOn !== null && closedOn <= day ? closedOn : null,
    position: lng === null || lat === null ? null : [lng, lat],
    building:
      buildingCode === null
        ? null
        : { code: buildingCode, name: buildingName ?? '', nameEn: buildingNameEn ?? '', address: address ?? '' },
    dwelling: isMasked || dwellingCode === null ? null : { code: dwellingCode, room: room ?? '' },
    events: await eventsOf(connection, scope, buildingCode, moment),
  };
};
