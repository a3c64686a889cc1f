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
  building: string | null;
  filed: Filed;
  acceptDueAt: number | null;
  dueAt: number | null;
  satisfaction: number | null;
  isAuto: boolean;
  isSelf: boolean;
  steps: Step[];
  corrections: Correction[];
};

/** An event as the log had it at an instant. */
export type Stood = Filed &
  Omit<RawEvent, 'filed' | 'steps' | 'corrections'> & {
    status: EventStatus;
    department: string | null;
    acceptedAt: number | null;
    registeredAt: number | null;
    dispatchedAt: number | null;
    signedAt: number | null;
    handledAt: number | null;
    endedAt: number | null;
    evaluatedAt: number | null;
    isRegistered: boolean;
    nRework: number;
    nReturn: number;
    nExtension: number;
    pausedMinutes: number;
  };

const ms = (value: unknown): number => new Date(value as string).getTime();
const text = (value: unknown): string | null => (value === null ? null : String(value));

/** Every event with its raw log, in the order it was written. */
export const readRawEvents = async (sql: Sql): Promise<RawEvent[]> => {
  const events = await sql`select id, reported_at, community_code, building_code, category_code, level, accept_due_at,
    handle_due_at, satisfaction, is_auto_dispatched, is_self_handled from event order by id`;
  const byId = new Map<string, RawEvent>();
  for (const row of events)
    byId.set(row.id, {
      ...{ id: row.id, reportedAt: ms(row.reported_at), community: text(row.community_code) },
      ...{ building: text(row.building_code), satisfaction: row.satisfaction },
      filed: { category: row.category_code, level: Number(row.level) },
      acceptDueAt: row.accept_due_at === null ? null : ms(row.accept_due_at),
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
  const { filed, steps, corrections, ...kept } = raw;
  const past = steps.slice(0, last + 1);
  const times = (to: EventStatus) => past.filter((each) => each.to === to).length;
  const newest = (...to: EventStatus[]) => past.findLast((each) => to.includes(each.to))?.at ?? null;
  const signed = past.findLastIndex((each, i) => each.to === 'S40' && past[i - 1]?.to === 'S31');
  const paused = pausesOf(past);
  return {
    ...kept,
    ...filedAt(raw, at, known),
    status: step.to,
    department: past.findLast((each) => each.department !== null)?.department ?? null,
    dueAt: raw.dueAt === null ? null : raw.dueAt - (pausesOf(raw.steps) - paused) * 60_000,
    acceptedAt: newest('S20', 'S62'),
    registeredAt: past.find(({ to }) => to === 'S30')?.at ?? null,
    dispatchedAt: newest('S31'),
    signedAt: past[signed]?.at ?? null,
    handledAt: newest('S50', 'S62'),
    endedAt: newest('S21', 'S61', 'S62', 'S90'),
    evaluatedAt: newest('S70'),
    isRegistered: newest('S30', 'S31') !== null,
    nRework: times('S60'),
    nReturn: times('S32'),
    nExtension: times('S41'),
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
  isOpenAt(event) && event.dueAt !== null && event.dueAt < at && !isPaused(event);

const isHandled = ({ status }: Stood) => ['S50', 'S61', 'S62', 'S70'].includes(status);
const isPaused = ({ status }: Stood) => status === 'S42';

/** Whether the same kind was reported again at the building of a closed event within 30 days. */
const recursIn = (events: readonly Stood[]) => {
  const at = new Map<string | null, Stood[]>();
  for (const event of events) {
    const there = at.get(event.building);
    if (there) there.push(event);
    else at.set(event.building, [event]);
  }
  return ({ id, building, category, endedAt }: Stood): boolean =>
    (at.get(building) ?? []).some(
      (again) =>
        again.id !== id &&
        again.category === category &&
        isValid(again) &&
        again.reportedAt > (endedAt ?? 0) &&
        again.reportedAt <= (endedAt ?? 0) + 30 * dayMs,
    );
};

/** The steps of the loop, each of those that were to take it. */
const stepsOf = (events: readonly Stood[], isIn: (time: number | null) => boolean): Figures => {
  const share = (of: readonly Stood[], keep: (event: Stood) => boolean): [number, number] => [
    of.filter(keep).length,
    of.length,
  ];
  const reported = events.filter(({ reportedAt }) => isIn(reportedAt));
  const toAccept = events.filter(({ acceptDueAt, status }) => status !== 'S90' && isIn(acceptDueAt));
  const accepted = events.filter(({ acceptedAt, isSelf }) => !isSelf && isIn(acceptedAt));
  const registered = events.filter((event) => isValid(event) && isIn(event.registeredAt));
  const due = events.filter((event) => isValid(event) && isIn(event.dueAt));
  const rated = events.filter(({ evaluatedAt, satisfaction }) => satisfaction !== null && isIn(evaluatedAt));
  const closed = events.filter((event) => isValid(event) && event.building !== null && isIn(event.endedAt));
  const isDispatched = ({ dispatchedAt }: Stood) => dispatchedAt !== null;
  return {
    'event.valid_rate P30D': share(reported, isValid),
    'event.on_time_accept_rate P30D': share(
      toAccept,
      ({ acceptedAt, acceptDueAt }) => acceptedAt !== null && acceptedAt <= (acceptDueAt ?? 0),
    ),
    'event.register_rate P30D': share(accepted, ({ registeredAt }) => registeredAt !== null),
    'event.dispatch_rate P30D': share(registered, isDispatched),
    'event.correct_dispatch_rate P30D': share(registered, (event) => isDispatched(event) && event.nReturn === 0),
    'event.handle_rate P30D': share(due, isHandled),
    'event.on_time_handle_rate P30D': share(
      due,
      (event) => isHandled(event) && event.handledAt !== null && event.handledAt <= (event.dueAt ?? 0),
    ),
    'event.overdue_open_rate P30D': share(due, (event) => !isHandled(event) && !isPaused(event)),
    'event.extension_rate P30D': share(due, ({ nExtension }) => nExtension > 0),
    'event.satisfied_rate P30D': share(rated, ({ satisfaction }) => satisfaction === 4 || satisfaction === 5),
    'event.transfer_rate P30D': share(
      reported,
      (event) => isDispatched(event) && event.department !== null && event.department !== 'SQZ',
    ),
    'event.recurrence_rate P30D': share(closed, recursIn(events)),
  };
};

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
    ...stepsOf(events, (time) => between(time, month)),
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
