import { and, asc, desc, eq, notInArray, sql } from 'drizzle-orm';
import { type EventStage, eventStatuses, stageOf } from '@/data/model/event';
import type { LngLat } from '@/data/model/geo';
import { isAggregateOnly, type Scope } from '@/data/model/scope';
import type { Connection } from '../db/client';
import { event } from '../db/schema';
import { inTerritory } from '../db/scope';

/** Event as a card or a search lists it. */
export type EventHit = { id: string; number: string; title: string; level: number; position: LngLat | null };

const columns = {
  id: event.id,
  number: event.number,
  title: event.title,
  level: event.level,
  lng: event.lng,
  lat: event.lat,
};
type Row = Omit<EventHit, 'position'> & { lng: number | null; lat: number | null };

const toHit = ({ lng, lat, ...row }: Row): EventHit => ({
  ...row,
  position: lng === null || lat === null ? null : [lng, lat],
});

const closed = eventStatuses.filter((status) => stageOf[status] === 'closed');

/** Open events at a building, the gravest first; none where the caller gets aggregates only. */
export const openEventsAt = async ({ db }: Connection, scope: Scope, buildingCode: string): Promise<EventHit[]> => {
  if (isAggregateOnly(scope)) return [];
  const rows = await db
    .select(columns)
    .from(event)
    .where(
      and(eq(event.building_code, buildingCode), notInArray(event.status, closed), await inTerritory(db, scope, event)),
    )
    .orderBy(asc(event.level), desc(event.reported_at));
  return rows.map(toHit);
};

/** Event of a building's past: what became of it, and when it was reported. */
export type RecentEvent = EventHit & { stage: EventStage; reportedAt: string };

/** Newest events at a building, closed ones too; none where the caller gets aggregates only. */
export const recentEventsAt = async (
  { db }: Connection,
  scope: Scope,
  buildingCode: string,
  limit: number,
): Promise<RecentEvent[]> => {
  if (isAggregateOnly(scope)) return [];
  const rows = await db
    .select({ ...columns, status: event.status, reportedAt: event.reported_at })
    .from(event)
    .where(and(eq(event.building_code, buildingCode), await inTerritory(db, scope, event)))
    .orderBy(desc(event.reported_at), asc(event.id))
    .limit(limit);
  return rows.map(({ status, reportedAt, ...row }) => ({
    ...toHit(row),
    stage: stageOf[status],
    reportedAt: reportedAt.toISOString(),
  }));
};

/** Events whose number begins with the words, the newest first. */
export const findEvents = async (
  { db }: Connection,
  scope: Scope,
  words: string,
  limit: number,
): Promise<EventHit[]> => {
  if (isAggregateOnly(scope) || !/\d/.test(words)) return [];
  const rows = await db
    .select(columns)
    .from(event)
    .where(and(sql`starts_with(${event.number}, ${words})`, await inTerritory(db, scope, event)))
    .orderBy(desc(event.reported_at), asc(event.id))
    .limit(limit);
  return rows.map(toHit);
};
