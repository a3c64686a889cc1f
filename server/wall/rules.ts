import {
  type Course,
  type InterruptStep,
  type LinkPost,
  linkTimes,
  maxSequenceLeap,
  type WallInterrupt,
} from '@/data/model/cast';
import type { Role, Scope } from '@/data/model/scope';
import type { View } from '@/data/model/view';

/** The lease of a wall as the database holds it, without its wall. */
export type Lease = {
  term: number;
  conductor: LinkPost | null;
  heardAt: Date | null;
  asked: LinkPost | null;
  askedAt: Date | null;
  isQuiet: boolean;
  interrupt: WallInterrupt | null;
  view: View | null;
  sequence: number;
  castAt: Date | null;
  shownSequence: number;
  shownMs: number | null;
};

/** What somebody wants of a lease. `time` = nothing but time went by. */
export type Move =
  | { kind: 'time' }
  | { kind: 'claim'; by: LinkPost }
  | { kind: 'accept' | 'decline' | 'release' | 'beat' | 'quiet' | 'loud'; device: string; term: number }
  | { kind: 'withdraw'; device: string }
  | { kind: 'take'; by: LinkPost }
  | { kind: 'cast'; device: string; term: number; sequence: number; view: View }
  | { kind: 'steer'; device: string; term: number; event: string; course: Course; mayTakeBack: boolean }
  | { kind: 'shown'; sequence: number }
  | { kind: 'interrupted'; by: { event: string; step: InterruptStep } | null };

/**
 * Why a move is refused: not (any more) the conductor of that term, a cast out of turn, an interrupt that is over, or
 * somebody else asks already.
 */
export type Refusal = 'not_conductor' | 'late' | 'past' | 'asked';

export type Outcome = { lease: Lease } | { refused: Refusal };

export const vacant: Lease = {
  term: 0,
  conductor: null,
  heardAt: null,
  asked: null,
  askedAt: null,
  isQuiet: false,
  interrupt: null,
  view: null,
  sequence: 0,
  castAt: null,
  shownSequence: 0,
  shownMs: null,
};

/** Roles of signed posts that may conduct a wall. */
const conducting: Role[] = ['R1', 'R2', 'R3', 'R4'];
/** Roles of the desk on duty: they find walls without a code and take a wall back. */
const dutyDesk: Role[] = ['R2', 'R3', 'R4'];

type Caller = Pick<Scope, 'role' | 'screen' | 'path'>;

/** Whether the caller may conduct a wall of that division: a post with territory over it, on no wall itself. */
export const mayConduct = (scope: Caller, wallPath: string): boolean =>
  scope.screen !== 'big' && conducting.includes(scope.role) && wallPath.startsWith(scope.path);

/** Whether the caller is on duty over the wall's division: needs no code, and may take it back (收回). */
export const mayTakeBack = (scope: Caller, wallPath: string): boolean =>
  scope.screen !== 'big' && dutyDesk.includes(scope.role) && wallPath.startsWith(scope.path);

/** What a conductor asked for himself goes with him: quiet, and the hold on a notice. */
const withoutWishes = (lease: Lease): Lease => ({
  ...lease,
  isQuiet: false,
  interrupt: lease.interrupt?.course === 'hold' ? { ...lease.interrupt, course: 'go' } : lease.interrupt,
});

const vacate = (lease: Lease): Lease => ({ ...withoutWishes(lease), conductor: null, heardAt: null });

const give = (lease: Lease, to: LinkPost, now: Date): Lease => ({
  ...withoutWishes(lease),
  term: lease.term + 1,
  conductor: to,
  heardAt: now,
  asked: null,
  askedAt: null,
});

const isPast = (since: Date | null, ms: number, now: Date): boolean =>
  since !== null && now.getTime() - since.getTime() >= ms;

/**
 * What time alone changes: a silent conductor is gone, an unanswered request is granted. Nothing passes on by silence
 * while a Ⅰ event waits for its acknowledgement (`isHeld`).
 */
const settle = (lease: Lease, now: Date, isHeld: boolean): Lease => {
  const isGone = lease.conductor !== null && isPast(lease.heardAt, linkTimes.silenceMs, now);
  const left = isGone ? vacate(lease) : lease;
  if (left.asked === null) return left;
  if (left.conductor === null) return give(left, left.asked, now);
  return !isHeld && isPast(left.askedAt, linkTimes.requestMs, now) ? give(left, left.asked, now) : left;
};

const claim = (lease: Lease, by: LinkPost, now: Date): Outcome => {
  if (lease.conductor === null) return { lease: give(lease, by, now) };
  if (lease.conductor.device === by.device) return { lease: { ...lease, heardAt: now } };
  if (lease.asked === null) return { lease: { ...lease, asked: by, askedAt: now } };
  return lease.asked.device === by.device ? { lease } : { refused: 'asked' };
};

/** A hold keeps a scene that still stands: once the wall has changed there is nothing to hold. */
const steered = (lease: Lease, course: Course): Lease =>
  !lease.interrupt || (course === 'hold' && lease.interrupt.step !== 'notice')
    ? lease
    : { ...lease, interrupt: { ...lease.interrupt, course } };

type BySomebody = Extract<Move, { device: string; term: number }>;

const conducts = (lease: Lease, { device, term }: BySomebody): boolean =>
  lease.conductor?.device === device && lease.term === term;

/** The conductor decides on an interrupt; the desk on duty sends the wall back as well. */
const steer = (lease: Lease, move: Extract<Move, { kind: 'steer' }>): Outcome => {
  if (!conducts(lease, move) && !(move.course === 'back' && move.mayTakeBack)) return { refused: 'not_conductor' };
  return lease.interrupt?.event === move.event ? { lease: steered(lease, move.course) } : { refused: 'past' };
};

const conduct = (lease: Lease, move: Exclude<BySomebody, { kind: 'steer' }>, now: Date): Outcome => {
  if (!conducts(lease, move)) return { refused: 'not_conductor' };
  const heard = { ...lease, heardAt: now };
  switch (move.kind) {
    case 'beat':
      return { lease: heard };
    case 'accept':
      return { lease: heard.asked ? give(heard, heard.asked, now) : heard };
    case 'decline':
      return { lease: { ...heard, asked: null, askedAt: null } };
    case 'release':
      return { lease: heard.asked ? give(heard, heard.asked, now) : vacate(lease) };
    case 'quiet':
      return { lease: steered({ ...heard, isQuiet: true }, 'hold') };
    case 'loud':
      return { lease: { ...heard, isQuiet: false } };
    case 'cast':
      if (move.sequence <= lease.sequence || move.sequence > lease.sequence + maxSequenceLeap)
        return { refused: 'late' };
      return { lease: { ...heard, view: move.view, sequence: move.sequence, castAt: now } };
  }
};

const shown = (lease: Lease, sequence: number, now: Date): Lease => {
  if (sequence <= lease.shownSequence || sequence > lease.sequence) return lease;
  const isLast = sequence === lease.sequence && lease.castAt !== null;
  const shownMs = isLast ? now.getTime() - (lease.castAt?.getTime() ?? 0) : lease.shownMs;
  return { ...lease, shownSequence: sequence, shownMs };
};

/** What the wall says of itself: another event begins anew, and waits from the start where nobody may be disturbed. */
const interrupted = (lease: Lease, by: Extract<Move, { kind: 'interrupted' }>['by']): Lease => {
  const { interrupt: was, isQuiet } = lease;
  if (was?.event === by?.event && was?.step === by?.step) return lease;
  if (by === null) return { ...lease, interrupt: null };
  const course = was?.event === by.event ? was.course : isQuiet ? 'hold' : 'go';
  // the hold came when the wall had changed already
  const isTooLate = course === 'hold' && by.step === 'scene';
  return { ...lease, interrupt: { ...by, course: isTooLate ? 'go' : course } };
};

/** The lease after a move at an instant: the whole state machine (主控). The same lease object = nothing changed. */
export const step = (before: Lease, move: Move, now: Date, isHeld: boolean): Outcome => {
  const lease = settle(before, now, isHeld);
  switch (move.kind) {
    case 'time':
      return { lease };
    case 'claim':
      return claim(lease, move.by, now);
    case 'take':
      return { lease: lease.conductor?.device === move.by.device ? lease : give(lease, move.by, now) };
    case 'withdraw':
      return { lease: lease.asked?.device === move.device ? { ...lease, asked: null, askedAt: null } : lease };
    case 'shown':
      return { lease: shown(lease, move.sequence, now) };
    case 'interrupted':
      return { lease: interrupted(lease, move.by) };
    case 'steer':
      return steer(lease, move);
    default:
      return conduct(lease, move, now);
  }
};
