import { bigint, boolean, doublePrecision, index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import type { LinkPost, WallInterrupt } from '@/data/model/cast';
import type { View } from '@/data/model/view';
import { instant } from '../db/columns';

/** A wall page that registered (大屏). Whoever holds the secret is the wall. */
export const wall = pgTable(
  'wall',
  {
    id: text('id').primaryKey(),
    secret_hash: text('secret_hash').notNull(),
    name: text('name').notNull(),
    division_code: text('division_code').notNull(),
    path: text('path').notNull(),
    width: integer('width').notNull(),
    height: integer('height').notNull(),
    /** XL · L · S · portrait */
    tier: text('tier').$type<'XL' | 'L' | 'S' | 'portrait'>().notNull(),
    /** Pairing code; null = none out, used up, or guessed at too often. */
    code: text('code').unique(),
    code_until: instant('code_until'),
    /** Wrong codes tried while this one was out. */
    n_misses: integer('n_misses').notNull().default(0),
    seen_at: instant('seen_at').notNull(),
  },
  (t) => [index('wall_seen').on(t.seen_at)],
);

/**
 * The lease of a wall (主控) and what it shows. One row a wall, changed only where `revision` is still the one that was
 * read: no two devices can both become the conductor of one term.
 */
export const wallLease = pgTable('wall_lease', {
  wall_id: text('wall_id').primaryKey(),
  revision: integer('revision').notNull().default(0),
  term: integer('term').notNull().default(0),
  conductor: jsonb('conductor').$type<LinkPost>(),
  heard_at: instant('heard_at'),
  asked: jsonb('asked').$type<LinkPost>(),
  asked_at: instant('asked_at'),
  /** 勿扰; false without a conductor. */
  is_quiet: boolean('is_quiet').notNull().default(false),
  /** The Ⅰ that interrupts the wall, how far it came, what is to become of it; null = none. */
  interrupt: jsonb('interrupt').$type<WallInterrupt>(),
  view: jsonb('view').$type<View>(),
  sequence: integer('sequence').notNull().default(0),
  cast_at: instant('cast_at'),
  shown_sequence: integer('shown_sequence').notNull().default(0),
  /** Ms from the server's acceptance of that cast to its drawing; null = none drawn yet. */
  shown_ms: doublePrecision('shown_ms'),
});

/** A device that joined a wall (观看者), in the post it had then. Whoever holds the secret is the device. */
export const wallDevice = pgTable(
  'wall_device',
  {
    id: text('id').primaryKey(),
    secret_hash: text('secret_hash').notNull(),
    wall_id: text('wall_id').notNull(),
    actor_id: text('actor_id').notNull(),
    seen_at: instant('seen_at').notNull(),
  },
  (t) => [index('wall_device_wall').on(t.wall_id)],
);

/** Codes tried, right or wrong, for the throttle; kept a few minutes. */
export const wallTry = pgTable(
  'wall_try',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    actor_id: text('actor_id').notNull(),
    at: instant('at').notNull().defaultNow(),
  },
  (t) => [index('wall_try_actor').on(t.actor_id, t.at)],
);

/** Ⅰ events somebody took notice of (确认): the post and the time; written once. */
export const wallAcknowledgement = pgTable('wall_acknowledgement', {
  event_id: text('event_id').primaryKey(),
  actor_id: text('actor_id').notNull(),
  role: text('role').notNull(),
  division_code: text('division_code').notNull(),
  place: text('place').notNull(),
  at: instant('at').notNull().defaultNow(),
});
