import { sql } from 'drizzle-orm';
import { type EventStatus, eventStatuses } from '@/data/model/event';
import type { Scope } from '@/data/model/scope';
import type { Connection } from '../db/client';
import { listOrder, mostListed, readBoard, type Task } from './board';
import { territoryCondition, territoryTest } from './filter';
import { type ImageRecord, selectImages, toEventRow } from './image';
import { movesOf } from './rules';

/** Statuses a grid worker or handler acts in; acceptance and checking are the desk's. */
const worked: EventStatus[] = ['S31', 'S40', 'S60', 'S43'];

/** Cases of the caller's territory in these statuses; `department` = its alone. */
const readTasks = async (
  connection: Connection,
  scope: Scope,
  { statuses, department }: { statuses: readonly EventStatus[]; department: string | null },
): Promise<readonly Task[]> => {
  const { db } = connection;
  const read = async (): Promise<ImageRecord[]> => {
    const listed = sql.join(
      statuses.map((status) => sql`${status}`),
      sql`, `,
    );
    const where = sql`e.status in (${listed}) and ${await territoryCondition(db, scope, null)}
      ${department === null ? sql`` : sql`and e.department_code = ${department}`}`;
    return selectImages(db, { where, order: listOrder, limit: mostListed, hasWall: false });
  };
  const tell = (record: ImageRecord): Task => ({ ...toEventRow(record), moves: movesOf(scope, record.status) });
  const isHere = await territoryTest(db, scope);
  if (!isHere) return (await read()).map(tell);
  const holds = (record: ImageRecord): boolean =>
    statuses.includes(record.status) &&
    isHere(record) &&
    (department === null || record.department_code === department);
  const { path, role, screen } = scope;
  return readBoard(connection, { key: JSON.stringify([path, role, screen, department]), path, holds, read, tell });
};

/** Open cases that wait for the caller's next move (我的任务), the gravest and soonest due first; `department` = its alone. */
export const myTasks = async (
  connection: Connection,
  scope: Scope,
  department: string | null,
): Promise<{ tasks: readonly Task[]; asOf: string }> => {
  const statuses = eventStatuses.filter((status) => worked.includes(status) && movesOf(scope, status).length > 0);
  const asOf = new Date().toISOString();
  if (statuses.length === 0) return { tasks: [], asOf };
  return { tasks: await readTasks(connection, scope, { statuses, department }), asOf };
};
