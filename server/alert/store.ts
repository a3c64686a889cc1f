import { and, asc, desc, eq, gt, inArray, isNull, lte, ne, or, type SQL, sql } from 'drizzle-orm';
import type { Alert, AlertArea, AlertMessage, AlertStatus } from '@/data/model/alert';
import type { EventLevel } from '@/data/model/event';
import type { Area } from '@/data/model/geo';
import type { Scope } from '@/data/model/scope';
import type { Connection, Executor } from '../db/client';
import { division } from '../db/schema';
import { readInstallation } from '../dictionary/store';
import { chainOf, labelPoint, seesPractice } from './rules';
import { alert, alert_area } from './table';

const columns = {
  id: alert.id,
  identifier: alert.identifier,
  sender: alert.sender,
  status: sql<AlertStatus>`${alert.status}`,
  message: sql<AlertMessage>`${alert.msg_type}`,
  refersTo: alert.refers_to,
  warning: alert.warning_code,
  level: sql<EventLevel | null>`${alert.level}`,
  headline: alert.headline,
  headlineEn: alert.headline_en,
  description: alert.description,
  sentAt: alert.sent_at,
  effectiveAt: alert.effective_at,
  expiresAt: alert.expires_at,
  endedAt: alert.ended_at,
};

type PlacedArea = Alert['areas'][number] & { path: string | null };
/** A warning with its places as the territory rules need them. */
export type PlacedAlert = Omit<Alert, 'areas'> & { areas: PlacedArea[] };

const readAreas = async (db: Executor, ids: string[]): Promise<Map<string, PlacedArea[]>> => {
  if (ids.length === 0) return new Map();
  const { alert_id, name, name_en, division_code } = alert_area;
  const rows = await db
    .select({ alert: alert_id, name, nameEn: name_en, division: division_code, path: division.path })
    .from(alert_area)
    .leftJoin(division, eq(division.code, division_code))
    .where(inArray(alert_id, ids))
    .orderBy(asc(alert_id), asc(alert_area.seq));
  const byAlert = new Map<string, PlacedArea[]>();
  for (const { alert: id, ...area } of rows) byAlert.set(id, [...(byAlert.get(id) ?? []), area]);
  return byAlert;
};

/**
 * Whether a warning is told in a territory: one of its places lies in it or holds it. A warning for no division at all
 * (the sea) is told where the whole installation is.
 */
const toldIn = ({ path }: Scope, rootPath: string): SQL | undefined =>
  rootPath.startsWith(path)
    ? undefined
    : sql`exists (select from ${alert_area} join ${division} on ${division.code} = ${alert_area.division_code}
        where ${alert_area.alert_id} = ${alert.id}
          and (starts_with(${division.path}, ${path}) or starts_with(${path}, ${division.path})))`;

/** Warnings of a condition that are told in the caller's territory, in the order asked for. */
const readTold = async (
  { db }: Connection,
  scope: Scope,
  query: { where: SQL | undefined; order: SQL[]; limit: number; at: Date },
): Promise<PlacedAlert[]> => {
  const { rootPath } = await readInstallation(db);
  const rows = await db
    .select(columns)
    .from(alert)
    .where(and(query.where, toldIn(scope, rootPath), seesPractice(scope) ? undefined : eq(alert.status, 'Actual')))
    .orderBy(...query.order, asc(alert.id))
    .limit(query.limit);
  const areas = await readAreas(
    db,
    rows.map(({ id }) => id),
  );
  return rows.map(({ sentAt, effectiveAt, expiresAt, endedAt, refersTo, ...row }) => ({
    ...row,
    refersTo: refersTo?.split(' ') ?? [],
    sentAt: sentAt.toISOString(),
    effectiveAt: effectiveAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    endedAt: endedAt && endedAt <= query.at ? endedAt.toISOString() : null,
    areas: areas.get(row.id) ?? [],
  }));
};

/** Messages that warn: no practice, no cancellation. */
export const isWarning = and(eq(alert.status, 'Actual'), ne(alert.msg_type, 'Cancel'));

/** Messages in force at an instant. */
export const isInForce = (at: Date): SQL | undefined =>
  and(
    isWarning,
    lte(alert.sent_at, at),
    lte(alert.effective_at, at),
    gt(alert.expires_at, at),
    or(isNull(alert.ended_at), gt(alert.ended_at, at)),
  );

/** Gravest first, white last; the newest of a level first. */
const byGravity = [sql`${alert.level} nulls last`, desc(alert.sent_at)];
const mostInForce = 200;

/** Warnings in force at an instant (生效预警), the gravest first. Exercises and tests are none. */
export const readInForce = (connection: Connection, scope: Scope, at: Date): Promise<PlacedAlert[]> =>
  readTold(connection, scope, { where: isInForce(at), order: byGravity, limit: mostInForce, at });

const endOf = sql`least(${alert.expires_at}, ${alert.ended_at})`;

/** Instant the last warning ended before an instant; null = there has been none. Only asked while none is in force. */
export const readQuietSince = async (connection: Connection, scope: Scope, at: Date): Promise<string | null> => {
  const where = and(isWarning, lte(alert.sent_at, at), sql`${endOf} <= ${at.toISOString()}::timestamptz`);
  const [last] = await readTold(connection, scope, { where, order: [sql`${endOf} desc`], limit: 1, at });
  if (!last) return null;
  return last.endedAt !== null && last.endedAt < last.expiresAt ? last.endedAt : last.expiresAt;
};

/** Messages sent up to an instant, newest first, practice included except for a wall. */
export const readHistory = (
  connection: Connection,
  scope: Scope,
  query: { at: Date; limit: number },
): Promise<PlacedAlert[]> =>
  readTold(connection, scope, {
    where: lte(alert.sent_at, query.at),
    order: [desc(alert.sent_at)],
    limit: query.limit,
    at: query.at,
  });

/** Messages a chain is looked for among. */
const mostHistory = 1_000;

/** A message sent by an instant and all messages of its chain, oldest first (预警链); null = none the caller is told of. */
export const readChain = async (
  connection: Connection,
  scope: Scope,
  query: { id: string; at: Date },
): Promise<{ alert: PlacedAlert; chain: PlacedAlert[] } | null> => {
  const rows = await readHistory(connection, scope, { at: query.at, limit: mostHistory });
  const found = rows.find(({ id }) => id === query.id);
  return found ? { alert: found, chain: chainOf(rows, found) } : null;
};

/** Outlines of the places of warnings, cut to the caller's territory where a division is wider. */
export const readAreaOutlines = async (
  { db }: Connection,
  scope: Scope,
  alerts: readonly PlacedAlert[],
): Promise<AlertArea[]> => {
  const ids = alerts.map(({ id }) => id);
  if (ids.length === 0) return [];
  const own = sql`case when starts_with(${scope.path}, ${division.path}) then ${scope.division} else ${division.code} end`;
  const rows = await db
    .select({
      alert: alert_area.alert_id,
      name: alert_area.name,
      nameEn: alert_area.name_en,
      division: alert_area.division_code,
      path: division.path,
      geometry: sql<Area | null>`coalesce(${alert_area.geometry},
        (select d.geometry from division d where d.code = ${own}))`,
    })
    .from(alert_area)
    .leftJoin(division, eq(division.code, alert_area.division_code))
    .where(inArray(alert_area.alert_id, ids))
    .orderBy(asc(alert_area.alert_id), asc(alert_area.seq));
  const byId = new Map(alerts.map((row) => [row.id, row]));
  return rows.flatMap(({ geometry, path, ...row }) => {
    const told = byId.get(row.alert);
    const isBeyond = path !== null && !path.startsWith(scope.path) && !scope.path.startsWith(path);
    if (!told || !geometry || isBeyond) return [];
    return [{ ...row, geometry, level: told.level, warning: told.warning, center: labelPoint(geometry) }];
  });
};
