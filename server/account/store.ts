import { randomUUID } from 'node:crypto';
import { and, asc, eq, gt, isNull } from 'drizzle-orm';
import type { AccountRow, Grant, GrantedPost, OneTime } from '@/data/model/account';
import { isAdmin } from '@/data/model/account';
import type { AuditAction } from '@/data/model/audit';
import { groupBy } from '@/data/model/group';
import { refuse } from '@/data/model/intake';
import { Problem } from '@/data/model/problem';
import type { Role, Scope } from '@/data/model/scope';
import { badgeOf } from '../access/rules';
import { allPosts, systemScope } from '../access/store';
import { keepLook } from '../audit/store';
import type { Connection, Executor } from '../db/client';
import { clockNow } from '../db/clock';
import { checkWord } from '../dictionary/store';
import { addressOf, authOf } from './auth';
import { clearFailures, readLocks } from './failure';
import { oneTimePassword } from './password';
import { endSessions, readSessions } from './session';
import { account, account_credential, account_factor, account_post } from './table';

/** Scope of what is done in a terminal on the server: whoever works there keeps the system. */
export const terminalScope = async (connection: Connection): Promise<Scope> => ({
  ...(await systemScope(connection)),
  ...{ role: 'R9', actorId: 'terminal' },
});

/** The line of an act, in its transaction: which account, and which post it was about. */
const keepAct = async (tx: Executor, scope: Scope, action: AuditAction, id: string, post = ''): Promise<Date> => {
  const at = await clockNow(tx);
  await keepLook(tx, scope, at, { action, subject: id, purpose: post, nRows: 1 });
  return at;
};

/** The account an act is about, held until the act is done. `own_account` for one's own, `not_found` for none. */
const lockAccount = async (tx: Executor, scope: Scope, id: string) => {
  if (id === scope.actorId) throw refuse('own_account', 'Nobody does this to his own account.');
  const [row] = await tx.select().from(account).where(eq(account.id, id)).for('update');
  if (!row) throw new Problem('not_found', `No account ${id}.`);
  return row;
};

const grantOf = (row: typeof account_post.$inferSelect): Grant => ({
  ...{ id: row.id, role: row.role as Role, division: row.division_code, department: row.department_code },
  from: row.valid_from.toISOString(),
  ...{ to: row.valid_to?.toISOString() ?? null, grantedBy: row.granted_by, withdrawnBy: row.withdrawn_by },
});

/** All accounts by user name, with every grant there was; sign-ins for the security administrator alone. */
export const listAccounts = async ({ db }: Connection, scope: Scope): Promise<AccountRow[]> => {
  const rows = await db.select().from(account).orderBy(asc(account.username));
  const grants = await db.select().from(account_post).orderBy(asc(account_post.valid_from), asc(account_post.id));
  const factors = await db
    .select()
    .from(account_factor)
    .where(gt(account_factor.locked_until, await clockNow(db)));
  const names = rows.map(({ username }) => username);
  const locks = new Map([
    ...(await readLocks(db, names)),
    ...factors.map((factor) => [factor.user_id, factor.locked_until] as const),
  ]);
  const granted = groupBy(grants, (grant) => grant.account_id);
  const sessions = scope.role === 'R10' ? await readSessions(db, { of: null, ownId: null }) : null;
  return rows.map(({ id, username, name, two_factor_enabled, must_change, last_sign_in_at }) => ({
    ...{ id, username, name, hasFactor: two_factor_enabled, mustChange: must_change },
    lockedUntil: (locks.get(id) ?? locks.get(username))?.toISOString() ?? null,
    lastSignInAt: last_sign_in_at?.toISOString() ?? null,
    grants: (granted.get(id) ?? []).map(grantOf),
    sessions: sessions && (sessions.get(id) ?? []),
  }));
};

/**
 * Makes an account with a one-time password, told here and kept nowhere; it gives no post. Its id is `@` and the user name,
 * which never change: what somebody did is told by it. `username` when the name is taken.
 */
export const createAccount = async (
  connection: Connection,
  scope: Scope,
  { username, name }: { username: string; name: string },
): Promise<OneTime> => {
  const { password: hasher } = await (await authOf(connection)).$context;
  const [id, password] = [`@${username}`, oneTimePassword()];
  const hash = await hasher.hash(password);
  await connection.db.transaction(async (tx) => {
    const at = await keepAct(tx, scope, 'account.create', id);
    const life = { created_at: at, updated_at: at };
    const made = await tx
      .insert(account)
      .values({ id, username, name, email: addressOf(username), email_verified: true, ...life })
      .onConflictDoNothing()
      .returning({ id: account.id });
    if (made.length === 0) throw refuse('username', 'The user name is taken.');
    const key = { id: randomUUID(), user_id: id, account_id: id, provider_id: 'credential' };
    await tx.insert(account_credential).values({ ...key, password: hash, ...life });
  });
  return { id, password };
};

/** A new one-time password for somebody who lost his; ends all his sign-ins. His second factor stays. */
export const renewPassword = async (connection: Connection, scope: Scope, id: string): Promise<OneTime> => {
  const { password: hasher } = await (await authOf(connection)).$context;
  const password = oneTimePassword();
  const hash = await hasher.hash(password);
  await connection.db.transaction(async (tx) => {
    await lockAccount(tx, scope, id);
    const at = await keepAct(tx, scope, 'account.password', id);
    await tx
      .update(account_credential)
      .set({ password: hash, updated_at: at })
      .where(and(eq(account_credential.user_id, id), eq(account_credential.provider_id, 'credential')));
    await tx.update(account).set({ must_change: true, updated_at: at }).where(eq(account.id, id));
    await endSessions(tx, id, { allBut: null, by: scope.actorId, why: 'administrator' });
  });
  return { id, password };
};

/** Takes a lost second factor off an account and ends its sign-ins; the password stays. */
export const dropFactor = (connection: Connection, scope: Scope, id: string): Promise<void> =>
  connection.db.transaction(async (tx) => {
    await lockAccount(tx, scope, id);
    const at = await keepAct(tx, scope, 'account.factor', id);
    await tx.delete(account_factor).where(eq(account_factor.user_id, id));
    await tx.update(account).set({ two_factor_enabled: false, updated_at: at }).where(eq(account.id, id));
    await endSessions(tx, id, { allBut: null, by: scope.actorId, why: 'administrator' });
  });

/** Unlocks an account after wrong passwords or codes. */
export const unlock = (connection: Connection, scope: Scope, id: string): Promise<void> =>
  connection.db.transaction(async (tx) => {
    const { username } = await lockAccount(tx, scope, id);
    await keepAct(tx, scope, 'account.unlock', id);
    await clearFailures(tx, username);
    await tx
      .update(account_factor)
      .set({ failed_verification_count: 0, locked_until: null })
      .where(eq(account_factor.user_id, id));
  });

/** Ends all sign-ins of an account. */
export const signOutEverywhere = (connection: Connection, scope: Scope, id: string): Promise<void> =>
  connection.db.transaction(async (tx) => {
    await lockAccount(tx, scope, id);
    await keepAct(tx, scope, 'account.signOut', id);
    await endSessions(tx, id, { allBut: null, by: scope.actorId, why: 'administrator' });
  });

/** Department of the post of a handler, who acts for one; null for any other role. */
const departmentFor = async (tx: Executor, { role, department }: GrantedPost): Promise<string | null> => {
  if (role !== 'R6') return null;
  if (department === null) throw refuse('post_department', 'A handler acts for a department.');
  await checkWord(tx, 'department', department);
  return department;
};

/**
 * Grants a post that exists, from now on. `post_held`, `admin_split` for a second post of an administrator, or
 * `post_department` for a handler of none.
 */
export const grantPost = async (connection: Connection, scope: Scope, id: string, post: GrantedPost): Promise<void> => {
  const posts = await allPosts(connection, scope.path);
  if (!posts.some(({ role, division }) => role === post.role && division === post.division))
    throw refuse('post_unknown', `No post ${badgeOf(post)}.`);
  await connection.db.transaction(async (tx) => {
    await lockAccount(tx, scope, id);
    const held = await tx
      .select()
      .from(account_post)
      .where(and(eq(account_post.account_id, id), isNull(account_post.valid_to)));
    if (held.some(({ role, division_code }) => role === post.role && division_code === post.division))
      throw refuse('post_held', `${badgeOf(post)} is held already.`);
    if (isAdmin(post.role) && held.some(({ role }) => isAdmin(role as Role)))
      throw refuse('admin_split', 'The account holds another post of an administrator.');
    const department = await departmentFor(tx, post);
    const at = await keepAct(tx, scope, 'account.grant', id, [badgeOf(post), department ?? ''].join(' ').trim());
    await tx.insert(account_post).values({
      ...{ account_id: id, role: post.role, division_code: post.division, department_code: department },
      ...{ valid_from: at, granted_by: scope.actorId },
    });
  });
};

/** Withdraws a grant; sign-ins that act in it have no post from this moment on. */
export const withdrawPost = (connection: Connection, scope: Scope, grantId: string): Promise<void> =>
  connection.db.transaction(async (tx) => {
    const [known] = await tx.select().from(account_post).where(eq(account_post.id, grantId));
    if (!known) throw new Problem('not_found', `No grant ${grantId}.`);
    await lockAccount(tx, scope, known.account_id);
    const at = await clockNow(tx);
    const [ended] = await tx
      .update(account_post)
      .set({ valid_to: at, withdrawn_by: scope.actorId })
      .where(and(eq(account_post.id, grantId), isNull(account_post.valid_to)))
      .returning();
    if (!ended) throw new Problem('conflict', 'The grant is withdrawn already.');
    const post = badgeOf({ role: ended.role as Role, division: ended.division_code });
    await keepAct(tx, scope, 'account.withdraw', ended.account_id, post);
  });
