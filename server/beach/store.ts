import { and, asc, eq, gt, inArray, lte, sql } from 'drizzle-orm';
import type { BeachNow } from '@/data/model/beach';
import type { Scope } from '@/data/model/scope';
import type { Connection } from '../db/client';
import { inTerritory } from '../db/scope';
import { beach, beach_hour } from './table';

const hourMs = 3_600_000;
const weekMs = 7 * 24 * hourMs;

/** Full hours that may be missing at the end: a count comes in some minutes after the hour. */
const lateHours = 1;

type Counts = { at: Date | null; visitors: Map<string, number> };

/** Visitors by beach at the newest full hour counted before an instant, the last one or the one before. */
const readCounts = async ({ db }: Connection, ids: string[], at: Date): Promise<Counts> => {
  const { beach_id, counted_at, n_visitors } = beach_hour;
  const since = new Date(at.getTime() - (1 + lateHours) * hourMs);
  const rows = await db
    .select({ id: beach_id, at: counted_at, visitors: n_visitors })
    .from(beach_hour)
    .where(and(inArray(beach_id, ids), lte(counted_at, at), gt(counted_at, since)))
    .orderBy(asc(counted_at));
  const newest = rows.at(-1)?.at ?? null;
  const counted = rows.filter((row) => row.at.getTime() === newest?.getTime());
  return { at: newest, visitors: new Map(counted.map(({ id, visitors }) => [id, visitors])) };
};

const dayHours = 24;

/** A beach of the caller's territory, and its visitors hour by hour in the day up to an instant; null = no such beach. */
export const readBeach = async (
  connection: Connection,
  scope: Scope,
  query: { id: string; at: Date },
): Promise<{ beach: BeachNow; hours: { countedAt: string; visitors: number }[] } | null> => {
  const { beaches } = await readBeaches(connection, scope, { at: query.at, division: null });
  const found = beaches.find(({ id }) => id === query.id);
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
): Promise<{ countedAt: string | null; beaches: BeachNow[] }> => {
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
  if (ids.length === 0) return { countedAt: null, beaches: [] };
  const now = await readCounts(connection, ids, query.at);
  const before = await readCounts(connection, ids, new Date((now.at ?? query.at).getTime() - weekMs));
  const beaches = rows
    .map(({ lng, lat, ...row }): BeachNow => {
      const visitors = now.visitors.get(row.id) ?? null;
      return {
        ...row,
        position: lng === null || lat === null ? null : [lng, lat],
        visitors,
        load: visitors === null || row.capacity === 0 ? null : visitors / row.capacity,
        weekBefore: before.visitors.get(row.id) ?? null,
      };
    })
    .sort((a, b) => (b.load ?? -1) - (a.load ?? -1) || (a.id < b.id ? -1 : 1));
  return { countedAt: now.at?.toISOString() ?? null, beaches };
};
