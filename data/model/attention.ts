import { stopped } from '../dictionaries/event-transitions.json';
import type { EventRow } from './event';

/** Whole minutes of the clock between two instants (epoch ms): what its stamps differ by, so that parts add up. */
export const clockMinutes = (from: number, to: number): number =>
  Math.max(0, Math.floor(to / 60_000) - Math.floor(from / 60_000));

/** Time of an open event against its limit, in minutes of the clock. Null limit = none was set. */
export type EventClock = { used: number; limit: number | null; share: number; isOver: boolean };

/** What the clock of an event is told from. */
export type ClockTimes = Pick<EventRow, 'reportedAt' | 'dueAt'> &
  Partial<Pick<EventRow, 'status' | 'stageAt' | 'pausedMinutes'>>;

/** Whether the clock stands still now (停表). */
export const isStanding = ({ status }: Pick<ClockTimes, 'status'>): boolean =>
  status !== undefined && stopped.includes(status);

/** Minutes used since the report, the limit counted from it, and the share used (1 = due); pauses are in neither. */
export const eventClock = (row: ClockTimes, now: number): EventClock => {
  const start = Date.parse(row.reportedAt) + (row.pausedMinutes ?? 0) * 60_000;
  const at = isStanding(row) && row.stageAt !== undefined ? Math.min(now, Date.parse(row.stageAt)) : now;
  const used = clockMinutes(start, at);
  if (row.dueAt === null) return { used, limit: null, share: 0, isOver: false };
  const due = Date.parse(row.dueAt);
  const share = due > start ? Math.max(0, at - start) / (due - start) : Number.POSITIVE_INFINITY;
  return { used, limit: clockMinutes(start, due), share, isOver: share > 1 };
};

/** Whether an open event is past its limit (超期); one whose clock stands still is not. */
export const isOverdue = (row: ClockTimes, now: number): boolean => !isStanding(row) && eventClock(row, now).isOver;

/** Those past their limit, the longest over first. */
export const overdueFirst = (rows: readonly EventRow[], now: number): EventRow[] =>
  rows.filter((row) => isOverdue(row, now)).toSorted((a, b) => Date.parse(a.dueAt ?? '') - Date.parse(b.dueAt ?? ''));

/** Groups of categories about people in care (关爱服务): a wall counts them and lists none. */
const countedOnly: readonly string[] = ['16'];

/** Events a wall may name by category and grid. */
export const nameable = (rows: readonly EventRow[]): EventRow[] =>
  rows.filter(({ categoryL1 }) => !countedOnly.includes(categoryL1));

/** A grave event stays first of its level this long after its report, ms: a wall pins it. */
const pinnedMs = 60_000;

const isPinned = ({ level, reportedAt }: EventRow, now: number): boolean =>
  level <= 2 && now - Date.parse(reportedAt) < pinnedMs;

/** What needs attention first: by level, new grave ones before others of it, then by the share of time used; older first. */
export const rankAttention = (rows: readonly EventRow[], now: number): EventRow[] =>
  [...rows].sort(
    (a, b) =>
      a.level - b.level ||
      Number(isPinned(b, now)) - Number(isPinned(a, now)) ||
      eventClock(b, now).share - eventClock(a, now).share ||
      a.reportedAt.localeCompare(b.reportedAt),
  );
