import { sql } from 'drizzle-orm';
import type { DatedChange, DatedVersion } from '@/data/model/dated';
import type { Scope } from '@/data/model/scope';
import { type PolicyDraft, type PolicyRung, rungCodes } from '@/data/model/supervision';
import type { Connection, Executor } from '../db/client';
import { event } from '../db/schema';
import { changeDated, datedHistory, type IsUsed, withdrawDated } from '../dictionary/dated';
import { wordsIn } from '../dictionary/store';
import { attrsOf, isClimbing, rungOf } from './rules';
import { whistle } from './table';

const list = 'supervision-rung';
const ladder = { list, codes: rungCodes };

const inOrder = (rungs: PolicyRung[]): PolicyRung[] =>
  rungs.toSorted((a, b) => rungCodes.indexOf(a.code) - rungCodes.indexOf(b.code));

/** The ladder as it was in force at an instant (督办策略), the lowest rung first. An event keeps that of its report. */
export const readPolicy = async (tx: Executor, at: Date): Promise<PolicyRung[]> =>
  inOrder((await wordsIn(tx, list, at)).map(({ code, attrs }) => rungOf(code, attrs)));

/** Every ladder there is or was, the newest first (督办策略沿革). */
export const policyHistory = async (connection: Connection): Promise<(DatedVersion & { rungs: PolicyRung[] })[]> =>
  (await datedHistory(connection, ladder)).map(({ rows, ...version }) => ({
    ...version,
    rungs: inOrder(rows.map(({ code, attrs }) => rungOf(code, attrs))),
  }));

/** Whether an event came in since, or a whistle was blown for one: each keeps the ladder of that instant. */
const isUsed: IsUsed = async (tx, from) => {
  const since = sql`${from.toISOString()}::timestamptz`;
  const [row] = await tx.execute<{ is: boolean }>(sql`
    select exists (select from ${event} where recorded_at >= ${since})
      or exists (select from ${whistle} where blown_at >= ${since}) as is`);
  return row?.is === true;
};

/** Puts another ladder in force from a day on; what was reported before keeps the one it was reported under. */
export const changePolicy = async (
  connection: Connection,
  scope: Scope,
  { rungs, ...change }: PolicyDraft,
): Promise<void> =>
  changeDated(connection, scope, ladder, {
    change,
    isUsed,
    judge: async ({ code }) => {
      const rung = rungs.find((one) => one.code === code);
      return rung && isClimbing(rungs) ? attrsOf(rung) : 'order';
    },
  });

/** Takes back a ladder that has not begun. */
export const withdrawPolicy = (
  connection: Connection,
  scope: Scope,
  change: Omit<DatedChange, 'from'>,
): Promise<void> => withdrawDated(connection, scope, ladder, change);
