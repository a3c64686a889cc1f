import { randomUUID } from 'node:crypto';
import type postgres from 'postgres';
import type { Facts } from './follower';

/** Reports an event the way the store does: row and log line in one transaction. */
export const put = async (tx: postgres.TransactionSql, id: string, version: number, status = 'S10') => {
  await tx`
    insert into event (id, version, number, title, category_code, category_l1, level, source_code, status, reported_at,
      status_at, grid_code)
    values (${id}, ${version}, ${randomUUID()}, ${id}, '0101', '01', 2, '01', ${status}, now(), now(), 'T1101')
    on conflict (id) do update set version = excluded.version, status = excluded.status`;
  await tx`insert into change (kind, id, op, version) values ('event', ${id}, 'put', ${version})`;
};

/** Events as the store has them. */
export const inStore = (sql: postgres.Sql): Promise<Record<string, unknown>[]> =>
  sql`select id, version, status from event order by id collate "C"`.then((rows) => rows.map((row) => ({ ...row })));

/** Events as the facts have them. */
export const inFacts = (facts: Facts) => facts.query('select id, version, status from event order by id');

/** Follows until all that is committed by now is counted: a transaction of another database holds the window back too. */
export const catchUp = async (facts: Facts, sql: postgres.Sql): Promise<void> => {
  const [row] = await sql<{ ms: number }[]>`select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms`;
  const from = performance.now();
  while (facts.status().asOf.getTime() <= (row?.ms ?? 0)) {
    if (performance.now() - from > 20_000) throw new Error('The facts did not catch up.');
    await facts.sync();
  }
};
