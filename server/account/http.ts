import { eq } from 'drizzle-orm';
import { z } from 'zod';
import type { HeldPost, OwnAccount, SignInWay } from '@/data/model/account';
import { refuse } from '@/data/model/intake';
import { Problem } from '@/data/model/problem';
import { type Connection, connection } from '../db/client';
import { listWords, readInstallation } from '../dictionary/store';
import { takeTurn } from '../intake/turn';
import { readJson } from '../trpc/body';
import { answer, parse } from '../trpc/plain';
import { type Auth, addressOf, authOf, hasSignOn, signOnProvider } from './auth';
import { beginAttempt, clearFailures, hashOf, lockedUntil, spendCode } from './failure';
import { checkPassword } from './password';
import { choosePost, endSessions, mustBeSignedIn, readSessions, type SignedIn, signedInOf } from './session';
import { account, account_factor, account_session, account_verification } from './table';
import { keepEnd, keepHappening, keepRefusal, stranger } from './trail';

type Call = { open: Connection; auth: Auth; headers: Headers; body: unknown };

/** What the library answered, with its cookies; its body holds tokens, so what a page may know is written anew. */
const passOn = (told: Response, body: unknown): Response => {
  const passed = Response.json(body, { headers: { 'cache-control': 'no-store' } });
  for (const cookie of told.headers.getSetCookie()) passed.headers.append('set-cookie', cookie);
  return passed;
};

const done = (body: unknown = {}): Response => Response.json(body, { headers: { 'cache-control': 'no-store' } });

/** Lets the library try a password under a name that wrong ones lock. */
const tried = async (
  { open }: Call,
  username: string,
  wrong: 'sign_in' | 'password_wrong',
  attempt: () => Promise<Response>,
): Promise<Response> => {
  const keep = async (why: 'password' | 'locked', isLocked: boolean) =>
    keepRefusal(open.db, { username, printed: await hashOf(username), why, isLocked });
  await beginAttempt(open, username).catch(async (error) => {
    await keep('locked', false);
    throw error;
  });
  const told = await attempt();
  if (told.ok) {
    await clearFailures(open.db, username);
    return told;
  }
  if (told.status >= 500) throw new Error(`The sign-in failed: ${told.status}.`);
  const isLocked = (await lockedUntil(open.db, username)) !== null;
  await keep('password', isLocked);
  if (isLocked) await beginAttempt(open, username);
  throw refuse(wrong, 'Wrong name or password.');
};

const Told = z.object({ twoFactorRedirect: z.boolean().optional() });

const endReplaced = (open: Connection, { accountId, sessionId }: SignedIn): Promise<number> =>
  endSessions(open.db, accountId, { id: sessionId, by: accountId, why: 'replaced' });

/** The line of a sign-in that has begun, before its cookie is given away. */
const keepBeginning = async ({ db }: Connection, told: Response, why: SignInWay): Promise<void> => {
  const cookie = told.headers.getSetCookie().find((each) => each.startsWith('gridhall.session_token='));
  const [token = ''] = decodeURIComponent(cookie?.split(/[=;]/)[1] ?? '').split('.');
  const [begun] = await db
    .select({ of: account_session.user_id })
    .from(account_session)
    .where(eq(account_session.token, token));
  if (!begun) throw new Error('A sign-in that began has a session.');
  await keepHappening(db, { action: 'session.begin', of: begun.of, by: begun.of, why });
};

const Credentials = z.object({ username: z.string().max(200), password: z.string().max(400) });

const signIn = async (call: Call): Promise<Response> => {
  const { auth, headers, open } = call;
  const body = parse(Credentials, call.body);
  await takeTurn(open, 'sign', headers.get('x-gridhall-address') ?? 'local');
  const before = await signedInOf(open, headers);
  const told = await tried(call, body.username, 'sign_in', () =>
    auth.api.signInUsername({ body: { ...body, rememberMe: true }, headers, asResponse: true }),
  );
  // A browser has one sign-in: the one before ends, so that none planted there lives on.
  if (before) await endReplaced(open, before);
  const { twoFactorRedirect: isFactorNext = false } = Told.parse(await told.json());
  if (!isFactorNext) await keepBeginning(open, told, 'password');
  return passOn(told, { isFactorNext });
};

const Code = z.object({ code: z.string().trim().min(1).max(20) });

/** Six digits are those of the app; everything else is a backup code. */
const withCode = ({ auth, headers }: Call, code: string): Promise<Response> =>
  /^\d{6}$/.test(code)
    ? auth.api.verifyTOTP({ body: { code }, headers, asResponse: true })
    : auth.api.verifyBackupCode({ body: { code }, headers, asResponse: true });

const tooMany = 429;

/** Whose second factor a browser was asked for; null = nobody's. */
const waitsFor = async ({ open, headers }: Call): Promise<string | null> => {
  const [, cookie = ''] = /(?:^|; )gridhall\.two_factor=([^;]*)/.exec(headers.get('cookie') ?? '') ?? [];
  const [identifier = ''] = decodeURIComponent(cookie).split('.');
  const [row] = await open.db
    .select({ of: account_verification.value })
    .from(account_verification)
    .where(eq(account_verification.identifier, identifier));
  return row?.of ?? null;
};

/** The line of a wrong code, and of the lock it led to. */
const keepWrongCode = async (call: Call, of: string | null, why: 'code' | 'locked'): Promise<void> => {
  if (of === null) return;
  await call.open.db.transaction(async (tx) => {
    await keepHappening(tx, { action: 'session.refuse', of, by: stranger, why });
    const [factor] = await tx
      .select({ until: account_factor.locked_until })
      .from(account_factor)
      .where(eq(account_factor.user_id, of));
    if (why === 'code' && factor?.until && factor.until > new Date())
      await keepHappening(tx, { action: 'session.lock', of, by: stranger, why });
  });
};

/** The second factor of a sign-in that waits for it. */
const giveFactor = async (call: Call): Promise<Response> => {
  const { code } = parse(Code, call.body);
  if (await signedInOf(call.open, call.headers)) throw new Problem('conflict', 'This browser is signed in already.');
  const of = await waitsFor(call);
  const told = await withCode(call, code);
  if (!told.ok) await keepWrongCode(call, of, told.status === tooMany ? 'locked' : 'code');
  if (told.status === tooMany) throw refuse('locked', 'Too many wrong codes in a row.', { minutes: 15 });
  if (!told.ok) throw refuse('code', 'Wrong code, or one that was used.');
  const { user, token } = z.object({ user: z.object({ id: z.string() }), token: z.string() }).parse(await told.json());
  if (!(await spendCode(call.open.db, user.id, code))) {
    await call.open.db.delete(account_session).where(eq(account_session.token, token));
    await keepWrongCode(call, user.id, 'code');
    throw refuse('code', 'This code was used.');
  }
  await keepBeginning(call.open, told, 'factor');
  return passOn(told, {});
};

const signOut = async ({ open, auth, headers }: Call): Promise<Response> => {
  const who = await signedInOf(open, headers);
  if (who) await endSessions(open.db, who.accountId, { id: who.sessionId, by: who.accountId, why: 'left' });
  return passOn(await auth.api.signOut({ headers, asResponse: true }), {});
};

const NewPassword = z.object({ current: z.string().max(400), next: z.string().max(400) });

/** A new password ends all other sign-ins and renews this one. */
const changePassword = async (call: Call): Promise<Response> => {
  const { open, auth, headers } = call;
  const { current, next } = parse(NewPassword, call.body);
  const who = await mustBeSignedIn(open, headers);
  checkPassword(next, who);
  if (current === next) throw refuse('password_guessable', 'The same password again.');
  const sessions = (await readSessions(open.db, { of: who.accountId, ownId: null })).get(who.accountId);
  const told = await tried(call, who.username, 'password_wrong', () =>
    auth.api.changePassword({
      body: { currentPassword: current, newPassword: next, revokeOtherSessions: true },
      ...{ headers, asResponse: true },
    }),
  );
  await open.db.transaction(async (tx) => {
    await tx.update(account).set({ must_change: false }).where(eq(account.id, who.accountId));
    await keepEnd(tx, who.accountId, { by: who.accountId, why: 'password', n: (sessions?.length ?? 1) - 1 });
  });
  return passOn(told, {});
};

const Password = z.object({ password: z.string().max(400) });

/** Begins a second factor: what an app scans, and ten backup codes, shown once. It counts from its first right code on. */
const beginFactor = async (call: Call): Promise<Response> => {
  const { open, auth, headers } = call;
  const { password } = parse(Password, call.body);
  const who = await mustBeSignedIn(open, headers);
  if (who.hasFactor) throw new Problem('conflict', 'There is a second factor already.');
  const told = await tried(call, who.username, 'password_wrong', () =>
    auth.api.enableTwoFactor({ body: { password, method: 'totp' }, headers, asResponse: true }),
  );
  const { totpURI, backupCodes } = z
    .object({ totpURI: z.string(), backupCodes: z.array(z.string()) })
    .parse(await told.json());
  return passOn(told, { uri: totpURI.replace(encodeURIComponent(addressOf(who.username)), who.username), backupCodes });
};

/** The first right code: the second factor holds, and the sign-in is renewed with it. */
const confirmFactor = async (call: Call): Promise<Response> => {
  const { code } = parse(Code, call.body);
  const who = await mustBeSignedIn(call.open, call.headers);
  if (who.hasFactor) throw new Problem('conflict', 'There is a second factor already.');
  const told = await call.auth.api.verifyTOTP({ body: { code }, headers: call.headers, asResponse: true });
  if (!told.ok) throw refuse('code', 'Wrong code.');
  await spendCode(call.open.db, who.accountId, code);
  return passOn(told, {});
};

/** New backup codes in place of all older ones. */
const renewCodes = async (call: Call): Promise<Response> => {
  const { password } = parse(Password, call.body);
  const { open, auth, headers } = call;
  const who = await mustBeSignedIn(open, headers);
  const told = await tried(call, who.username, 'password_wrong', () =>
    auth.api.generateBackupCodes({ body: { password }, headers, asResponse: true }),
  );
  const { backupCodes } = z.object({ backupCodes: z.array(z.string()) }).parse(await told.json());
  return passOn(told, { backupCodes });
};

const ById = z.object({ id: z.string().max(60) });

const takePost = async ({ open, headers, body }: Call): Promise<Response> => {
  await choosePost(open, await mustBeSignedIn(open, headers), parse(ById, body).id);
  return done();
};

const endOne = async ({ open, headers, body }: Call): Promise<Response> => {
  const who = await mustBeSignedIn(open, headers);
  await endSessions(open.db, who.accountId, { ...parse(ById, body), by: who.accountId, why: 'chosen' });
  return done();
};

const endOthers = async ({ open, headers }: Call): Promise<Response> => {
  const who = await mustBeSignedIn(open, headers);
  const which = { allBut: who.sessionId, by: who.accountId, why: 'chosen' } as const;
  return done({ n: await endSessions(open.db, who.accountId, which) });
};

/** Sends a browser to the provider of the single sign-on. */
const signOn = async ({ auth, headers }: Call): Promise<Response> => {
  if (!hasSignOn()) throw new Problem('not_found', 'No single sign-on is set up.');
  const told = await auth.api.signInSocial({
    body: { provider: signOnProvider, callbackURL: '/sign-in', errorCallbackURL: '/sign-in?refused' },
    ...{ headers, asResponse: true },
  });
  if (!told.ok) throw new Problem('unavailable', 'The provider of the single sign-on does not answer.');
  const { url } = z.object({ url: z.string() }).parse(await told.json());
  return passOn(told, { url });
};

/** Posts in words: role and division, of a handler role and department. */
const inWords = async ({ db }: Connection, posts: readonly HeldPost[]): Promise<OwnAccount['posts']> => {
  const words = await listWords(db);
  const wordOf = (list: string, code: string) => words.find((word) => word.list === list && word.code === code);
  return posts.map((post) => {
    const [role, own] = [wordOf('role', post.role), wordOf('department', post.department ?? '')];
    return {
      ...post,
      zh: [role?.zh ?? post.role, own?.zh ?? post.name].join(' · '),
      en: [role?.en ?? post.role, own?.en ?? post.nameEn].join(' · '),
    };
  });
};

const own = async ({ open, headers }: Call): Promise<Response> => {
  const who = await signedInOf(open, headers);
  const { timeZone } = await readInstallation(open.db);
  const mine: OwnAccount | null = who && {
    ...{ username: who.username, name: who.name, hasFactor: who.hasFactor, lack: who.lack },
    posts: await inWords(open, who.posts),
    post: who.post?.id ?? null,
    sessions: (await readSessions(open.db, { of: who.accountId, ownId: who.sessionId })).get(who.accountId) ?? [],
  };
  return done({ account: mine, timeZone, hasSignOn: hasSignOn() });
};

const acts: Record<string, (call: Call) => Promise<Response>> = {
  'POST sign-in': signIn,
  'POST factor': giveFactor,
  'POST sign-out': signOut,
  'POST sign-on': signOn,
  'POST password': changePassword,
  'POST factor/begin': beginFactor,
  'POST factor/confirm': confirmFactor,
  'POST factor/codes': renewCodes,
  'POST post': takePost,
  'POST session/end': endOne,
  'POST session/end-others': endOthers,
  'GET own': own,
};

const longestBody = 16 * 1024;

/** Way back from the provider of the single sign-on: the one path the library answers itself. */
const back = `GET callback/${signOnProvider}`;

/** Lets the library answer; a browser that is signed in anew ends what it was signed in by before. */
const comeBack = async (open: Connection, auth: Auth, request: Request): Promise<Response> => {
  const before = await signedInOf(open, request.headers);
  const told = await auth.handler(request);
  const isIn = told.headers.getSetCookie().some((cookie) => /^gridhall\.session_token=[^;]/.test(cookie));
  if (before && isIn) await endReplaced(open, before);
  if (isIn) await keepBeginning(open, told, 'sign_on');
  return told;
};

/** Routes of one's own account under `/api/account/`: JSON in, JSON out; refusals say why in `reason`, `zh` and `en`. */
export const handleAccount = (request: Request, path: readonly string[]): Promise<Response> =>
  answer(async () => {
    const key = `${request.method} ${path.join('/')}`;
    const open = connection();
    const auth = await authOf(open);
    if (key === back && hasSignOn()) return comeBack(open, auth, request);
    const act = Object.hasOwn(acts, key) ? acts[key] : undefined;
    if (!act) throw new Problem('not_found', `Nothing answers ${key}.`);
    const body = request.method === 'GET' ? null : await readJson(request, longestBody);
    return act({ open, auth, headers: request.headers, body });
  });
