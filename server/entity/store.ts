import { and, asc, desc, eq, gt, isNotNull, isNull, lte, or } from 'drizzle-orm';
import { noPointDay, type PointRow, pointDay } from '@/data/model/points';
import type { Scope } from '@/data/model/scope';
import type { Connection } from '../db/client';
import { inTerritory } from '../db/scope';
import { entity } from './table';

/** Legal entity or trader (法人) as cards list it. */
export type EntityRow = {
  id: string;
  name: string;
  nameEn: string;
  /** Word of list `entity-type`. */
  entityType: string;
  /** Word of list `industry`. */
  industry: string;
  dwelling: string | null;
  nEmployees: number;
};

/** Entities that operate in a building or a dwelling of the caller's territory, the largest first. */
export const entitiesIn = async (
  { db }: Connection,
  scope: Scope,
  place: ({ building: string } | { dwelling: string }) & { day: string },
): Promise<EntityRow[]> => {
  const at = 'building' in place ? eq(entity.building_code, place.building) : eq(entity.dwelling_code, place.dwelling);
  return db
    .select({
      id: entity.id,
      name: entity.name,
      nameEn: entity.name_en,
      entityType: entity.entity_type,
      industry: entity.industry,
      dwelling: entity.dwelling_code,
      nEmployees: entity.n_employees,
    })
    .from(entity)
    .where(
      and(
        at,
        lte(entity.registered_on, place.day),
        or(isNull(entity.closed_on), gt(entity.closed_on, place.day)),
        await inTerritory(db, scope, entity),
      ),
    )
    .orderBy(desc(entity.n_employees), asc(entity.id));
};

/** Entities of the caller's territory that have a place, as points of the map; those dissolved since stay for a clock in the past. */
export const entityPoints = async ({ db }: Connection, scope: Scope): Promise<PointRow[]> => {
  const rows = await db
    .select({
      id: entity.id,
      lng: entity.lng,
      lat: entity.lat,
      entityType: entity.entity_type,
      industry: entity.industry,
      from: entity.registered_on,
      until: entity.closed_on,
    })
    .from(entity)
    .where(and(isNotNull(entity.lng), isNotNull(entity.lat), await inTerritory(db, scope, entity)));
  return rows.map(({ id, lng, lat, from, until, ...words }) => ({
    id,
    lng: lng ?? 0,
    lat: lat ?? 0,
    codes: { ...words, from: pointDay(from), until: until === null ? noPointDay : pointDay(until) },
  }));
};
