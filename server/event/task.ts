import { type SQL, sql } from 'drizzle-orm';
import type { EventRow, EventStatus } from '@/data/model/event';
import { eventStatuses } from '@/data/model/event';
import type { Scope } from '@/data/model/scope';
import type { Connection } from '../db/client';
import { isOpen, territoryCondition } from './filter';
import { rowFor, selectImages } from './image';
import { movesOf } from './rules';

/** A case that waits for this caller, and what he may do with it. */
export type Task = EventRow & { moves: EventStatus[] };

const most = 100;

/** Statuses a grid worker or handler acts in; acceptance and checking are the desk's. */
const worked: EventStatus[] = ['S31', 'S40', 'S60', 'S43'];

/** Open cases that wait for the caller's next move (我的任务), the gravest and soonest due first; `department` = its alone. */
export const myTasks = async (
  { db }: Connection,
  scope: Scope,
  department: string | null,
): Promise<{ tasks: Task[]; asOf: string }> => {
  const mine = eventStatuses.filter((status) => worked.includes(status) && movesOf(scope, status).length > 0);
  const statuses: SQL[] = mine.map((status) => sql`${status}`);
  const asOf = new Date().toISOString();
  if (statuses.length === 0) return { tasks: [], asOf };
  const where = sql`${isOpen} and e.status in (${sql.join(statuses, sql`, `)})
    and ${await territoryCondition(db, scope, null)}
    ${department === null ? sql`` : sql`and e.department_code = ${department}`}`;
  const order = sql`e.level, e.handle_due_at nulls last, e.reported_at desc, e.id`;
  const records = await selectImages(db, { where, order, limit: most, hasWall: false });
  return { tasks: records.map(rowFor(scope)).map((row) => ({ ...row, moves: movesOf(scope, row.status) })), asOf };
};
