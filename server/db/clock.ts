import { sql } from 'drizzle-orm';
import type { Executor } from './client';

/** The clock of the database, to the millisecond that instants are kept in; fixed within a transaction. */
export const clockNow = async (db: Executor): Promise<Date> => {
  const [row] = await db.execute<{ at: string }>(sql`select date_trunc('milliseconds', now()) as at`);
  return new Date(row?.at ?? 0);
};
