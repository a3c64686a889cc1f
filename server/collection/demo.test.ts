import { expect, test } from 'vitest';
import { testDatabase } from '../db/testing';
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
