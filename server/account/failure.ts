import { createHmac } from 'node:crypto';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { refuse } from '@/data/model/intake';
import type { Connection, Executor } from '../db/client';
import { accountKey } from './auth';
import { account_factor, account_failure } from './table';

/** Wrong passwords in a row that lock a name, and for how long. */
export const failureLimit = 5;
const lockMinutes = 15;

const keyed = async (text: string): Promise<string> =>
  createHmac('sha256', await accountKey())
    .update(text)
    .digest('hex');

/** What a name is counted under: whether anybody has it cannot be told from the row. */
export const hashOf = (username: string): Promise<string> => keyed(`failure ${username.trim().toLowerCase()}`);

/** Notes that a code of the second factor was right; `false` when it is the one that was so before. */
export const spendCode = async (db: Executor, accountId: string, code: string): Promise<boolean> => {
  const spent = await keyed(`code ${accountId} ${code}`);
  const noted = await db
    .update(account_factor)
    .set({ spent })
    .where(and(eq(account_factor.user_id, accountId), sql`spent is distinct from ${spent}`))
    .returning({ id: account_factor.id });
  return noted.length > 0;
};

/**
 * Counts an attempt before it is made, so that many at one moment are no more than the limit; `locked` when the name is.
 * The attempt that reaches the limit locks the name unless it is right (`clearFailures`).
 */
export const beginAttempt = async ({ db }: Connection, username: string): Promise<void> => {
  const hash = await hashOf(username);
  await db.execute(sql`delete from account_failure where at < now() - interval '1 day'`);
  const counted = await db.execute(sql`
    insert into account_failure as f (name_hash, n, at) values (${hash}, 1, now())
    on conflict (name_hash) do update set
      at = now(),
      n = case when f.locked_until is null then f.n + 1 else 1 end,
      locked_until = case when f.locked_until is null and f.n + 1 >= ${failureLimit}::int
        then now() + ${lockMinutes}::int * interval '1 minute' end
    where f.locked_until is null or f.locked_until <= now()
    returning n`);
  if (counted.length > 0) return;
  const until = await lockedUntil(db, username);
  const minutes = Math.max(1, Math.ceil(((until?.getTime() ?? 0) - Date.now()) / 60_000));
  throw refuse('locked', 'Too many wrong passwords in a row.', { minutes });
};

/** Forgets the attempts under a name: after a right password, and where somebody unlocks it. Whether there were any. */
export const clearFailures = async (db: Executor, username: string): Promise<boolean> => {
  const gone = await db
    .delete(account_failure)
    .where(eq(account_failure.name_hash, await hashOf(username)))
    .returning({ n: account_failure.n });
  return gone.length > 0;
};

/** End of a name's lock; null = open. */
export const lockedUntil = async (db: Executor, username: string): Promise<Date | null> =>
  (await readLocks(db, [username])).get(username) ?? null;

/** Ends of the locks of those names that are locked. */
export const readLocks = async (db: Executor, usernames: readonly string[]): Promise<Map<string, Date>> => {
  const names = new Map(await Promise.all(usernames.map(async (name) => [await hashOf(name), name] as const)));
  const rows = await db
    .select()
    .from(account_failure)
    .where(and(inArray(account_failure.name_hash, [...names.keys()]), sql`locked_until > now()`));
  return new Map(rows.map(({ name_hash, locked_until }) => [names.get(name_hash) ?? '', locked_until ?? new Date(0)]));
};
