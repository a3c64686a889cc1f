import { randomBytes } from 'node:crypto';
import { betterAuth } from 'better-auth';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { genericOAuth, twoFactor, username } from 'better-auth/plugins';
import { sql } from 'drizzle-orm';
import { Username } from '@/data/model/account';
import type { Connection } from '../db/client';
import { type Env, readEnv } from '../env';
import { readOwnKey } from '../file/own-key';
import * as table from './table';
import { keepEnd } from './trail';

/** A sign-in lasts half a day, then it is done again. */
const sessionSeconds = 12 * 3_600;
/** Wrong codes of the second factor in a row, and how long they lock it. */
const factorLock = { maxFailedAttempts: 5, durationSeconds: 15 * 60 };

/** The one provider of the single sign-on. */
export const signOnProvider = 'sso';
const base = '/api/account';

/** Key of this installation that signs cookies and seals second factors: `account.key` under GRIDHALL_HOME. */
export const accountKey = async (): Promise<string> =>
  (await readOwnKey('account.key', () => Buffer.from(randomBytes(48).toString('base64url')))).toString();

/** The address a user name stands under in the library, which wants one; nothing is ever sent there. */
export const addressOf = (name: string): string => `${name}@gridhall.invalid`;

const signOnOf = (env: Env) => {
  const { GRIDHALL_OIDC_ISSUER: issuer, GRIDHALL_OIDC_CLIENT: clientId, GRIDHALL_OIDC_SECRET: clientSecret } = env;
  if (!issuer || !clientId || !env.GRIDHALL_URL) return [];
  const provider = {
    ...{ providerId: signOnProvider, clientId, clientSecret, scopes: ['openid', 'profile'] },
    discoveryUrl: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
    ...{ requireIdTokenVerification: true, disableSignUp: true },
    mapProfileToUser: (profile: Record<string, unknown>) => {
      const name = Username.safeParse(profile[env.GRIDHALL_OIDC_CLAIM]);
      return { email: name.success ? addressOf(name.data) : undefined, emailVerified: name.success };
    },
  };
  return [genericOAuth({ config: [provider] })];
};

/** Whether a single sign-on is set up. */
export const hasSignOn = (): boolean => signOnOf(readEnv()).length > 0;

type Begun = { path?: string; context?: { session?: { session?: Record<string, unknown> } | null } } | null;

const wayOf = (begun: Begun): string => {
  const path = begun?.path ?? '';
  if (path.startsWith('/two-factor/')) return 'factor';
  if (path.startsWith('/callback')) return 'sign_on';
  // A new password renews the session it was changed in.
  const before = begun?.context?.session?.session?.way;
  return path === '/change-password' && typeof before === 'string' ? before : 'password';
};

const make = ({ db }: Connection, secret: string) => {
  const env = readEnv();
  const life = { createdAt: 'created_at', updatedAt: 'updated_at' };
  return betterAuth({
    ...{ appName: 'Gridhall', basePath: base, secret, baseURL: env.GRIDHALL_URL ?? `http://localhost:${env.PORT}` },
    database: drizzleAdapter(db, { provider: 'pg', schema: table, transaction: true }),
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    logger: { disabled: true },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 12, maxPasswordLength: 128 },
    user: {
      modelName: 'account',
      fields: { ...life, emailVerified: 'email_verified' },
      additionalFields: {
        mustChange: { type: 'boolean', fieldName: 'must_change', required: false, input: false, defaultValue: true },
      },
    },
    session: {
      modelName: 'account_session',
      fields: { ...life, expiresAt: 'expires_at', ipAddress: 'ip_address', userAgent: 'user_agent', userId: 'user_id' },
      additionalFields: {
        postId: { type: 'string', fieldName: 'post_id', required: false, input: false },
        way: { type: 'string', required: false, input: false, defaultValue: 'password' },
      },
      ...{ expiresIn: sessionSeconds, disableSessionRefresh: true, freshAge: 0 },
    },
    account: {
      modelName: 'account_credential',
      fields: {
        ...life,
        ...{ userId: 'user_id', providerId: 'provider_id', accountId: 'account_id', idToken: 'id_token' },
        ...{ accessToken: 'access_token', refreshToken: 'refresh_token' },
        ...{ accessTokenExpiresAt: 'access_token_expires_at', refreshTokenExpiresAt: 'refresh_token_expires_at' },
      },
      accountLinking: { enabled: true, trustedProviders: [signOnProvider] },
      encryptOAuthTokens: true,
    },
    verification: { modelName: 'account_verification', fields: { ...life, expiresAt: 'expires_at' } },
    databaseHooks: {
      session: {
        create: {
          before: async (session, begun) => {
            const [held] = await db.execute<{ id: string }>(sql`
              select min(id::text) as id from account_post
              where account_id = ${session.userId} and valid_to is null having min(id::text) = max(id::text)`);
            const before = (begun as Begun)?.context?.session?.session;
            const isRenewed = before && before.userId === session.userId;
            const postId = isRenewed && before.postId ? before.postId : (held?.id ?? null);
            return { data: { ...session, way: wayOf(begun as Begun), postId } };
          },
          // With a second factor the first alone is no sign-in yet.
          after: async (session, begun) => {
            if (begun?.path === '/change-password') return;
            await db.execute(sql`
              update account set last_sign_in_at = now()
              where id = ${session.userId} and (${wayOf(begun as Begun)} <> 'password' or not two_factor_enabled)`);
          },
        },
        delete: {
          // The library takes away by itself what a browser brings too late.
          after: async ({ userId, expiresAt }) => {
            if (expiresAt <= new Date()) await keepEnd(db, userId, { by: userId, why: 'expired', n: 1 });
          },
        },
      },
    },
    advanced: {
      cookiePrefix: 'gridhall',
      // server/web/origin.ts looks at every route, these too.
      disableCSRFCheck: true,
      useSecureCookies: false,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', secure: env.GRIDHALL_URL?.startsWith('https:') },
      ipAddress: { ipAddressHeaders: ['x-gridhall-address'], ipv6Subnet: 128 },
    },
    plugins: [
      username({ displayUsername: false, usernameValidator: (name: string) => Username.safeParse(name).success }),
      twoFactor({
        issuer: 'Gridhall',
        accountLockout: factorLock,
        schema: {
          user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
          twoFactor: {
            modelName: 'account_factor',
            fields: {
              ...{ backupCodes: 'backup_codes', userId: 'user_id', lockedUntil: 'locked_until' },
              failedVerificationCount: 'failed_verification_count',
            },
          },
        },
      }),
      ...signOnOf(env),
    ],
  });
};

export type Auth = ReturnType<typeof make>;

const made = new WeakMap<Connection, Promise<Auth>>();

/** The library on a pool; made once. */
export const authOf = (connection: Connection): Promise<Auth> => {
  const known = made.get(connection) ?? accountKey().then((secret) => make(connection, secret));
  made.set(connection, known);
  return known;
};

/** Prefix of the cookies of a sign-in. */
export const isSignInCookie = (name: string): boolean => name.startsWith('gridhall.');
