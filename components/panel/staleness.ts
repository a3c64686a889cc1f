import { askAgainMs } from '../feed/live';

/** Rounds of asking that may fail before an answer counts as late. */
const toleratedRounds = 3;

/** Milliseconds an answer is behind the clock beyond what its metric promises; 0 = within the promise, or no answer. */
export const lateness = (data: unknown, now: number): number => {
  const { asOf, freshSeconds } = (data ?? {}) as { asOf?: string; freshSeconds?: number };
  if (asOf === undefined || freshSeconds === undefined) return 0;
  const age = now - Date.parse(asOf);
  return age > freshSeconds * 1000 + toleratedRounds * askAgainMs ? age : 0;
};
