import { and, asc, desc, eq, gt, inArray, isNull, lte, or } from 'drizzle-orm';
import { divisionLevels } from '@/data/model/division';
import { Problem } from '@/data/model/problem';
import type { Scope } from '@/data/model/scope';
import type { Connection } from '../db/client';
import { division } from '../db/schema';
import { inTerritory } from '../db/scope';
import { readInstallation } from '../dictionary/store';
import { localDay } from '../metric/period';
import { entity } from './table';

/** Entity as the list of a place tells it; no door, no code. */
export type EntityLine = {
  id: string;
  name: string;
  nameEn: string;
  /** Word of list `entity-type`. */
  entityType: string;
  /** Word of list `industry`. */
  industry: string;
  nEmployees: number;
  building: string | null;
  grid: string | null;
};

/** Local day of an instant (null = now), where the installation is. */
export const localDayAt = async ({ db }: Connection, at: Date | null): Promise<string> =>
  localDay(at ?? new Date(), (await readInstallation(db)).timeZone);

export const refuseWall = (scope: Scope): void => {
  if (scope.screen === 'big') throw new Problem('not_allowed', 'A wall shows no single entity.');
};

/** The caller's scope cut down to a division of the territory (null = all of it); `not_found` outside it. */
const narrowed = async ({ db }: Connection, scope: Scope, code: string | null): Promise<Scope> => {
  if (code === null) return scope;
  const [node] = await db
    .select({ path: division.path, level: division.level })
    .from(division)
    .where(eq(division.code, code));
  const level = node && divisionLevels[node.level - 1];
  if (!node?.path.startsWith(scope.path) || !level)
    throw new Problem('not_found', `No division ${code} in your territory.`, { code });
  return { ...scope, division: code, path: node.path, level };
};

export type EntityAsk = {
  division: string | null;
  at: Date | null;
  entityTypes: string[];
  industries: string[];
  limit: number;
  offset: number;
};

/** Entities of a division running at an instant (null = now), the largest first; `not_allowed` on a wall. */
export const listEntities = async (connection: Connection, scope: Scope, ask: EntityAsk): Promise<EntityLine[]> => {
  refuseWall(scope);
  const { db } = connection;
  const day = await localDayAt(connection, ask.at);
  const place = await inTerritory(db, await narrowed(connection, scope, ask.division), entity);
  return db
    .select({
      id: entity.id,
      name: entity.name,
      nameEn: entity.name_en,
      entityType: entity.entity_type,
      industry: entity.industry,
      nEmployees: entity.n_employees,
      building: entity.building_code,
      grid: entity.grid_code,
    })
    .from(entity)
    .where(
      and(
        place,
        lte(entity.registered_on, day),
        or(isNull(entity.closed_on), gt(entity.closed_on, day)),
        ask.entityTypes.length > 0 ? inArray(entity.entity_type, ask.entityTypes) : undefined,
        ask.industries.length > 0 ? inArray(entity.industry, ask.industries) : undefined,
      ),
    )
    .orderBy(desc(entity.n_employees), asc(entity.id))
    .limit(ask.limit)
    .offset(ask.offset);
};
