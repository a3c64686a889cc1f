import { isNull } from 'drizzle-orm';
import { index, integer, pgTable, primaryKey, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { TurnStep } from '@/data/model/volunteer';
import { bytes, instant } from '../db/columns';

const ground = { subdistrict_code: text('subdistrict_code'), community_code: text('community_code') };

/** A team of volunteers (志愿服务队) of a division, by the service it mainly gives. */
export const volunteer_team = pgTable('volunteer_team', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  name_en: text('name_en').notNull(),
  division_code: text('division_code').notNull(),
  path: text('path').notNull(),
  ...ground,
  /** List `volunteer-service`. */
  service_code: text('service_code').notNull(),
});

/** Somebody on the register (志愿者): a name, a team, since when; nothing else is kept of a person. */
export const volunteer = pgTable(
  'volunteer',
  {
    id: text('id').primaryKey(),
    team_id: text('team_id').notNull(),
    /** The name, sealed (`server/person/cipher.ts`). */
    sealed: bytes('sealed').notNull(),
    ...ground,
    joined_at: instant('joined_at').notNull(),
    left_at: instant('left_at'),
    version: integer('version').notNull().default(1),
  },
  (t) => [index('volunteer_of_team').on(t.team_id)],
);

/**
 * A pass (志愿者证): whoever shows its secret is the volunteer. Its SHA-256 alone is kept; one at a time holds, until it is
 * ended, replaced, or the volunteer leaves.
 */
export const volunteer_pass = pgTable(
  'volunteer_pass',
  {
    hash: text('hash').primaryKey(),
    volunteer_id: text('volunteer_id').notNull(),
    issued_at: instant('issued_at').notNull(),
    /** `role:division` that issued it. */
    issued_by: text('issued_by').notNull(),
    ended_at: instant('ended_at'),
    ended_by: text('ended_by'),
  },
  (t) => [uniqueIndex('volunteer_pass_holds').on(t.volunteer_id).where(isNull(t.ended_at))],
);

/** A call for volunteers (志愿召集). */
export const volunteer_call = pgTable(
  'volunteer_call',
  {
    id: uuid('id').primaryKey(),
    division_code: text('division_code').notNull(),
    path: text('path').notNull(),
    ...ground,
    service_code: text('service_code').notNull(),
    title: text('title').notNull(),
    address: text('address').notNull().default(''),
    starts_at: instant('starts_at').notNull(),
    ends_at: instant('ends_at').notNull(),
    n_wanted: integer('n_wanted').notNull(),
    issued_at: instant('issued_at').notNull(),
    actor_id: text('actor_id').notNull(),
    actor_role: text('actor_role').notNull(),
    cancelled_at: instant('cancelled_at'),
  },
  (t) => [index('volunteer_call_starts').on(t.starts_at)],
);

/** A volunteer at a call (志愿服务记录), placed where the service is given. */
export const volunteer_turn = pgTable(
  'volunteer_turn',
  {
    /** `<call>-<volunteer>` */
    id: text('id').primaryKey(),
    version: integer('version').notNull().default(1),
    call_id: uuid('call_id').notNull(),
    volunteer_id: text('volunteer_id').notNull(),
    ...ground,
    service_code: text('service_code').notNull(),
    signed_up_at: instant('signed_up_at').notNull(),
    withdrawn_at: instant('withdrawn_at'),
    came_at: instant('came_at'),
    went_at: instant('went_at'),
    /** `role:division` that recorded the last step, or `volunteer` himself. */
    actor_id: text('actor_id').notNull(),
  },
  (t) => [unique('volunteer_turn_once').on(t.call_id, t.volunteer_id), index('volunteer_turn_of').on(t.volunteer_id)],
);

/** Steps of a turn as they were recorded, by whom; only added to. Turns of before it was kept have none. */
export const volunteer_step = pgTable(
  'volunteer_step',
  {
    turn_id: text('turn_id').notNull(),
    /** Version of the turn it made. */
    version: integer('version').notNull(),
    step: text('step').$type<TurnStep>().notNull(),
    at: instant('at').notNull(),
    /** `role:division` that recorded it, or `volunteer` himself. */
    actor_id: text('actor_id').notNull(),
    note: text('note').notNull().default(''),
  },
  (t) => [primaryKey({ columns: [t.turn_id, t.version] })],
);
