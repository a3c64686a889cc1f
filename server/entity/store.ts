import { and, asc, desc, eq, isNull } from 'drizzle-orm';
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
  place: { building: string } | { dwelling: string },
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
    .where(and(at, isNull(entity.closed_on), await inTerritory(db, scope, entity)))
    .orderBy(desc(entity.n_employees), asc(entity.id));
};
