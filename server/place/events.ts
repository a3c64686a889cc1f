import type { EventStage } from '@/data/model/event';
import type { LngLat } from '@/data/model/geo';
import { isAggregateOnly, type Scope } from '@/data/model/scope';
import type { Connection } from '../db/client';
import { eventsAtBuilding, type Moment } from '../event/store';

/** Event as a card or a search lists it. */
export type EventHit = { id: string; number: string; title: string; level: number; position: LngLat | null };

const hitOf = ({ id, number, title, level, position }: EventHit): EventHit => ({ id, number, title, level, position });

/** Open events at a building at an instant (null = now), the gravest first; none where the caller gets aggregates only. */
export const openEventsAt = async (
  connection: Connection,
  scope: Scope,
  building: string,
  moment: Moment,
): Promise<EventHit[]> => {
  if (isAggregateOnly(scope)) return [];
  return (await eventsAtBuilding(connection, scope, { building, ...moment, isOpenOnly: true })).map(hitOf);
};

/** Event of a building's past: what became of it, and when it was reported. */
export type RecentEvent = EventHit & { stage: EventStage; reportedAt: string };

/** Newest events at a building at an instant (null = now), closed ones too; none where the caller gets aggregates only. */
export const recentEventsAt = async (
  connection: Connection,
  scope: Scope,
  query: { building: string; limit: number } & Moment,
): Promise<RecentEvent[]> => {
  if (isAggregateOnly(scope)) return [];
  const rows = await eventsAtBuilding(connection, scope, { ...query, isOpenOnly: false });
  return rows.map((row) => ({ ...hitOf(row), stage: row.stage, reportedAt: row.reportedAt }));
};
