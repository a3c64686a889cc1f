import { and, asc, eq, gt, inArray, lte, sql } from 'drizzle-orm';
import type { BeachNow } from '@/data/model/beach';
import type { Scope } from '@/data/model/scope';
import type { Connection } from '../db/client';
import { inTerritory } from '../db/scope';
import { beach, beach_hour } from './table';

const hourMs = 3_600_000;
const weekMs = 7 * 24 * hourMs;

/** Visitors by beach at the last full hour before an instant. */
const readCounts = async ({ db }: Connection, ids: string[], at: Date): Promise<Map<string, number>> => {
  if (ids.length === 0) return new Map();
  const { beach_id, counted_at, n_visitors } = beach_hour;
  const rows = await db
    .select({ id: beach_id, visitors: n_visitors })
    .from(beach_hour)
    .where(and(inArray(beach_id, ids), lte(counted_at, at), gt(counted_at, new Date(at.getTime() - hourMs))))
    .orderBy(asc(counted_at));
  return new Map(rows.map(({ id, visitors }) => [id, visitors]));
};

const dayHours = 24;

/** A beach of the caller's territory, and its visitors hour by hour in the day up to an instant; null = no such beach. */
export const readBeach = async (
  connection: Connection,
  scope: Scope,
  query: { id: string; at: Date },
): Promise<{ beach: BeachNow; hours: { countedAt: string; visitors: number }[] } | null> => {
  const found = (await readBeaches(connection, scope, { at: query.at, division: null })).find(
    ({ id }) => id === query.id,
  );
  if (!found) return null;
  const { beach_id, counted_at, n_visitors } = beach_hour;
  const since = new Date(query.at.getTime() - dayHours * hourMs);
  const rows = await connection.db
    .select({ countedAt: counted_at, visitors: n_visitors })
    .from(beach_hour)
    .where(and(eq(beach_id, query.id), lte(counted_at, query.at), gt(counted_at, since)))
    .orderBy(asc(counted_at));
  return { beach: found, hours: rows.map((row) => ({ ...row, countedAt: row.countedAt.toISOString() })) };
};

/** Beaches of a division of the caller's territory with their visitors, the fullest first, uncounted ones last. */
export const readBeaches = async (
  connection: Connection,
  scope: Scope,
  query: { at: Date; division: string | null },
): Promise<BeachNow[]> => {
  const { db } = connection;
  const below = sql`coalesce(${beach.grid_code}, ${beach.community_code}, ${beach.subdistrict_code}) in (
    select code from division where starts_with(path, (select path from division where code = ${query.division})))`;
  const rows = await db
    .select({
      ...{ id: beach.id, name: beach.name, nameEn: beach.name_en, capacity: beach.capacity },
      ...{ lng: beach.lng, lat: beach.lat, community: beach.community_code, subdistrict: beach.subdistrict_code },
    })
    .from(beach)
    .where(and(await inTerritory(db, scope, beach), query.division === null ? undefined : below))
    .orderBy(asc(beach.id));
  const ids = rows.map(({ id }) => id);
  const [now, before] = await Promise.all([
    readCounts(connection, ids, query.at),
    readCounts(connection, ids, new Date(query.at.getTime() - weekMs)),
  ]);
  return rows
    .map(({ lng, lat, ...row }): BeachNow => {
      const visitors = now.get(row.id) ?? null;
      return {
        ...row,
        position: lng === null || lat === null ? null : [lng, lat],
        visitors,
        load: visitors === null || row.capacity === 0 ? null : visitors / row.capacity,
        weekBefore: before.get(row.id) ?? null,
      };
    })
    .sort((a, b) => (b.load ?? -1) - (a.load ?? -1) || (a.id < b.id ? -1 : 1));
};
