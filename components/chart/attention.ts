import type { EventRow, EventStage } from '@/data/model/event';
import { eventStages } from '@/data/model/event';
import { formatSpan } from '../base/format';

/** Time of an open event against its limit, in minutes. Null limit = none was set. */
export type EventClock = { used: number; limit: number | null; share: number; isOver: boolean };

/** Minutes since the report, the limit counted from it, and the share used (1 = due). */
export const eventClock = (row: Pick<EventRow, 'reportedAt' | 'dueAt'>, now: number): EventClock => {
  const start = Date.parse(row.reportedAt);
  const used = Math.max(0, (now - start) / 60_000);
  if (row.dueAt === null) return { used, limit: null, share: 0, isOver: false };
  const limit = Math.max(0, (Date.parse(row.dueAt) - start) / 60_000);
  const share = limit > 0 ? used / limit : Number.POSITIVE_INFINITY;
  return { used, limit, share, isOver: share > 1 };
};

/** Groups of categories about people in care (关爱服务): a wall counts them and lists none. */
const countedOnly: readonly string[] = ['16'];

/** Events a wall may name by category and grid. */
export const nameable = (rows: readonly EventRow[]): EventRow[] =>
  rows.filter(({ categoryL1 }) => !countedOnly.includes(categoryL1));

/** What needs attention first: by level, then by the share of time used; older first when equal. */
export const rankAttention = (rows: readonly EventRow[], now: number): EventRow[] =>
  [...rows].sort(
    (a, b) =>
      a.level - b.level ||
      eventClock(b, now).share - eventClock(a, now).share ||
      a.reportedAt.localeCompare(b.reportedAt),
  );

const minutesOf = { hour: 60, day: 1_440, year: 525_960 };

/** A span for a narrow column: `00:34`, from 100 hours on days, from two years on years. */
export const spanWords = (minutes: number, t: (key: string, params: { n: number }) => string): string => {
  if (minutes < 100 * minutesOf.hour) return formatSpan(minutes);
  if (minutes < 2 * minutesOf.year) return t('common.duration.days', { n: Math.floor(minutes / minutesOf.day) });
  return t('panel.attention-list.years', { n: Math.floor(minutes / minutesOf.year) });
};

export type StepState = 'done' | 'current' | 'open';

/** The five steps of the loop as they stand for an event in a stage. */
export const stepsOf = (stage: EventStage): StepState[] => {
  const at = eventStages.indexOf(stage);
  return eventStages.map((_, i) => (i < at || stage === 'closed' ? 'done' : i === at ? 'current' : 'open'));
};
