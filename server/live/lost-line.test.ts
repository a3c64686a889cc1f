import { eq, sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { connect } from '../db/client';
import { servers, testDatabase } from '../db/testing';
import { change } from './table';

/**
 * The PostgreSQL driver is mended (server/db/mend-driver.mjs): as published, a connection that dies inside a
 * transaction takes the process with it or leaves the pool stuck for good.
 */
it.each(servers())('survives backends killed under running transactions on %s', async (server) => {
  const database = await testDatabase({ server });
  const { db, sql: pool } = connect(database.url, { max: 5 });
  const acknowledged: string[] = [];
  let isKilling = true;
  const write = async (writer: number) => {
    for (let i = 0; isKilling; i++) {
      const id = `${writer}-${i}`;
      const twoSteps = db.transaction(async (tx) => {
        await tx.execute(sql`insert into change (kind, id, op, version) values ('event', ${id}, 'put', 1)`);
        if (i % 3 === 0) await new Promise((resolve) => setTimeout(resolve, 3));
        await tx.update(change).set({ version: 2 }).where(eq(change.id, id));
      });
      const isKept = await twoSteps.then(
        () => true,
        () => false,
      );
      if (isKept) acknowledged.push(id);
    }
  };
  const writers = Array.from({ length: 8 }, (_, i) => write(i));
  for (let round = 0; round < 25; round++) {
    await new Promise((resolve) => setTimeout(resolve, 40));
    await database.connection.sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`;
  }
  isKilling = false;
  await Promise.all(writers);
  const rows = await database.connection.db.select({ id: change.id, version: change.version }).from(change);
  expect(rows.every(({ version }) => version === 2)).toBe(true);
  expect(rows.map(({ id }) => id)).toEqual(expect.arrayContaining(acknowledged));
  expect(acknowledged.length).toBeGreaterThan(0);
  await Promise.all(Array.from({ length: 10 }, () => pool`select 1`));
  await pool.end({ timeout: 1 });
  await database.end();
});
