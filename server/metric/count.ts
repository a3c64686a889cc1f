import { type SQL, sql } from 'drizzle-orm';
import { careLeastN } from '@/data/metrics/care';
import type { Filled } from '@/data/model/catalog';
import type { Connection, Executor } from '../db/client';

/**
 * How many rows of a table the caller may read, and how many of them have a column filled. Both names must be the schema's.
 * `isHeld`: null where the filled or the empty ones are so few that they could be told apart.
 */
export const countFilled = async (
  { db }: Connection,
  { table, column, isHeld }: { table: string; column: string; isHeld: boolean },
): Promise<Filled> => {
  const said = sql`nullif(${sql.identifier(column)}::text, '')`;
  const [row] = await db.execute<{ of: number; n: number }>(sql`
    select count(*)::int as "of", count(${said})::int as n from ${sql.identifier(table)}`);
  const { of, n } = row ?? { of: 0, n: 0 };
  const isSmall = [n, of - n].some((part) => part > 0 && part < careLeastN);
  return isHeld && isSmall ? null : { n, of };
};

/** How many rows of a table meet a condition, for what keeps the installation and is no figure of it. */
export const countRows = async (db: Executor, table: string, where: SQL): Promise<number> => {
  const [row] = await db.execute<{ n: number }>(
    sql`select count(*)::int as n from ${sql.identifier(table)} where ${where}`,
  );
  return row?.n ?? 0;
};
