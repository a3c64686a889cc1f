import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DimensionKey } from '@/data/metrics/dimensions';
import { metrics } from '@/data/metrics/index';
import { type Cell, type Comparison, scaleOf } from '@/data/model/answer';
import type { Period } from '@/data/model/view';
import { type TestDatabase, testDatabase } from '../db/testing';
import { answer } from './answer';
import { type Facts, openFacts } from './follower';
import { loadTown, readTown, scopeIn, townClock } from './testing';

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

const lines = readTown('answers');
const groups = [...new Set(lines.map(({ metric, dimension, period }) => [metric, dimension, period].join(' ')))];

const askTown = (metric: string, dimension: string, period: string, division: string | null = null) =>
  answer(
    { facts, db: database.connection.db, scope: scopeIn(facts, 'T') },
    {
      metric,
      dimensions: dimension ? [dimension as DimensionKey] : [],
      operators: ['previous', 'lastYear'],
      question: { division, period: period as Period, at: townClock, filters: [] },
    },
  );

test('operators of the cells themselves: share, rank, cumulative', async () => {
  const question = { division: null, period: 'today' as const, at: townClock, filters: [] };
  const { cells } = await answer(
    { facts, db: database.connection.db, scope: scopeIn(facts, 'T') },
    { metric: 'event.reported', dimensions: ['hour'], operators: ['share', 'rank', 'cumulative'], question, limit: 3 },
  );
  expect(cells.map(({ share, rank, cumulative }) => [share, rank, cumulative])).toEqual([
    [0.2, 2, 1],
    [0.2, 2, 2],
    [0.2, 2, 3],
  ]);
});

const partsOf = (comparison: Comparison | undefined, isRate: boolean): string =>
  comparison ? `${comparison.numerator}${isRate ? `/${comparison.denominator}` : ''}` : '';

const written = (cell: Cell, isRate: boolean): string =>
  cell.withheld
    ? 'withheld'
    : [cell.numerator, cell.denominator, partsOf(cell.previous, isRate), partsOf(cell.lastYear, isRate)].join(' ');

describe('answers worked out by hand on the fixture town', () => {
  test.each(groups)('%s', async (group) => {
    const [metric = '', dimension = '', period = ''] = group.split(' ');
    const expected = lines
      .filter((line) => line.metric === metric && line.dimension === dimension && line.period === period)
      .map((line): [string, string] => [
        line.code ?? '',
        line.numerator === 'withheld'
          ? 'withheld'
          : [line.numerator, line.denominator, line.previous, line.last_year].join(' '),
      ]);
    const given = await askTown(metric, dimension, period);
    const isRate = given.kind === 'rate' || given.kind === 'mean';
    const cells = given.cells.map((cell) => [cell.at[dimension] ?? '', written(cell, isRate)]);
    expect(Object.fromEntries(cells)).toEqual(Object.fromEntries(expected));
    for (const cell of given.cells) {
      const scale = scaleOf(given.unit);
      if (cell.withheld)
        expect(cell).toEqual({
          at: cell.at,
          value: null,
          numerator: null,
          denominator: null,
          n: null,
          withheld: 'small',
        });
      else if (cell.denominator === 0) expect(cell.value).toBeNull();
      else expect(cell.value).toBeCloseTo(((cell.numerator ?? 0) / (cell.denominator ?? 1)) * scale, 9);
    }
  });

  test.each(metrics.map(({ key }) => key))('%s has an answer worked out by hand', (key) => {
    expect(lines.some(({ metric }) => metric === key)).toBe(true);
  });
});
