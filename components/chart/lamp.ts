import type { EventRow, Lamp } from '@/data/model/event';
import { type EventClock, eventClock } from './attention';

/** Share of the limit from which the lamp (督办灯) turns yellow. */
const nearShare = 0.8;

/** Clock of an event at an instant (epoch ms), stopped when it closed, and its lamp; grey without a limit. */
export const lampAt = (
  row: Pick<EventRow, 'reportedAt' | 'dueAt' | 'closedAt'>,
  now: number,
): EventClock & { lamp: Lamp } => {
  const clock = eventClock(row, row.closedAt ? Date.parse(row.closedAt) : now);
  if (clock.limit === null || clock.limit === 0) return { ...clock, limit: null, isOver: false, lamp: 'grey' };
  if (clock.isOver) return { ...clock, lamp: 'red' };
  return { ...clock, lamp: !row.closedAt && clock.share >= nearShare ? 'yellow' : 'green' };
};
