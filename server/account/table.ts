import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { instant } from '../db/columns';

const life = { created_at: instant('created_at').notNull(), updated_at: instant('updated_at').notNull() };

/** A person who may sign in (账号): the library's `user`. What he may do is said by his posts alone. */
export const account = pgTable('account', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  /** Made of the user name, as the library wants one; nothing is ever sent there. */
  email: text('email').notNull().unique(),
  email_verified: boolean('email_verified').notNull(),
  image: text('image'),
  username: text('username').notNull().unique(),
  two_factor_enabled: boolean('two_factor_enabled').notNull().default(false),
  /** The password is one-time and has to be changed first. */
  must_change: boolean('must_change').notNull().default(true),
  last_sign_in_at: instant('last_sign_in_at'),
  ...life,
});

const owner = () =>
  text('user_id')
    .notNull()
    .references(() => account.id, { onDelete: 'cascade' });

/** A sign-in that lasts (会话). `updated_at`: last seen, to the minute. */
export const account_session = pgTable(
  'account_session',
  {
    id: text('id').primaryKey(),
    token: text('token').notNull().unique(),
    user_id: owner(),
    expires_at: instant('expires_at').notNull(),
    ip_address: text('ip_address'),
    user_agent: text('user_agent'),
    /** Post it acts in: the only one held as it began, or the one chosen; null = none yet. */
    post_id: uuid('post_id'),
    /** What it began with: `password`, `factor` (both factors), `sign_on`. */
    way: text('way').notNull().default('password'),
    ...life,
  },
  (t) => [index('account_session_owner').on(t.user_id)],
);

/** What somebody signs in with: the hash of a password (`credential`), or a subject of the single sign-on. */
export const account_credential = pgTable(
  'account_credential',
  {
    id: text('id').primaryKey(),
    user_id: owner(),
    provider_id: text('provider_id').notNull(),
    account_id: text('account_id').notNull(),
    password: text('password'),
    access_token: text('access_token'),
    refresh_token: text('refresh_token'),
    id_token: text('id_token'),
    access_token_expires_at: instant('access_token_expires_at'),
    refresh_token_expires_at: instant('refresh_token_expires_at'),
    scope: text('scope'),
    ...life,
  },
  (t) => [uniqueIndex('account_credential_subject').on(t.provider_id, t.account_id), index().on(t.user_id)],
);

/** What the library waits for: a second factor, the way back from the single sign-on. */
export const account_verification = pgTable(
  'account_verification',
  {
    id: text('id').primaryKey(),
    identifier: text('identifier').notNull(),
    value: text('value').notNull(),
    expires_at: instant('expires_at').notNull(),
    ...life,
  },
  (t) => [index().on(t.identifier)],
);

/** Second factor (双因子): secret and backup codes, sealed with the key of the installation. */
export const account_factor = pgTable('account_factor', {
  id: text('id').primaryKey(),
  user_id: owner().unique(),
  secret: text('secret').notNull(),
  backup_codes: text('backup_codes').notNull(),
  verified: boolean('verified').notNull().default(false),
  failed_verification_count: integer('failed_verification_count').notNull().default(0),
  locked_until: instant('locked_until'),
  /** Keyed hash of the last code that was right: it is not taken twice. */
  spent: text('spent'),
});

/**
 * A post of an account (岗位授予): granted, and perhaps withdrawn. A trigger lets a row change once, by its end. Of the
 * three posts of administrators an account holds one.
 */
export const account_post = pgTable(
  'account_post',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    account_id: text('account_id')
      .notNull()
      .references(() => account.id),
    role: text('role').notNull(),
    division_code: text('division_code').notNull(),
    /** Of a handler's post: whom he acts for, list `department`. */
    department_code: text('department_code'),
    valid_from: instant('valid_from').notNull(),
    /** Null = held. */
    valid_to: instant('valid_to'),
    /** Who granted and who withdrew: an account, `role:division` in a demo, or `terminal`. */
    granted_by: text('granted_by').notNull(),
    withdrawn_by: text('withdrawn_by'),
  },
  (t) => [
    uniqueIndex('account_post_held').on(t.account_id, t.role, t.division_code).where(sql`valid_to is null`),
    uniqueIndex('account_post_split').on(t.account_id).where(sql`valid_to is null and role in ('R8', 'R9', 'R10')`),
    check('account_post_not_own', sql`granted_by <> account_id`),
  ],
);

/** Wrong passwords in a row under a name, whether anybody has it or not. The name stands as a keyed hash. */
export const account_failure = pgTable(
  'account_failure',
  {
    name_hash: text('name_hash').primaryKey(),
    n: integer('n').notNull(),
    at: instant('at').notNull(),
    locked_until: instant('locked_until'),
  },
  (t) => [index('account_failure_at').on(t.at)],
);
