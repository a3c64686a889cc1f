import Bowser from 'bowser';
import { and, asc, desc, eq, gt, inArray, isNull, lt, ne, type SQL, sql } from 'drizzle-orm';
import { type HeldPost, isAdmin, type SessionRow, type SignInLack, type SignInWay } from '@/data/model/account';
import type { SessionEnd } from '@/data/model/audit';
import { divisionLevels } from '@/data/model/division';
import { groupBy } from '@/data/model/group';
import { refuse } from '@/data/model/intake';
import { Problem } from '@/data/model/problem';
import type { Role } from '@/data/model/scope';
import { badgeOf } from '../access/rules';
import type { Connection, Executor } from '../db/client';
import { clockNow } from '../db/clock';
import { division } from '../db/schema';
import { authOf, isSignInCookie } from './auth';
import { account_post, account_session, account_verification } from './table';
import { keepEnd, keepHappening } from './trail';

/** Who signed in (登录者): the account, the post it acts in, and what the sign-in lacks before it gives that post. */
export type SignedIn = {
  accountId: string;
  sessionId: string;
  username: string;
  name: string;
  hasFactor: boolean;
  expiresAt: Date;
  posts: HeldPost[];
  post: HeldPost | null;
  lack: SignInLack | null;
};

/** Posts an account holds now, the oldest first. */
export const postsOf = async (db: Executor, accountId: string): Promise<HeldPost[]> => {
  const rows = await db
    .select({
      ...{ id: account_post.id, role: account_post.role, division: account_post.division_code },
      department: account_post.department_code,
      ...{ since: account_post.valid_from, level: division.level, name: division.name, nameEn: division.name_en },
    })
    .from(account_post)
    .innerJoin(division, eq(division.code, account_post.division_code))
    .where(and(eq(account_post.account_id, accountId), isNull(account_post.valid_to)))
    .orderBy(asc(account_post.valid_from), asc(account_post.id));
  return rows.map(({ role, since, level, ...row }) => ({
    ...row,
    ...{ role: role as Role, since: since.toISOString(), level: divisionLevels[level - 1] ?? 'grid' },
  }));
};

const hasCookie = (headers: Headers): boolean =>
  (headers.get('cookie') ?? '').split(/;\s*/).some((part) => isSignInCookie(part));

const lackOf = (mustChange: boolean, way: SignInWay, post: HeldPost | null): SignInLack | null => {
  if (mustChange && way !== 'sign_on') return 'password';
  if (!post || (post.role === 'R6' && !post.department)) return 'post';
  return isAdmin(post.role) && way !== 'factor' ? 'factor' : null;
};

const seenEveryMs = 60_000;

/** The sign-in a request carries; null for none, an ended or an expired one. Read anew at each call. */
export const signedInOf = async (connection: Connection, headers: Headers): Promise<SignedIn | null> => {
  if (!hasCookie(headers)) return null;
  const found = await (await authOf(connection)).api.getSession({ headers });
  if (!found) return null;
  const { session, user } = found;
  const { db } = connection;
  if (session.updatedAt.getTime() < Date.now() - seenEveryMs)
    await db
      .update(account_session)
      .set({ updated_at: sql`now()` })
      .where(and(eq(account_session.id, session.id), lt(account_session.updated_at, sql`now()`)));
  const posts = await postsOf(db, user.id);
  const post = posts.find(({ id }) => id === session.postId) ?? null;
  return {
    ...{ accountId: user.id, sessionId: session.id, username: user.username ?? '', name: user.name, posts, post },
    ...{ hasFactor: user.twoFactorEnabled === true, expiresAt: session.expiresAt },
    lack: lackOf(user.mustChange === true, session.way as SignInWay, post),
  };
};

/** The sign-in of a request that has one; else `account_ended`. */
export const mustBeSignedIn = async (connection: Connection, headers: Headers): Promise<SignedIn> => {
  const who = await signedInOf(connection, headers);
  if (!who) throw refuse('account_ended', 'No sign-in, or one that has ended.');
  return who;
};

/** Lets a sign-in act in a post of its account. */
export const choosePost = async ({ db }: Connection, who: SignedIn, postId: string): Promise<void> => {
  const post = who.posts.find(({ id }) => id === postId);
  if (!post) throw refuse('post_unknown', `No post ${postId} of this account.`);
  await db.transaction(async (tx) => {
    await tx.update(account_session).set({ post_id: postId }).where(eq(account_session.id, who.sessionId));
    const { accountId: of } = who;
    await keepHappening(tx, { action: 'session.post', of, by: of, why: badgeOf(post) });
  });
};

/** A browser and its system in words, `Chrome 150 · Linux`; what is no browser says itself what it is. */
const deviceOf = (agent: string): string => {
  if (agent === '') return '';
  const { browser, os } = Bowser.parse(agent);
  const named = [browser.name, browser.version?.split('.')[0]].filter(Boolean).join(' ');
  return [named, os.name].filter(Boolean).join(' · ') || agent;
};

/** Sign-ins that last, by account, the last seen first: of one account or of all. `ownId`: the sign-in that asks. */
export const readSessions = async (
  db: Executor,
  { of, ownId }: { of: string | null; ownId: string | null },
): Promise<Map<string, SessionRow[]>> => {
  const isOf = of === null ? undefined : eq(account_session.user_id, of);
  const rows = await db
    .select()
    .from(account_session)
    .where(and(isOf, gt(account_session.expires_at, await clockNow(db))))
    .orderBy(desc(account_session.updated_at));
  const told = (row: (typeof rows)[number]): SessionRow => ({
    ...{ id: row.id, isOwn: row.id === ownId, way: row.way as SignInWay },
    ...{ address: row.ip_address ?? '', device: deviceOf(row.user_agent ?? '') },
    ...{ startedAt: row.created_at.toISOString(), seenAt: row.updated_at.toISOString() },
    endsAt: row.expires_at.toISOString(),
  });
  return new Map([...groupBy(rows, (row) => row.user_id)].map(([id, own]) => [id, own.map(told)]));
};

/** Ends one sign-in of an account, or all but one, and keeps who did and why; how many. */
export const endSessions = async (
  db: Executor,
  accountId: string,
  which: ({ id: string } | { allBut: string | null }) & { by: string; why: SessionEnd },
): Promise<number> =>
  db.transaction(async (tx) => {
    const ended = await tx
      .delete(account_session)
      .where(
        and(
          eq(account_session.user_id, accountId),
          'id' in which
            ? eq(account_session.id, which.id)
            : which.allBut === null
              ? undefined
              : ne(account_session.id, which.allBut),
        ),
      )
      .returning({ id: account_session.id });
    if ('id' in which && ended.length === 0) throw new Problem('not_found', `No sign-in ${which.id}.`);
    await keepEnd(tx, accountId, { by: which.by, why: which.why, n: ended.length });
    return ended.length;
  });

/** Removes what the library waited for in vain. */
export const purgeVerifications = async ({ db }: Connection): Promise<void> => {
  await db.delete(account_verification).where(lt(account_verification.expires_at, sql`now()`));
};

/** Erases a lot of sign-ins that are due, each account's with its line; how many. */
export const eraseSignIns = async (tx: Executor, due: SQL, most: number): Promise<number> => {
  const lot = tx.select({ id: account_session.id }).from(account_session).where(due).limit(most);
  const gone = await tx
    .delete(account_session)
    .where(inArray(account_session.id, lot))
    .returning({ of: account_session.user_id });
  for (const [of, own] of groupBy(gone, (row) => row.of))
    await keepEnd(tx, of, { by: 'terminal', why: 'expired', n: own.length });
  return gone.length;
};
