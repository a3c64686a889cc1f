import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { metrics } from '@/data/metrics/index';
import { listedFacts } from '@/data/metrics/metric';
import { type TestDatabase, testDatabase } from '../db/testing';
import { answer } from './answer';
import { explain } from './explain';
import { type Facts, openFacts } from './follower';
import { rowsBehind } from './rows';
import { loadTown, scopeIn, townClock } from './testing';

let database: TestDatabase;
let facts: Facts;

beforeAll(async () => {
  database = await testDatabase();
  await loadTown(database.connection);
  facts = await openFacts(database.connection, { file: null });
});
afterAll(async () => {
  facts?.close();
  await database?.end();
});

const question = { division: null, period: 'all' as const, at: townClock, filters: [] };
const context = () => ({ facts, db: database.connection.db, scope: scopeIn(facts, 'T') });

describe('the SQL a figure is explained by', () => {
  test.each(metrics.map(({ key }) => key))('counts what the answer tells: %s', async (metric) => {
    const [cell] = (await answer(context(), { metric, question })).cells;
    const { sql, params } = await explain(context(), { metric, question });
    const rows = await facts.query(sql, params);
    const sum = (part: string) => rows.reduce((total, row) => total + Number(row[part] ?? 0), 0);
    if (cell?.withheld) return expect(sum('n')).toBeGreaterThan(0);
    expect(sum('numerator')).toBeCloseTo(cell?.numerator ?? 0, 9);
    expect(sum('n')).toBe(cell?.n ?? 0);
  });

  test('says whose rows may be listed, and those are as many as were counted', async () => {
    for (const { key, fact } of metrics) {
      const { isListed } = await explain(context(), { metric: key, question });
      expect(isListed).toBe(listedFacts.includes(fact));
      if (!isListed) continue;
      const [cell] = (await answer(context(), { metric: key, question })).cells;
      expect((await rowsBehind(context(), { metric: key, question })).total).toBe(cell?.n ?? 0);
    }
  });

  test('is refused outside the territory, as the answer is', async () => {
    const asked = { metric: 'event.reported', question: { ...question, division: 'elsewhere' } };
    await expect(explain(context(), asked)).rejects.toThrow('not in your territory');
  });
});
