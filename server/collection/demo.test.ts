import { expect, test } from 'vitest';
import { connect } from '../db/client';
import { isWhole, seedDemo } from '../db/seed';
import { testDatabase, testNow } from '../db/testing';
import { collectDemo } from './demo';

test('the demo’s visits confirm what is on record, once, and leave some to a person', async () => {
  const { connection, end } = await testDatabase({ demo: 'tiny' });
  const counted = async () =>
    (
      await connection.sql`select (select count(*)::int from collection) as visits,
        count(*) filter (where method = 'shown')::int as shown, count(*) filter (where method = 'none')::int as open,
        count(*) filter (where after <> '{}' and method <> 'none')::int as changed,
        (select max(at) from collection) <= (select (value ->> 'seededAt')::timestamptz from setting where key = 'installation')
          as is_past
      from collection_item`
    )[0];
  const first = await counted();
  expect(first).toMatchObject({ changed: 0, is_past: true });
  expect(first?.visits).toBeGreaterThan(20);
  expect(first?.open).toBeGreaterThan(0);
  expect(first?.open / first?.shown).toBeLessThan(0.2);
  await collectDemo(connection);
  expect(await counted()).toEqual(first);
  await end();
});

test('killed in the midst it leaves no visit, and the next start makes all of them', async () => {
  const { connection, url, end } = await testDatabase({ demo: 'tiny' });
  const { sql } = connection;
  const told = () => sql`
    select c.id, c.at, c.grid_code, c.dwelling_code, i.seq, i.method, i.record_id, i.candidates
    from collection c join collection_item i on i.collection_id = c.id order by c.id, i.seq`;
  const whole = await told();
  const [last] = await sql`select dwelling_code as code from collection order by grid_code desc, dwelling_code limit 1`;
  await sql`truncate collection, collection_item`;
  await sql`delete from setting where key = 'demo_whole'`;
  expect(await isWhole(connection)).toBe(false);
  const killed = connect(url);
  await sql.begin(async (tx) => {
    await tx`select from dwelling where code = ${last?.code} for update`;
    const running = collectDemo(killed).then(
      () => 'collected',
      () => 'killed',
    );
    let pid: number | undefined;
    while (pid === undefined) {
      const [row] = await sql<{ pid: number }[]>`
        select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      pid = row?.pid;
    }
    await sql`select pg_terminate_backend(${pid})`;
    expect(await running).toBe('killed');
  });
  await killed.sql.end({ timeout: 1 });
  expect(await told()).toEqual([]);
  expect(await seedDemo(connection, { size: 'tiny', at: testNow })).toBeNull();
  expect(await told()).toEqual(whole);
  expect(await isWhole(connection)).toBe(true);
  await end();
});
