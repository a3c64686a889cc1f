import type { EventRow, Lamp } from '@/data/model/event';
import { type ClockTimes, type EventClock, eventClock, isStanding } from './attention';

/** Share of the limit from which the lamp (督办灯) turns yellow. */
const nearShare = 0.8;

/** Clock of an event at an instant (epoch ms), stopped when it closed, and its lamp; grey without a limit and while the clock stands still. */
export const lampAt = (row: ClockTimes & Pick<EventRow, 'closedAt'>, now: number): EventClock & { lamp: Lamp } => {
  const clock = eventClock(row, row.closedAt ? Date.parse(row.closedAt) : now);
  if (clock.limit === null || clock.limit === 0) return { ...clock, limit: null, isOver: false, lamp: 'grey' };
  if (!row.closedAt && isStanding(row)) return { ...clock, lamp: 'grey' };
  if (clock.isOver) return { ...clock, lamp: 'red' };
  return { ...clock, lamp: !row.closedAt && clock.share >= nearShare ? 'yellow' : 'green' };
};
