import type { Course, InterruptStep } from '@/data/model/cast';
import type { EventRow } from '@/data/model/event';

/** Times of the interrupts of a wall (打断), ms. */
export const interruptTimes = {
  /** Notice before the wall changes to the incident. */
  notice: 10_000,
  /** The scene before comes back this long after the incident was handled. */
  back: 15 * 60_000,
  /** A Ⅱ holds the tour this long … */
  hold: 60_000,
  /** … at most once in this time; a Ⅰ that waits shorter than this for its acknowledgement takes new ones along. */
  group: 10 * 60_000,
  /** A Ⅰ not acknowledged pulses this long. */
  pulse: 30_000,
} as const;

export type Grave = Pick<EventRow, 'id' | 'level' | 'stage'>;

/** A Ⅰ that interrupts, with the others grouped with it. `handledAt`: since when all of them are handled. */
type Active = { id: string; others: readonly string[]; seenAt: number; handledAt: number | null };

/** What a wall remembers between two looks at the open Ⅰ and Ⅱ events. */
export type InterruptState = {
  active: Active | null;
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

/** New Ⅰ events join the one that interrupts; long after its notice they get one of their own. */
const join = (before: Active | null, fresh: readonly string[], now: number): Active | null => {
  const [id, ...rest] = fresh;
  if (id === undefined) return before;
  if (before && now - before.seenAt < interruptTimes.group) return { ...before, others: [...before.others, ...fresh] };
  return { id, others: before ? [...rest, before.id, ...before.others] : rest, seenAt: now, handledAt: null };
};

/** What a wall looks at. */
type Look = {
  now: number;
  /** Ids somebody took notice of (确认). */
  acknowledged: readonly string[];
  /** 勿扰 */
  isQuiet: boolean;
};

/**
 * Over some time after all are handled. One that is handled or acknowledged gives way to one that is neither, which
 * gets a notice of its own.
 */
const settle = (active: Active | null, open: readonly Grave[], { now, acknowledged }: Look): Active | null => {
  if (!active) return null;
  const ids = [active.id, ...active.others];
  const left = ids.filter((id) => !isHandled(open.find((row) => row.id === id)));
  const next = left.find((id) => !acknowledged.includes(id)) ?? (left.includes(active.id) ? active.id : left[0]);
  if (next !== undefined && next !== active.id)
    return { id: next, others: ids.filter((id) => id !== next), seenAt: now, handledAt: null };
  const handledAt = next === undefined ? (active.handledAt ?? now) : null;
  if (handledAt !== null && now - handledAt >= interruptTimes.back) return null;
  return handledAt === active.handledAt ? active : { ...active, handledAt };
};

/** One look at the open events of levels Ⅰ and Ⅱ: what is new interrupts, or is grouped with what does. Pure. */
export const lookAgain = (state: InterruptState, open: readonly Grave[], look: Look): InterruptState => {
  const { now, isQuiet } = look;
  const fresh = open.filter(({ id }) => !state.known.includes(id));
  const gravest = fresh.filter(({ level }) => level === 1).map(({ id }) => id);
  const active = settle(join(state.active, gravest, now), open, look);
  if (active === state.active && fresh.length === 0) return state;
  const isHolding = isQuiet || (state.heldAt !== null && now - state.heldAt < interruptTimes.group);
  const openIds = new Set(open.map(({ id }) => id));
  return {
    active,
    known: [...state.known.filter((id) => openIds.has(id)), ...fresh.map(({ id }) => id)],
    heldAt: fresh.some(({ level }) => level === 2) && !isHolding ? now : state.heldAt,
  };
};

/** What the wall shows of an interrupt. `bar` = acknowledged: a red bar in its head, the scene is the conductor's again. */
export type Phase = 'notice' | 'held' | 'command' | 'bar';

/** What others say about an interrupt. */
export type Said = { isAcknowledged: boolean; course: Course };

export const phaseOf = (active: { seenAt: number }, { isAcknowledged, course }: Said, now: number): Phase => {
  if (isAcknowledged) return 'bar';
  if (course === 'hold') return 'held';
  return now - active.seenAt < interruptTimes.notice ? 'notice' : 'command';
};

/** Only a Ⅰ nobody acknowledged pulses, and not for long. */
export const isPulsing = (active: { seenAt: number }, isAcknowledged: boolean, now: number): boolean =>
  !isAcknowledged && now - active.seenAt < interruptTimes.pulse;

/** The tour stands while a Ⅰ is not acknowledged or its scene shows, and a minute after a new Ⅱ. */
export const holdsTour = (
  { active, heldAt }: InterruptState,
  { isAcknowledged, step }: { isAcknowledged: boolean; step: InterruptStep | null },
  now: number,
): boolean =>
  (active !== null && (!isAcknowledged || step === 'scene')) || (heldAt !== null && now - heldAt < interruptTimes.hold);
