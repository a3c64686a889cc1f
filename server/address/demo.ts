import { and, eq, isNotNull, lte, sql } from 'drizzle-orm';
import type { Connection } from '../db/client';
import { readInstallation } from '../dictionary/store';
import { putJobs } from '../job/store';
import { runDueJobs } from '../job/worker';
import { judgePositions } from './hand-in';
import { addressJobs, jobOf } from './run';
import { address_batch, address_record } from './table';

const checkPositions = async (connection: Connection, id: string): Promise<void> => {
  const { db } = connection;
  const { address, lng, lat } = address_record;
  const rows = await db
    .select({ address, lng, lat })
    .from(address_record)
    .where(and(eq(address_record.batch_id, id), isNotNull(lng)));
  const placed = rows.map((row) => ({
    address: row.address,
    position: [row.lng ?? 0, row.lat ?? 0] as [number, number],
  }));
  await db
    .update(address_batch)
    .set({ crs_check: await judgePositions(connection, placed) })
    .where(eq(address_batch.id, id));
};

/** Matches the demo's lists as of its end, by the same job and rules as any other list; those done already are left. */
export const matchDemo = async (connection: Connection): Promise<void> => {
  const { demo, seededAt } = await readInstallation(connection.db);
  if (demo === null) return;
  const end = new Date(seededAt);
  const { id, crs, at } = address_batch;
  const lists = await connection.db
    .select({ id, crs })
    .from(address_batch)
    .where(
      and(lte(at, end), sql`not exists (select from address_chunk c where c.batch_id = ${id} and c.state = 'last')`),
    )
    .orderBy(id);
  for (const list of lists) if (list.crs) await checkPositions(connection, list.id);
  await putJobs(
    connection.db,
    lists.map((list) => jobOf({ id: list.id, run: 1 }, end)),
  );
  if (lists.length > 0) await runDueJobs(connection, addressJobs, { clock: end });
};
