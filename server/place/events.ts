import { and, eq, isNotNull } from 'drizzle-orm';
import type { EventStage } from '@/data/model/event';
import type { LngLat } from '@/data/model/geo';
import { isAggregateOnly, type Scope } from '@/data/model/scope';
import type { Connection } from '../db/client';
import { event } from '../db/schema';
import { eventsAtBuilding, type Moment } from '../event/store';

/** Event as a card or a search lists it. */
export type EventHit = { id: string; number: string; title: string; level: number; position: LngLat | null };

const hitOf = ({ id, number, title, level, position }: EventHit): EventHit => ({ id, number, title, level, position });

/** An event at a building, and the dwelling it is about; null = the whole house. */
export type HomeEvent = EventHit & { dwelling: string | null };

/** Dwellings that events at a building name, by the event. */
const doorsAt = async ({ db }: Connection, building: string): Promise<Map<string, string | null>> => {
  const rows = await db
    .select({ id: event.id, dwelling: event.dwelling_code })
    .from(event)
    .where(and(eq(event.building_code, building), isNotNull(event.dwelling_code)));
  return new Map(rows.map(({ id, dwelling }) => [id, dwelling]));
};

/** Event of a building's past: what became of it, and when it was reported. */
export type RecentEvent = HomeEvent & { stage: EventStage; reportedAt: string };

/**
 * Events at a building at an instant (null = now): the open ones, the gravest first, and the newest, closed ones too; none
 * where the caller gets aggregates only.
 */
export const eventsOf = async (
  connection: Connection,
  scope: Scope,
  { limit, ...query }: { building: string; limit: number } & Moment,
): Promise<{ openEvents: HomeEvent[]; recentEvents: RecentEvent[] }> => {
  if (isAggregateOnly(scope)) return { openEvents: [], recentEvents: [] };
  const [doors, open, recent] = await Promise.all([
    doorsAt(connection, query.building),
    eventsAtBuilding(connection, scope, { ...query, isOpenOnly: true }),
    eventsAtBuilding(connection, scope, { ...query, limit, isOpenOnly: false }),
  ]);
  const homeOf = (row: EventHit): HomeEvent => ({ ...hitOf(row), dwelling: doors.get(row.id) ?? null });
  return {
    openEvents: open.map(homeOf),
    recentEvents: recent.map((row) => ({ ...homeOf(row), stage: row.stage, reportedAt: row.reportedAt })),
  };
};
