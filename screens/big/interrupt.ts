import type { EventRow } from '@/data/model/event';

/** Times of the interrupts of a wall (打断), ms. */
export const interruptTimes = {
  /** Notice before the wall changes to the incident. */
  notice: 10_000,
  /** The scene before comes back this long after the incident was handled. */
  back: 15 * 60_000,
  /** A Ⅱ holds the tour this long … */
  hold: 60_000,
  /** … at most once in this time; the others are grouped with it. */
  group: 10 * 60_000,
  /** A Ⅰ not acknowledged pulses this long. */
  pulse: 30_000,
} as const;

export type Grave = Pick<EventRow, 'id' | 'level' | 'stage'>;

/** What a wall remembers between two looks at the open Ⅰ and Ⅱ events. */
export type InterruptState = {
  /** The Ⅰ that interrupts; the others that came while it did are grouped with it. */
  active: { id: string; seenAt: number; handledAt: number | null; others: readonly string[] } | null;
  /** Ids already dealt with: they interrupt no more. Kept only while they are open. */
  known: readonly string[];
  /** When a Ⅱ last began to hold the tour; null = never. */
  heldAt: number | null;
};

export const noInterrupt: InterruptState = { active: null, known: [], heldAt: null };

const isHandled = (row: Grave | undefined): boolean => !row || row.stage === 'check' || row.stage === 'closed';
/** Somebody has it in hand already: it is no news to a wall that only now looks. */
const isTaken = ({ stage }: Grave): boolean => stage !== 'report' && stage !== 'dispatch';

/** The wall as it stands at its first look: what is in hand, and every Ⅱ, is known; an untaken Ⅰ is not. */
export const firstLook = (open: readonly Grave[]): InterruptState => ({
  ...noInterrupt,
  known: open.filter((row) => row.level !== 1 || isTaken(row)).map(({ id }) => id),
});

const stepActive = (state: InterruptState, open: readonly Grave[], now: number): InterruptState['active'] => {
  const { active } = state;
  if (!active) return null;
  const handledAt = isHandled(open.find(({ id }) => id === active.id)) ? (active.handledAt ?? now) : null;
  if (handledAt !== null && now - handledAt >= interruptTimes.back) return null;
  return handledAt === active.handledAt ? active : { ...active, handledAt };
};

/** One look at the open events of levels Ⅰ and Ⅱ: what is new interrupts, or is grouped with what does. Pure. */
export const lookAgain = (state: InterruptState, open: readonly Grave[], now: number): InterruptState => {
  const fresh = open.filter(({ id }) => !state.known.includes(id));
  const before = stepActive(state, open, now);
  const gravest = fresh.filter(({ level }) => level === 1).map(({ id }) => id);
  const isHolding = state.heldAt !== null && now - state.heldAt < interruptTimes.group;
  const holds = fresh.some(({ level }) => level === 2) && !isHolding;
  const [first, ...others] = gravest;
  const active = before
    ? gravest.length > 0
      ? { ...before, others: [...before.others, ...gravest] }
      : before
    : first === undefined
      ? null
      : { id: first, seenAt: now, handledAt: null, others };
  if (active === state.active && fresh.length === 0) return state;
  const openIds = new Set(open.map(({ id }) => id));
  return {
    active,
    known: [...state.known.filter((id) => openIds.has(id)), ...fresh.map(({ id }) => id)],
    heldAt: holds ? now : state.heldAt,
  };
};

/** What the wall shows of an interrupt. `bar` = acknowledged: a red bar in its head, the scene is the conductor's again. */
export type Phase = 'notice' | 'command' | 'bar';

export const phaseOf = (active: { seenAt: number }, isAcknowledged: boolean, now: number): Phase =>
  isAcknowledged ? 'bar' : now - active.seenAt < interruptTimes.notice ? 'notice' : 'command';

/** Only a Ⅰ nobody acknowledged pulses, and not for long. */
export const isPulsing = (active: { seenAt: number }, isAcknowledged: boolean, now: number): boolean =>
  !isAcknowledged && now - active.seenAt < interruptTimes.pulse;

/** The tour stands while a Ⅰ is not acknowledged, and a minute after a new Ⅱ. */
export const holdsTour = ({ active, heldAt }: InterruptState, isAcknowledged: boolean, now: number): boolean =>
  (active !== null && !isAcknowledged) || (heldAt !== null && now - heldAt < interruptTimes.hold);
