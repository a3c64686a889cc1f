import { index, jsonb, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core';
import type { Decision, RouteInputs, RouteMode } from '@/data/model/dispatch';
import { instant } from '../db/columns';

/**
 * Every decision about whom an event goes to (分拨记录), append-only: what it was made from, what the machine said, whom it
 * went to. `seq` counts from 1 within the event; the first is the machine's at the report.
 */
export const dispatch_route = pgTable(
  'dispatch_route',
  {
    event_id: text('event_id').notNull(),
    seq: smallint('seq').notNull(),
    at: instant('at').notNull(),
    recorded_at: instant('recorded_at').notNull().defaultNow(),
    /** `system`, or the person who decided. */
    actor_id: text('actor_id').notNull(),
    actor_role: text('actor_role').notNull(),
    mode: text('mode').$type<RouteMode>().notNull(),
    /** Policy that decided (data/model/dispatch-rule.ts). */
    policy: text('policy').notNull(),
    /** Null = a person sent it by hand, without asking. */
    inputs: jsonb('inputs').$type<RouteInputs>(),
    /** What the machine said; null with the inputs. */
    decision: jsonb('decision').$type<Decision>(),
    /** Whom it went to; both null while it is left to a person. A worker of null = the department's duty desk. */
    department_code: text('department_code'),
    worker_id: text('worker_id'),
    note: text('note').notNull().default(''),
  },
  (t) => [primaryKey({ columns: [t.event_id, t.seq] }), index('dispatch_route_at').on(t.at)],
);
