import { z } from 'zod';
import table from '@/data/dictionaries/event-transitions.json';
import { type EventRow, EventStatus, eventStatuses, type Lamp, stageOf } from '@/data/model/event';
import { isAggregateOnly, Role, type Scope } from '@/data/model/scope';

const { moves, roles, stopped, given_back } = z
  .object({
    moves: z.record(EventStatus, z.array(EventStatus)),
    roles: z.record(z.string(), z.array(Role)),
    stopped: z.array(EventStatus),
    given_back: z.array(EventStatus),
  })
  .parse(table);

/** Statuses that end an event; none of them leads back to an open one. */
export const closedStatuses = eventStatuses.filter((status) => stageOf[status] === 'closed');
export const isClosed = (status: EventStatus): boolean => stageOf[status] === 'closed';

/** Whether the handling clock stands still (停表). */
export const isPaused = (status: EventStatus): boolean => stopped.includes(status);

/** Statuses that may follow (合法流转). */
export const nextStatuses = (status: EventStatus): EventStatus[] => moves[status];

/** Roles that may make the move; empty when the move does not exist. */
export const moveRoles = (from: EventStatus, to: EventStatus): Role[] => roles[`${from}>${to}`] ?? [];

/** Moves this caller may make from a status; a wall and an aggregate role may make none. */
export const movesOf = (scope: Pick<Scope, 'role' | 'screen'>, from: EventStatus): EventStatus[] =>
  isAggregateOnly(scope) ? [] : nextStatuses(from).filter((to) => moveRoles(from, to).includes(scope.role));

/** Parts of an event that are never all one's own (一体采集、专业研判、专人处置). */
type EventPart = 'collect' | 'judge' | 'handle';
const partSteps: Partial<Record<EventStatus, EventPart>> = {
  ...{ S31: 'judge', S61: 'judge', S70: 'judge' },
  ...{ S50: 'handle', S62: 'handle' },
};

/** The part a step is of: who reports collects, who sends or checks judges; null = of none. */
const partOf = ({ from, to }: { from: EventStatus | null; to: EventStatus }): EventPart | null =>
  from === null ? 'collect' : (partSteps[to] ?? null);

const nParts = 3;

/** Whether somebody who made the earlier steps may make this one too: of the three parts, he plays two at the most. */
export const mayPlay = (
  step: { from: EventStatus; to: EventStatus },
  earlier: readonly { from: EventStatus | null; to: EventStatus }[],
): boolean => {
  const part = partOf(step);
  if (part === null) return true;
  const played = [part, ...earlier.flatMap((one) => partOf(one) ?? [])];
  return new Set(played).size < nParts;
};

const reporters: Role[] = ['R2', 'R3', 'R4', 'R5', 'R6'];

/** Whether the caller may report an event (上报). */
export const canReport = (scope: Pick<Scope, 'role' | 'screen'>): boolean =>
  !isAggregateOnly(scope) && reporters.includes(scope.role);

const wholeNumber = z.preprocess((value) => (value === '' ? null : value), z.coerce.number().int().min(0).nullable());

/** Row of the category list as far as events use it; null = the list sets no limit. */
export const CategoryLimits = z.object({
  level: z.coerce
    .number()
    .pipe(z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]))
    .default(3),
  accept_minutes: wholeNumber.default(null),
  handle_hours: wholeNumber.default(null),
});
export type CategoryLimits = z.infer<typeof CategoryLimits>;

/** Longest a report or move may lie behind its receipt; what is older comes in as a file. */
const lateDays = 7;

/**
 * Instant a record counts from: when it happened, at the earliest `from` and a week before `now`, never later than
 * `now`; `now` when it was sent at once. Never before what it follows, should clocks disagree.
 */
export const happenedBetween = (from: Date, now: Date, happenedAt: string | undefined): Date => {
  const told = happenedAt === undefined ? now.getTime() : Date.parse(happenedAt);
  const earliest = now.getTime() - lateDays * 86_400_000;
  return new Date(Math.max(from.getTime(), Math.min(now.getTime(), Math.max(earliest, told))));
};

const later = (at: Date, minutes: number): Date => new Date(at.getTime() + minutes * 60_000);

/** Limits of an event, counted from the report and fixed then; handling time starts when acceptance is due at the latest. */
export const dueTimes = (
  limits: Pick<CategoryLimits, 'accept_minutes' | 'handle_hours'>,
  reportedAt: Date,
): { acceptDueAt: Date | null; handleDueAt: Date | null } => ({
  acceptDueAt: limits.accept_minutes === null ? null : later(reportedAt, limits.accept_minutes),
  handleDueAt:
    limits.handle_hours === null ? null : later(reportedAt, (limits.accept_minutes ?? 0) + limits.handle_hours * 60),
});

/** Statuses a new event runs through by itself: what the machine sends is with its department at once (自动分拨). */
export const openingStatuses = (isSent: boolean): EventStatus[] => (isSent ? ['S10', 'S20', 'S30', 'S31'] : ['S10']);

/** Share of a limit used at an instant: 0 at the start, 1 when due; clamped at 0 before the start. */
export const usedShare = (clock: { startAt: Date; dueAt: Date }, now: Date): number => {
  const limit = clock.dueAt.getTime() - clock.startAt.getTime();
  const used = now.getTime() - clock.startAt.getTime();
  if (limit <= 0) return used > 0 ? Number.POSITIVE_INFINITY : 1;
  return Math.max(0, used / limit);
};

type LampTimes = Pick<EventRow, 'status' | 'reportedAt' | 'dueAt' | 'closedAt' | 'pausedMinutes'>;

/** Supervision lamp (督办灯) of an event; once closed it stays as it was at closing. Grey: clock stopped, or no limit. */
export const lampOf = (event: LampTimes, now: Date): Lamp => {
  if (isPaused(event.status) || event.dueAt === null) return 'grey';
  const at = event.closedAt === null ? now : new Date(event.closedAt);
  const startAt = later(new Date(event.reportedAt), event.pausedMinutes ?? 0);
  const share = usedShare({ startAt, dueAt: new Date(event.dueAt) }, at);
  if (share > 1) return 'red';
  return share < 0.8 ? 'green' : 'yellow';
};

/** The columns of an event that moves change. */
export type EventClock = {
  status: EventStatus;
  status_at: Date;
  accepted_at: Date | null;
  registered_at: Date | null;
  dispatched_at: Date | null;
  signed_at: Date | null;
  handled_at: Date | null;
  closed_at: Date | null;
  evaluated_at: Date | null;
  handle_due_at: Date | null;
  n_rework: number;
  n_return: number;
  n_extension: number;
  n_whistle: number;
  is_self_handled: boolean;
  paused_minutes: number;
};

const entered = (clock: EventClock, to: EventStatus, at: Date): Partial<EventClock> => {
  switch (to) {
    case 'S20':
      return { accepted_at: at };
    case 'S30':
      return { registered_at: clock.registered_at ?? at };
    case 'S31':
      return { dispatched_at: at };
    case 'S32':
      return { n_return: clock.n_return + 1 };
    case 'S40':
      return clock.status === 'S31' ? { signed_at: at } : {};
    case 'S41':
      return { n_extension: clock.n_extension + 1 };
    case 'S43':
      return { n_whistle: clock.n_whistle + 1 };
    case 'S50':
      return { handled_at: at };
    case 'S60':
      return { n_rework: clock.n_rework + 1 };
    case 'S62':
      return { accepted_at: at, handled_at: at, closed_at: at, is_self_handled: true };
    case 'S21':
    case 'S61':
    case 'S90':
      return { closed_at: at };
    case 'S70':
      return { evaluated_at: at };
    default:
      return {};
  }
};

/** What a move says of the limit: whether a request for more time was approved, and until when. */
export type Decision = { isApproved: boolean | null; untilAt: Date | null };
const undecided: Decision = { isApproved: null, untilAt: null };

/**
 * Minutes a move adds to the limit: as long as the event was suspended, or waited for an extension that is approved, which
 * may grant more. A request that is refused gives nothing back.
 */
export const addedMinutes = (
  clock: Pick<EventClock, 'status' | 'status_at' | 'handle_due_at'>,
  at: Date,
  { isApproved, untilAt }: Decision = undecided,
): number => {
  if (!given_back.includes(clock.status) || isApproved === false) return 0;
  const waited = (at.getTime() - clock.status_at.getTime()) / 60_000;
  const isGranted = clock.status === 'S41' && untilAt !== null && clock.handle_due_at !== null;
  const granted = isGranted ? (untilAt.getTime() - (clock.handle_due_at?.getTime() ?? 0)) / 60_000 : 0;
  return Math.max(0, Math.round(Math.max(waited, granted)));
};

/** Minutes given back, added to the pause and to the due instant alike. */
const resumed = (clock: EventClock, at: Date, decision: Decision): Partial<EventClock> => {
  const minutes = addedMinutes(clock, at, decision);
  if (minutes === 0) return {};
  return {
    paused_minutes: clock.paused_minutes + minutes,
    handle_due_at: clock.handle_due_at && later(clock.handle_due_at, minutes),
  };
};

/** The clock after a legal move; the caller has checked that the move is one. */
export const applyMove = (
  clock: EventClock,
  to: EventStatus,
  at: Date,
  decision: Decision = undecided,
): EventClock => ({
  ...clock,
  ...resumed(clock, at, decision),
  ...entered(clock, to, at),
  status: to,
  status_at: at,
});
