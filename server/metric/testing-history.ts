import type { EventStatus } from '@/data/model/event';
import type { Known } from '@/data/model/view';
import type { Sql } from '../db/client';

/** A second reader of the logs: row by row in plain code, sharing nothing with the catalogue, its SQL or the rules. */

type Step = { to: EventStatus; at: number; known: number; department: string | null };
type Correction = { from: Filed; to: Filed; at: number; known: number };
type Filed = { category: string; level: number };
export type RawEvent = {
  id: string;
  reportedAt: number;
  community: string | null;
  filed: Filed;
  dueAt: number | null;
  isAuto: boolean;
  isSelf: boolean;
  steps: Step[];
  corrections: Correction[];
};

/** An event as the log had it at an instant. */
export type Stood = Filed & {
  id: string;
  community: string | null;
  reportedAt: number;
  status: EventStatus;
  department: string | null;
  dueAt: number | null;
  dispatchedAt: number | null;
  signedAt: number | null;
  handledAt: number | null;
  endedAt: number | null;
  isRegistered: boolean;
  nRework: number;
  pausedMinutes: number;
  isAuto: boolean;
  isSelf: boolean;
};

const ms = (value: unknown): number => new Date(value as string).getTime();
const text = (value: unknown): string | null => (value === null ? null : String(value));

/** Every event with its raw log, in the order it was written. */
export const readRawEvents = async (sql: Sql): Promise<RawEvent[]> => {
  const events = await sql`select id, reported_at, community_code, category_code, level, handle_due_at,
    is_auto_dispatched, is_self_handled from event order by id`;
  const byId = new Map<string, RawEvent>();
  for (const row of events)
    byId.set(row.id, {
      ...{ id: row.id, reportedAt: ms(row.reported_at), community: text(row.community_code) },
      filed: { category: row.category_code, level: Number(row.level) },
      dueAt: row.handle_due_at === null ? null : ms(row.handle_due_at),
      ...{ isAuto: row.is_auto_dispatched, isSelf: row.is_self_handled, steps: [], corrections: [] },
    });
  for (const row of await sql`select * from event_transition order by event_id, seq`)
    byId.get(row.event_id)?.steps.push({
      ...{ to: row.to_status, at: ms(row.at), known: Math.max(ms(row.at), ms(row.recorded_at)) },
      department: text(row.department_code),
    });
  for (const row of await sql`select * from event_correction order by event_id, seq`)
    byId.get(row.event_id)?.corrections.push({
      from: { category: row.from_category, level: Number(row.from_level) },
      to: { category: row.to_category, level: Number(row.to_level) },
      ...{ at: ms(row.at), known: Math.max(ms(row.at), ms(row.recorded_at)) },
    });
  return [...byId.values()];
};

const minutesBetween = (from: number, to: number) => Math.max(0, Math.round((to - from) / 60_000));
const pauseAfter = (step: Step, next: Step | undefined): number =>
  next && (step.to === 'S41' || step.to === 'S42') ? minutesBetween(step.at, next.at) : 0;
const pausesOf = (steps: readonly Step[]): number =>
  steps.reduce((sum, step, i) => sum + pauseAfter(step, steps[i + 1]), 0);

const lastIndexBy = <T extends { at: number; known: number }>(rows: readonly T[], at: number, known: Known): number =>
  rows.findLastIndex((row) => (known === 'now' ? row.at : row.known) <= at);

/** What an event was filed as. */
const filedAt = ({ filed, corrections }: RawEvent, at: number, known: Known): Filed => {
  const last = lastIndexBy(corrections, at, known);
  return last >= 0 ? (corrections[last]?.to ?? filed) : (corrections[0]?.from ?? filed);
};

/** Replays one log up to an instant; null = the event was not there, or not known. */
export const stoodAt = (raw: RawEvent, at: number, known: Known): Stood | null => {
  const last = lastIndexBy(raw.steps, at, known);
  const step = raw.steps[last];
  if (!step || raw.reportedAt > at) return null;
  const past = raw.steps.slice(0, last + 1);
  const newest = (...to: EventStatus[]) => past.findLast((each) => to.includes(each.to))?.at ?? null;
  const signed = past.findLastIndex((each, i) => each.to === 'S40' && past[i - 1]?.to === 'S31');
  const paused = pausesOf(past);
  return {
    ...filedAt(raw, at, known),
    ...{ id: raw.id, community: raw.community, reportedAt: raw.reportedAt, isAuto: raw.isAuto, isSelf: raw.isSelf },
    status: step.to,
    department: past.findLast((each) => each.department !== null)?.department ?? null,
    dueAt: raw.dueAt === null ? null : raw.dueAt - (pausesOf(raw.steps) - paused) * 60_000,
    dispatchedAt: newest('S31'),
    signedAt: past[signed]?.at ?? null,
    handledAt: newest('S50', 'S62'),
    endedAt: newest('S21', 'S61', 'S62', 'S90'),
    isRegistered: newest('S30', 'S31') !== null,
    nRework: past.filter(({ to }) => to === 'S60').length,
    pausedMinutes: paused,
  };
};

const dayMs = 86_400_000;
const offsetMs = 8 * 3_600_000;

/** First instant of the `n` local days that end with the one of an instant, in Shenzhen. */
const daysBack = (at: number, n: number): number =>
  Math.floor((at + offsetMs) / dayMs) * dayMs - offsetMs - (n - 1) * dayMs;

/** Figures by their name; a rate as its two parts. */
export type Figures = Record<string, [numerator: number, denominator: number]>;

const isClosed = ({ status }: Stood) => ['S21', 'S61', 'S62', 'S70', 'S90'].includes(status);
const isValid = ({ status }: Stood) => status !== 'S21' && status !== 'S90';
const isOpenAt = (event: Stood) => !isClosed(event);
const isOverdueAt = (at: number) => (event: Stood) =>
  isOpenAt(event) && event.dueAt !== null && event.dueAt < at && event.status !== 'S41' && event.status !== 'S42';

const stageRank = (event: Stood): number => {
  if (isClosed(event) && isValid(event)) return 5;
  if (event.handledAt !== null) return 4;
  if (event.signedAt !== null) return 3;
  return event.isRegistered ? 2 : 1;
};

const hoursOf = ({ signedAt, handledAt, pausedMinutes }: Stood): number | null => {
  const hours = ((handledAt ?? 0) - (signedAt ?? 0)) / 3_600_000 - pausedMinutes / 60;
  return signedAt !== null && handledAt !== null && hours >= 0 ? hours : null;
};

const standing = (raws: readonly RawEvent[], at: number, known: Known): Stood[] =>
  raws.map((raw) => stoodAt(raw, at, known)).filter((event): event is Stood => event !== null);

/** The headline, the queue's counts and the funnel at an instant, counted one event after another. */
export const figuresAt = (raws: readonly RawEvent[], at: number, known: Known): Figures => {
  const events = standing(raws, at, known);
  const between = (time: number | null, from: number) => time !== null && time >= from && time < at;
  const count = (keep: (event: Stood) => boolean, of = events): [number, number] => [of.filter(keep).length, 1];
  const [today, week, month] = [daysBack(at, 1), daysBack(at, 7), daysBack(at, 30)];
  const dueSince = (from: number) => events.filter((event) => isValid(event) && between(event.dueAt, from));
  const due = dueSince(month);
  const onTime = (of: readonly Stood[]): [number, number] => [
    of.filter(({ endedAt, dueAt }) => endedAt !== null && endedAt <= (dueAt ?? 0)).length,
    of.length,
  ];
  const handled = events.filter(({ handledAt }) => between(handledAt, month)).map(hoursOf);
  const hours = handled.filter((each) => each !== null);
  const dispatched = events.filter(({ dispatchedAt }) => between(dispatchedAt, month));
  const reported = events.filter(({ reportedAt }) => between(reportedAt, month));
  const funnel = events.filter(({ reportedAt }) => between(reportedAt, today)).map(stageRank);
  const stages = ['report', 'dispatch', 'handle', 'check', 'closed'];
  return {
    'event.reported today': count(({ reportedAt }) => between(reportedAt, today)),
    'event.reported P30D': [reported.length, 1],
    'event.open today': count(isOpenAt),
    'event.overdue today': count(isOverdueAt(at)),
    'event.overdue previous': count(isOverdueAt(at - dayMs), standing(raws, at - dayMs, known)),
    'event.closed P30D': count((event) => isValid(event) && between(event.endedAt, month)),
    'event.close_rate P30D': [due.filter(({ endedAt }) => endedAt !== null).length, due.length],
    'event.on_time_close_rate P7D': onTime(dueSince(week)),
    'event.on_time_close_rate P30D': onTime(due),
    'event.rework_rate P30D': [due.filter(({ nRework }) => nRework > 0).length, due.length],
    'event.auto_dispatch_rate P30D': [dispatched.filter(({ isAuto }) => isAuto).length, dispatched.length],
    'event.self_handled_rate P30D': [reported.filter(({ isSelf }) => isSelf).length, reported.length],
    'event.handle_hours P30D': [hours.reduce((sum, each) => sum + each, 0), hours.length],
    ...Object.fromEntries(
      stages.map((stage, i) => [`event.reached today ${stage}`, [funnel.filter((rank) => rank > i).length, 1]]),
    ),
  };
};

const tally = (events: readonly Stood[], codeOf: (event: Stood) => string): Record<string, number> => {
  const n: Record<string, number> = {};
  for (const event of events) n[codeOf(event)] = (n[codeOf(event)] ?? 0) + 1;
  return n;
};

/** Events open at an instant by a code of theirs. */
export const openBy = (
  raws: readonly RawEvent[],
  at: number,
  known: Known,
  codeOf: (event: Stood) => string,
): Record<string, number> => tally(standing(raws, at, known).filter(isOpenAt), codeOf);

/** Events open and past their limit at an instant by a code of theirs. */
export const overdueBy = (
  raws: readonly RawEvent[],
  at: number,
  known: Known,
  codeOf: (event: Stood) => string,
): Record<string, number> => tally(standing(raws, at, known).filter(isOverdueAt(at)), codeOf);
