import { and, desc, eq, gte } from 'drizzle-orm';
import { groupBy } from '@/data/model/group';
import {
  type KeptForGood,
  type Retention,
  type RetentionDraft,
  type Timer,
  type TimerCode,
  type TimerVersion,
  timerCodes,
} from '@/data/model/retention';
import type { Scope } from '@/data/model/scope';
import type { Connection, Executor } from '../db/client';
import { clockNow } from '../db/clock';
import { changeDated, datedHistory, type IsUsed, mayKeep, withdrawDated } from '../dictionary/dated';
import { type ListedWord, wordsIn } from '../dictionary/store';
import { nextDueOf } from '../job/store';
import { countRows } from '../metric/count';
import { retention_lot } from './table';
import { dueBefore } from './timers';

const list = 'retention';
const dayMs = 86_400_000;

const isTimer = (code: string): code is TimerCode => (timerCodes as readonly string[]).includes(code);

const wordsOf = ({ attrs }: ListedWord, name: string) => ({
  ...{ zh: attrs[`${name}_zh`] ?? '', en: attrs[`${name}_en`] ?? '' },
});

/** Rows each rule took so far, and the last night it took some. */
const readTaken = async (db: Executor): Promise<Map<string, { n: number; night: string }>> => {
  const lots = await db.select().from(retention_lot).orderBy(desc(retention_lot.night));
  return new Map(
    [...groupBy(lots, ({ rule }) => rule)].map(([rule, own]) => [
      rule,
      { n: own.reduce((sum, { n_rows }) => sum + n_rows, 0), night: own[0]?.night ?? '' },
    ]),
  );
};

const timerOf = async (db: Executor, word: ListedWord, code: TimerCode, now: Date): Promise<Timer> => {
  const days = Number(word.attrs.days);
  const { table, where } = dueBefore(code, new Date(now.getTime() - days * dayMs));
  return {
    ...{ code, days, act: word.attrs.act === 'clear' ? 'clear' : 'erase' },
    ...{ least: Number(word.attrs.least_days), most: Number(word.attrs.most_days) },
    ...{ from: wordsOf(word, 'from'), why: wordsOf(word, 'why') },
    ...{ nDue: await countRows(db, table, where), nDone: 0, lastNight: null },
  };
};

/** Every rule of what is kept how long (保存期限), what is due by it now and what was taken, for the whole installation. */
export const readRetention = async ({ db }: Connection, scope: Scope): Promise<Retention> => {
  const [words, taken, now] = [await wordsIn(db, list), await readTaken(db), await clockNow(db)];
  const byCode = new Map(words.map((word) => [word.code, word]));
  const timers: Timer[] = [];
  for (const code of timerCodes) {
    const word = byCode.get(code);
    const done = taken.get(code);
    if (word)
      timers.push({ ...(await timerOf(db, word, code, now)), nDone: done?.n ?? 0, lastNight: done?.night ?? null });
  }
  const kept = words
    .filter(({ code }) => !isTimer(code))
    .map((word): KeptForGood => ({ code: word.code, why: wordsOf(word, 'why') }));
  const nextAt = await nextDueOf(db, list);
  return { nextAt: nextAt?.toISOString() ?? null, timers, kept, mayKeep: await mayKeep(db, scope) };
};

/** Every version of one rule, the newest first (期限沿革). */
export const timerHistory = async (connection: Connection, code: TimerCode): Promise<TimerVersion[]> =>
  (await datedHistory(connection, { list, codes: [code] })).map(({ rows, ...version }) => ({
    ...{ ...version, days: Number(rows[0]?.attrs.days) },
  }));

/** Whether a night took something by the rule since. */
const isUsed =
  (code: TimerCode): IsUsed =>
  async (tx, from) => {
    const taken = and(eq(retention_lot.rule, code), gte(retention_lot.at, from));
    const [lot] = await tx.select({ seq: retention_lot.seq }).from(retention_lot).where(taken).limit(1);
    return lot !== undefined;
  };

/** Changes how many days a rule keeps from a day on (期限变更); `invalid` with the fault `days` beyond its limits. */
export const changeTimer = async (
  connection: Connection,
  scope: Scope,
  { code, days, ...change }: RetentionDraft,
): Promise<void> =>
  changeDated(
    connection,
    scope,
    { list, codes: [code] },
    {
      change,
      isUsed: isUsed(code),
      judge: async ({ attrs }) => {
        const isWithin = days >= Number(attrs.least_days) && days <= Number(attrs.most_days);
        return isWithin ? { ...attrs, days: String(days) } : 'days';
      },
    },
  );

/** Takes back a version that has not begun. */
export const withdrawTimer = (
  connection: Connection,
  scope: Scope,
  { code, ...change }: Pick<RetentionDraft, 'code' | 'seen' | 'note'>,
): Promise<void> => withdrawDated(connection, scope, { list, codes: [code] }, change);
