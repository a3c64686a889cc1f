import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DimensionKey, dimensionKeys } from '@/data/metrics/dimensions';
import { metrics } from '@/data/metrics/index';
import type { Answer } from '@/data/model/answer';
import type { Ask } from '@/data/model/ask';
import type { Clause, Period } from '@/data/model/view';
import { type TestDatabase, testDatabase } from '../db/testing';
import { answer } from './answer';
import { answerCached } from './cache';
import { type Facts, openFacts } from './follower';
import { rowsBehind } from './rows';
import { loadTown, scopeIn, townClock } from './testing';

let database: TestDatabase;
let facts: Facts;

beforeAll(async () => {
  database = await testDatabase();
  await loadTown(database.connection);
  await database.connection.sql`
    insert into target (metric, division_code, value, valid_from, valid_to) values
      ('event.close_rate', 'T', 0.95, '2026-01-01', null), ('event.close_rate', 'T11', 0.9, '2026-01-01', '2026-02-01')`;
  facts = await openFacts(database.connection, { file: null });
});
afterAll(async () => {
  facts?.close();
  await database?.end();
});

type Asked = Partial<Omit<Ask, 'question'>> & { division?: string; period?: Period; filters?: Clause[]; at?: string };

const contextOf = (post: string) => ({ facts, db: database.connection.db, scope: scopeIn(facts, post) });

const askOf = (metric: string, asked: Asked): Ask => {
  const { division = null, period = 'P7D', filters = [], at = townClock, ...rest } = asked;
  return { metric, ...rest, question: { division, period, at, filters } };
};

const ask = (metric: string, asked: Asked = {}, post = 'T'): Promise<Answer> =>
  answer(contextOf(post), askOf(metric, asked));

const values = ({ dimensions, cells }: Answer) =>
  Object.fromEntries(
    cells.map((cell) => [dimensions.map((key) => cell.at[key]).join(' '), cell.withheld ?? cell.value]),
  );

const total = ({ cells }: Answer) => cells.reduce((sum, cell) => sum + (cell.numerator ?? 0), 0);

describe('what may be asked', () => {
  test('an unknown metric is refused with the list of metrics', async () => {
    await expect(ask('event.nothing')).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('event.open'),
    });
  });

  test.each(metrics.map((metric) => [metric.key, metric] as const))(
    '%s is refused what it is not split by',
    async (key, metric) => {
      for (const dimension of dimensionKeys) {
        const asked = ask(key, { dimensions: [dimension] });
        if (metric.dimensions.includes(dimension)) expect((await asked).dimensions).toEqual([dimension]);
        else
          await expect(asked).rejects.toMatchObject({
            code: 'invalid',
            message: expect.stringContaining(metric.dimensions.join(', ')),
          });
      }
    },
  );

  test('a dimension twice is refused', async () => {
    await expect(ask('event.open', { dimensions: ['grid', 'grid'] })).rejects.toMatchObject({ code: 'invalid' });
  });

  test.each(['event.close_rate', 'person.resident', 'event.reached'])('%s has no band', async (metric) => {
    await expect(ask(metric, { operators: ['band'] })).rejects.toMatchObject({ code: 'invalid' });
  });

  test('text that would be SQL is only a value', async () => {
    const filters: Clause[] = [{ source: 'x', field: 'category', values: ["0101') or true --"] }];
    expect(total(await ask('event.reported', { filters }))).toBe(0);
  });
});

describe('territory', () => {
  test.each([
    ['T1', 10],
    ['T11', 6],
    ['T1101', 3],
  ])('a post in %s sees only its events, asked for or not', async (post, n) => {
    expect(total(await ask('event.reported', {}, post))).toBe(n);
    expect(total(await ask('event.reported', { division: post }))).toBe(n);
    expect(total(await ask('event.reported', { dimensions: ['grid'] }, post))).toBe(n);
  });

  test.each([
    ['T1', 'T2'],
    ['T1', 'T21'],
    ['T11', 'T12'],
    ['T1101', 'T11'],
    ['T1', 'T'],
    ['T', 'nowhere'],
  ])('a post in %s may not ask about %s', async (post, division) => {
    await expect(ask('event.reported', { division }, post)).rejects.toMatchObject({ code: 'not_allowed' });
  });

  test('the root and what lies above it see rows without a place too', async () => {
    for (const post of ['T', '4403', '44']) expect(total(await ask('event.reported', {}, post))).toBe(14);
  });

  test('an answer to one territory is never handed to another', async () => {
    const asked = askOf('event.reported', {});
    const answers = await Promise.all(['T1', 'T2', 'T'].map((post) => answerCached(contextOf(post), asked)));
    expect(answers.map(total)).toEqual([10, 3, 14]);
    expect(await answerCached(contextOf('T1'), asked)).toBe(answers[0]);
  });
});

describe('sums', () => {
  const counts = metrics.filter(({ kind, leastN, by }) => kind === 'count' && leastN === 0 && !by?.grid);
  const place: DimensionKey[] = ['district', 'subdistrict', 'community', 'grid'];
  test.each(counts.map(({ key }) => key))('%s: grids = communities = sub-districts = district', async (key) => {
    const asked = { period: 'all' as const };
    const whole = total(await ask(key, asked));
    expect(whole).toBeGreaterThan(0);
    for (const dimension of place) expect(total(await ask(key, { ...asked, dimensions: [dimension] }))).toBe(whole);
    for (const division of ['T1', 'T2', 'T11', 'T12', 'T21']) {
      const own = total(await ask(key, { ...asked, division }));
      expect(total(await ask(key, { ...asked, division, dimensions: ['grid'] }))).toBe(own);
    }
  });

  test('a rate over the district is the sum of its parts, never a mean of rates', async () => {
    const parts = await ask('event.close_rate', { dimensions: ['community', 'level'] });
    const denominator = parts.cells.reduce((sum, cell) => sum + (cell.denominator ?? 0), 0);
    expect((await ask('event.close_rate')).cells[0]?.value).toBe(total(parts) / denominator);
  });
});

describe('filters', () => {
  const clause = (field: Clause['field'], ...list: string[]): Clause => ({ source: 'x', field, values: list });

  test('or within a clause, and between clauses', async () => {
    const filters = [clause('categoryL1', '01', '02'), clause('source', '01')];
    expect(total(await ask('event.reported', { filters }))).toBe(5);
  });

  test('a clause without values says nothing', async () => {
    expect(total(await ask('event.reported', { filters: [clause('stage')] }))).toBe(14);
  });

  test('a clause on a column of events leaves other facts alone', async () => {
    expect((await ask('person.resident', { filters: [clause('level', '1')] })).cells[0]?.value).toBe(87);
  });

  test('events without a department are found by none', async () => {
    expect(total(await ask('event.open', { filters: [clause('department', 'none')] }))).toBe(3);
  });
});

describe('an instant in the past', () => {
  test('stage and status are those of that instant', async () => {
    const at = '2026-02-24T00:30:00+08:00';
    expect(values(await ask('event.open', { at, dimensions: ['stage'] }))).toEqual({ dispatch: 2 });
    expect(values(await ask('event.open', { at, dimensions: ['status'] }))).toEqual({ S30: 1, S31: 1 });
    expect(values(await ask('event.reached', { at, dimensions: ['stage'] }))).toEqual({
      report: 5,
      dispatch: 5,
      handle: 3,
      check: 3,
      closed: 3,
    });
  });

  test('an instant to come is cut to that of the data', async () => {
    const given = await ask('event.open', { at: '2099-01-01T00:00:00Z' });
    expect(given.asOf).toBe(facts.status().asOf.toISOString());
  });
});

describe('what an answer says of itself', () => {
  test('interval, as-of, place in the log', async () => {
    const given = await ask('event.reported');
    expect(given).toMatchObject({
      code: 'K01',
      unit: 'event',
      from: '2026-02-23T16:00:00.000Z',
      to: '2026-03-02T04:00:00.000Z',
      asOf: '2026-03-02T04:00:00.000Z',
      snapshot: facts.status().watermark,
    });
    expect((await ask('event.open')).from).toBeNull();
  });

  test('the target of the asked division while it is valid', async () => {
    expect((await ask('event.close_rate')).target).toBe(0.95);
    expect((await ask('event.close_rate', { division: 'T11' })).target).toBeNull();
    expect((await ask('event.close_rate', { division: 'T11', at: '2026-01-15T00:00:00Z' })).target).toBe(0.9);
    expect((await ask('event.rework_rate')).target).toBeNull();
  });

  test('a zero base leaves no comparison value, but its parts', async () => {
    const [cell] = (await ask('event.open', { operators: ['previous', 'lastYear'] })).cells;
    expect(cell?.previous).toEqual({ value: null, numerator: 0, denominator: 1 });
    const [rate] = (await ask('event.close_rate', { period: 'today', at: '2026-02-19T00:00:00+08:00' })).cells;
    expect(rate).toMatchObject({ value: null, numerator: 0, denominator: 0 });
  });

  test('since ever has no 环比 and no 同比 of a flow', async () => {
    const [cell] = (await ask('event.reported', { period: 'all', operators: ['previous', 'lastYear'] })).cells;
    expect(cell?.previous ?? cell?.lastYear).toBeUndefined();
  });
});

describe('complete, sorted, cut', () => {
  test('every community, stage, hour that has no row is zero', async () => {
    const complete = true;
    expect(values(await ask('event.closed', { complete, dimensions: ['community'], period: 'today' }))).toEqual({
      T11: 0,
      T12: 1,
      T21: 1,
    });
    expect(values(await ask('event.open', { complete, dimensions: ['stage'], division: 'T21' }))).toEqual({
      report: 0,
      dispatch: 1,
      handle: 1,
      check: 0,
      closed: 0,
    });
    const hours = await ask('event.reported', { complete, dimensions: ['hour'], period: 'today' });
    expect(hours.cells).toHaveLength(12);
    expect(total(hours)).toBe(5);
    const grids = await ask('event.reported', { complete, dimensions: ['grid', 'level'], division: 'T12' });
    expect(grids.cells).toHaveLength(16);
  });

  test('residents divide a community without events as well', async () => {
    const given = await ask('event.per_ten_thousand', { complete: true, dimensions: ['community'], period: 'today' });
    expect(given.cells.find(({ at }) => at.community === 'T21')).toMatchObject({ numerator: 1, denominator: 20 });
    const none = await ask('event.per_ten_thousand', {
      complete: true,
      dimensions: ['grid'],
      division: 'T12',
      period: 'today',
    });
    expect(values(none)).toEqual({ T1201: 666.6666666666666, T1202: 'small', T1203: null, T1204: 'small' });
  });

  test('the greatest first, ties by code, withheld last', async () => {
    const given = await ask('person.resident', { dimensions: ['grid'], sort: 'value', order: 'desc', limit: 5 });
    expect(given.cells.map(({ at }) => at.grid)).toEqual(['T2101', 'T1201', 'T1101', 'T1102', 'T1103']);
  });
});

describe('questions too large', () => {
  test.each([[['grid', 'hour', 'hourOfDay']], [['hour', 'grid']]] as DimensionKey[][][])(
    '%s over a year is refused before it is built, with what to narrow',
    async (dimensions) => {
      const started = performance.now();
      await expect(
        ask('event.reported', { complete: true, dimensions, period: 'P365D', limit: 1 }),
      ).rejects.toMatchObject({ code: 'invalid', message: expect.stringContaining('shorter period') });
      expect(performance.now() - started).toBeLessThan(2000);
    },
  );

  test('what was cut off by the limit is told', async () => {
    expect((await ask('event.reported', { dimensions: ['grid'], limit: 3 })).isComplete).toBe(false);
    expect((await ask('event.reported', { dimensions: ['grid'] })).isComplete).toBe(true);
  });
});

describe('the normal band', () => {
  const asked = {
    dimensions: ['day'] as DimensionKey[],
    operators: ['band' as const],
    period: 'P7D' as const,
    complete: true,
  };

  test('10th, 50th, 90th percentile of the same weekday in the eight weeks before, empty weeks as zero', async () => {
    const given = await ask('event.reported', asked);
    const bands = Object.fromEntries(given.cells.map((cell) => [cell.at.day, cell.band]));
    // Wednesdays before 24 February: one event on the 18th, none on seven others: sorted 0 0 0 0 0 0 0 1.
    expect(bands['2026-02-25']).toEqual({ low: 0, mid: 0, high: 0.3 });
    // Mondays: e17 and e20 on the 23rd: 0 0 0 0 0 0 0 2.
    expect(bands['2026-03-02']).toEqual({ low: 0, mid: 0, high: 0.6 });
    expect(bands['2026-02-26']).toEqual({ low: 0, mid: 0, high: 0 });
  });

  test('none before there were eight weeks of events', async () => {
    const given = await ask('event.reported', { ...asked, at: '2024-03-20T12:00:00+08:00' });
    expect(given.cells.every(({ band }) => band === undefined)).toBe(true);
  });
});

describe('rows behind a figure', () => {
  const rowsOf = (
    metric: string,
    asked: Asked & { cell?: Record<string, string> },
    post = 'T',
    screen: 'mid' | 'big' = 'mid',
  ) => {
    const { cell = {}, ...rest } = asked;
    const context = contextOf(post);
    return rowsBehind({ ...context, scope: { ...context.scope, screen } }, { ...askOf(metric, rest), at: cell });
  };

  test('are the rows the cell counts, with what each adds to both parts', async () => {
    const given = await rowsOf('event.on_time_close_rate', { dimensions: ['community'], cell: { community: 'T12' } });
    expect(given.total).toBe(3);
    expect(given.rows.map(({ id, numerator }) => [id, numerator])).toEqual([
      ['e15', 0],
      ['e09', 0],
      ['e03', 1],
    ]);
  });

  test('are cut to the territory', async () => {
    expect((await rowsOf('event.reported', {}, 'T2')).rows.map(({ id }) => id)).toEqual(['e13', 'e10', 'e04']);
    await expect(rowsOf('event.reported', { division: 'T1' }, 'T2')).rejects.toMatchObject({ code: 'not_allowed' });
  });

  test.each(['person.resident', 'dwelling.count', 'duty.on_duty', 'asset.count'])('%s shows none', async (metric) => {
    await expect(rowsOf(metric, {})).rejects.toMatchObject({ code: 'not_allowed' });
  });

  test('a wall gets none', async () => {
    await expect(rowsOf('event.reported', {}, 'T', 'big')).rejects.toMatchObject({ code: 'not_allowed' });
  });
});
