import type { TurnStep } from '@/data/model/volunteer';

type Turn = { withdrawnAt: Date | null; cameAt: Date | null; wentAt: Date | null };
type Call = { startsAt: Date; endsAt: Date; cancelledAt: Date | null };

const hour = 3_600_000;
/** Hours before and after a call within which a volunteer may be recorded as there. */
const slackHours = 2;

/** Hours of service a turn has told; nothing until the volunteer went. */
export const hoursOf = ({ cameAt, wentAt }: Pick<Turn, 'cameAt' | 'wentAt'>): number =>
  cameAt === null || wentAt === null ? 0 : (wentAt.getTime() - cameAt.getTime()) / hour;

/** Calls that ended before this are over: nobody comes any more. */
export const overBefore = (now: Date): Date => new Date(now.getTime() - slackHours * hour);

/** Until when a volunteer counts as there who goes now: whoever forgot to say so served no longer than the call and its slack. */
export const goneAt = ({ endsAt }: Pick<Call, 'endsAt'>, now: Date): Date =>
  new Date(Math.min(now.getTime(), endsAt.getTime() + slackHours * hour));

/** Steps a volunteer may take at a call now; null turn = none was taken yet. */
export const turnStepsAt = (turn: Turn | null, call: Call, now: Date): TurnStep[] => {
  if (turn?.cameAt && !turn.wentAt) return ['go'];
  if (call.cancelledAt !== null || call.endsAt < overBefore(now) || turn?.wentAt) return [];
  if (turn === null || turn.withdrawnAt !== null) return now < call.endsAt ? ['signUp'] : [];
  return now.getTime() < call.startsAt.getTime() - slackHours * hour ? ['withdraw'] : ['come', 'withdraw'];
};
