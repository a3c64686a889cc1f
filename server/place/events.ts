import { and, asc, desc, sql } from 'drizzle-orm';
import type { EventStage } from '@/data/model/event';
import type { LngLat } from '@/data/model/geo';
import { isAggregateOnly, type Scope } from '@/data/model/scope';
import type { Connection } from '../db/client';
import { event } from '../db/schema';
import { inTerritory } from '../db/scope';
import { eventsAtBuilding } from '../event/store';

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

const hitOf = ({ id, number, title, level, position }: EventHit): EventHit => ({ id, number, title, level, position });

/** Open events at a building at an instant (null = now), the gravest first; none where the caller gets aggregates only. */
export const openEventsAt = async (
  connection: Connection,
  scope: Scope,
  building: string,
  at: Date | null,
): Promise<EventHit[]> => {
  if (isAggregateOnly(scope)) return [];
  return (await eventsAtBuilding(connection, scope, { building, at, isOpenOnly: true })).map(hitOf);
};

/** Event of a building's past: what became of it, and when it was reported. */
export type RecentEvent = EventHit & { stage: EventStage; reportedAt: string };

/** Newest events at a building at an instant (null = now), closed ones too; none where the caller gets aggregates only. */
export const recentEventsAt = async (
  connection: Connection,
  scope: Scope,
  query: { building: string; at: Date | null; limit: number },
): Promise<RecentEvent[]> => {
  if (isAggregateOnly(scope)) return [];
  const rows = await eventsAtBuilding(connection, scope, { ...query, isOpenOnly: false });
  return rows.map((row) => ({ ...hitOf(row), stage: row.stage, reportedAt: row.reportedAt }));
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
