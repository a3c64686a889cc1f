import { afterAll, beforeAll, expect, test } from 'vitest';
import { metricByKey } from '@/data/metrics/index';
import type { Period, Question } from '@/data/model/view';
import { type TestDatabase, testDatabase } from '../db/testing';
import { answer } from './answer';
import { type Facts, openFacts } from './follower';
import { loadTown, scopeIn } from './testing';
import { addEvents, lastDay } from './testing-random';
import { why } from './why';

let database: TestDatabase;
let facts: Facts;
beforeAll(async () => {
  database = await testDatabase();
  await loadTown(database.connection);
  await addEvents(database.connection.sql, 2000);
  facts = await openFacts(database.connection, { file: null });
});
afterAll(async () => {
  facts?.close();
  await database?.end();
});

const context = () => ({ facts, db: database.connection.db, scope: scopeIn(facts, 'T') });
const question = (period: Period, division: string | null = null): Question => ({
  ...{ division, period, filters: [], known: 'now' },
  at: new Date(lastDay - 40 * 86_400_000).toISOString(),
});
const asked = ['event.reported', 'event.closed', 'event.close_rate', 'event.handle_hours', 'event.open'];

test('the parts of every way sum to the change against the period before, for counts and for rates', async () => {
  let n = 0;
  for (const key of asked)
    for (const [period, division] of [
      ['P30D', null],
      ['P90D', 'T1'],
      ['2025-12-01/2026-01-01', null],
    ] as const) {
      const when = question(period, division);
      const ask = { metric: key, question: when, operators: ['previous' as const] };
      const [cell] = (await answer(context(), ask)).cells;
      if (cell?.value === null || cell?.previous?.value === null) continue;
      const { whole, ways } = await why(context(), { metric: key, question: when });
      expect(whole.cells[0]?.value).toBe(cell?.value);
      const change = (cell?.value ?? 0) - (cell?.previous?.value ?? 0);
      for (const way of ways) {
        expect(way.change, key).toBeCloseTo(change, 9);
        expect(
          way.cells.reduce((sum, { value }) => sum + (value ?? 0), 0),
          key,
        ).toBeCloseTo(change, 9);
        expect(way.cells.at(-1)?.at).toEqual({});
        n += way.cells.length;
      }
    }
  expect(n).toBeGreaterThan(100);
});

test('a part is what its own question says, also where nothing of it is left', async () => {
  const when = question('P30D');
  const { ways } = await why(context(), { metric: 'event.reported', question: when });
  expect(ways.map(({ dimensions }) => dimensions.join())).toEqual([
    'categoryL1',
    'subdistrict',
    'source',
    'categoryL1,subdistrict,source',
  ]);
  for (const { at, value } of ways[2]?.cells.slice(0, -1) ?? []) {
    const filters = [{ source: 'x', field: 'source' as const, values: [at.source ?? ''] }];
    const ask = { metric: 'event.reported', operators: ['previous' as const], question: { ...when, filters } };
    const [cell] = (await answer(context(), ask)).cells;
    expect(value).toBe((cell?.numerator ?? 0) - (cell?.previous?.numerator ?? 0));
  }
});

test('since ever has nothing before it; a figure that is not told has no reasons', async () => {
  const ask = { metric: 'event.reported', question: question('all') };
  await expect(why(context(), ask)).rejects.toMatchObject({ code: 'invalid' });
  const few = { metric: 'person.resident', question: question('P30D', 'T1101') };
  const { cells } = await answer(context(), few);
  expect(metricByKey.get('person.resident')?.leastN).toBe(10);
  if (cells[0]?.withheld) await expect(why(context(), few)).rejects.toMatchObject({ code: 'withheld' });
});
