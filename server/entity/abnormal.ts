import { and, gt, inArray, isNull, lte, or } from 'drizzle-orm';
import { isAggregateOnly, type Scope } from '@/data/model/scope';
import type { Connection } from '../db/client';
import { inTerritory } from '../db/scope';
import { type Moment, pressingAtBuildings } from '../event/store';
import { localDayAt } from './list';
import { isOfTrade } from './rules';
import { entity } from './table';

/** Ids of abnormal entities (异常法人). Null = not told: the caller gets aggregates only. */
export type AbnormalEntities = { ids: string[] | null };

/**
 * Entities running at an instant (null = now) in whose building an event of their trade stood open then that is past its
 * limit or of level Ⅰ or Ⅱ.
 */
export const abnormalEntities = async (
  connection: Connection,
  scope: Scope,
  moment: Moment,
): Promise<AbnormalEntities> => {
  if (isAggregateOnly(scope)) return { ids: null };
  const events = await pressingAtBuildings(connection, scope, moment);
  const buildings = events.filter(isOfTrade).flatMap(({ building }) => building ?? []);
  if (buildings.length === 0) return { ids: [] };
  const day = await localDayAt(connection, moment.at);
  const { db } = connection;
  const rows = await db
    .select({ id: entity.id })
    .from(entity)
    .where(
      and(
        inArray(entity.building_code, [...new Set(buildings)]),
        lte(entity.registered_on, day),
        or(isNull(entity.closed_on), gt(entity.closed_on, day)),
        await inTerritory(db, scope, entity),
      ),
    )
    .orderBy(entity.id);
  return { ids: rows.map(({ id }) => id) };
};
