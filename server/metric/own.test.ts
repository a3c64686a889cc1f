import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DimensionKey } from '@/data/metrics/dimensions';
import type { OwnDraft } from '@/data/metrics/own';
import { roles, screenKeys } from '@/data/model/scope';
import { type TestDatabase, testDatabase } from '../db/testing';
import { createCallerFactory } from '../trpc/init';
import { answer } from './answer';
import { buildCube } from './cube';
import { explain } from './explain';
import { type Facts, openFacts } from './follower';
import { metricRouter } from './router';
import { rowsBehind } from './rows';
import { appendOwn } from './store';
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

const context = () => ({ facts, db: database.connection.db, scope: scopeIn(facts, 'T') });
const base: OwnDraft = {
  ...{ slug: 'base', fact: 'event', kind: 'count', numerator: 'true', denominator: null, time: 'reported_at' },
  ...{ unit: 'event', polarity: 'up_good', leastN: 0, decimals: 1, version: 0 },
  name: { zh: '自建', en: 'Own' },
  meaning: { zh: '自建', en: 'Own' },
};
const since = new Date('2026-01-01T00:00:00+08:00');
const keep = (draft: Partial<OwnDraft>, at = since) =>
  appendOwn(database.connection.db, scopeIn(facts, 'T'), { ...base, ...draft }, at);
const ask = (slug: string, dimensions: DimensionKey[] = [], at = townClock) =>
  answer(context(), {
    metric: `own.${slug}`,
    dimensions,
    question: { division: null, period: 'P7D', at, filters: [] },
  });
const partsOf = async (slug: string, dimensions: DimensionKey[] = []) =>
  (await ask(slug, dimensions)).cells.map(({ at, numerator, denominator, withheld }) => [
    ...Object.values(at),
    withheld ?? `${numerator}/${denominator}`,
  ]);

describe('own indicators, worked out by hand on the fixture town', () => {
  test('a rate: of the events from two sources that were handled, those within a day', async () => {
    await keep({
      ...{ slug: 'fast', kind: 'rate', numerator: 'hours(reported_at, handled_at) <= 24' },
      denominator: "handled_at is not null and source in ('01', '02')",
    });
    expect(await partsOf('fast')).toEqual([['5/6']]);
    expect(await partsOf('fast', ['community'])).toEqual([
      ['T11', '3/3'],
      ['T12', '1/2'],
      ['T21', '1/1'],
    ]);
    expect(await ask('fast')).toMatchObject({ unit: 'share', kind: 'rate', polarity: 'up_good', revision: 1 });
  });
  test('a count, and its rows and SQL like those of any figure', async () => {
    await keep({ slug: 'grave', numerator: "level in ('1', '2') and not is_self_handled" });
    expect(await partsOf('grave', ['community'])).toEqual([
      ['T11', '2/1'],
      ['T12', '2/1'],
    ]);
    const question = { division: null, period: 'P7D' as const, at: townClock, filters: [] };
    const { rows } = await rowsBehind(context(), { metric: 'own.grave', question });
    expect(rows.map(({ id }) => id)).toEqual(['e14', 'e09', 'e03', 'e01']);
    const { sql, params } = await explain(context(), { metric: 'own.grave', question });
    expect(sql).not.toMatch(/'1'/);
    expect(Object.entries(params).filter(([name]) => name.startsWith('own'))).toEqual([
      ['own0', '1'],
      ['own1', '2'],
    ]);
  });
  test('a sum and a mean', async () => {
    await keep({ slug: 'reworks', kind: 'sum', numerator: 'n_rework' });
    expect(await partsOf('reworks')).toEqual([['3/1']]);
    await keep({ slug: 'accepting', kind: 'mean', unit: 'minute', numerator: 'minutes(reported_at, accepted_at)' });
    const [cell] = (await ask('accepting')).cells;
    expect([cell?.denominator, cell?.value]).toEqual([11, expect.closeTo(95.016667 / 11, 5)]);
  });
  test('cells below its least number are withheld', async () => {
    await keep({ slug: 'floor', kind: 'rate', numerator: 'n_rework > 0', leastN: 4 });
    expect(await partsOf('floor', ['community'])).toContainEqual(['T21', 'small']);
  });
});

describe('versions', () => {
  test('a question is answered by the version of its clock; the newest is listed', async () => {
    const draft = { slug: 'level', numerator: "level = '2'" };
    await keep(draft, new Date('2026-03-01T00:00:00+08:00'));
    await keep({ ...draft, numerator: "level = '4'", version: 1 }, new Date('2026-03-02T06:00:00+08:00'));
    const at = async (instant: string) => {
      const { revision, cells } = await ask('level', [], instant);
      return [revision, cells[0]?.numerator];
    };
    expect(await at('2026-03-01T12:00:00+08:00')).toEqual([1, 2]);
    expect(await at(townClock)).toEqual([2, 4]);
    expect(await at('2026-02-20T12:00:00+08:00')).toEqual([1, 0]);
    await expect(keep({ ...draft, version: 1 })).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('what is refused', () => {
  test.each([
    "level = '1' or 1=1; drop table event",
    '(select 1) = 1',
    'id_number is not null',
    "level = '1' union all select 1",
    'level',
    'n_rework',
    'hours(reported_at) > 1',
  ])('%s', async (numerator) => {
    await expect(keep({ slug: 'bad', numerator })).rejects.toMatchObject({ code: 'invalid' });
  });
  test('a text is a value, whatever stands in it', async () => {
    await keep({ slug: 'text', numerator: `department = '" or 1=1; drop table event; -- $asOf $own1'` });
    expect(await partsOf('text')).toEqual([['0/1']]);
    expect(
      (
        await answer(context(), {
          metric: 'event.reported',
          question: { division: null, period: 'all', at: townClock, filters: [] },
        })
      ).cells[0]?.value,
    ).toBe(22);
  });
  test('a category that a condition names is told of no place smaller than a community', async () => {
    await keep({ slug: 'care', numerator: "category_l1 = '02'" });
    expect(await partsOf('care', ['community'])).toContainEqual(['T11', '4/1']);
    await expect(ask('care', ['grid'])).rejects.toMatchObject({ code: 'invalid' });
    const question = { division: 'T1101', period: 'P7D' as const, at: townClock, filters: [] };
    await expect(answer(context(), { metric: 'own.care', question })).rejects.toMatchObject({ code: 'withheld' });
    const brush = { metric: 'own.care', active: 'day' as const, others: ['level' as const], question };
    await expect(buildCube(context(), brush)).rejects.toMatchObject({ code: 'withheld' });
    await expect(keep({ slug: 'cell', numerator: "grid = 'T1101'" })).rejects.toMatchObject({ code: 'invalid' });
  });
  test('an unknown indicator, a clock of another fact', async () => {
    await expect(ask('nothing')).rejects.toMatchObject({ code: 'invalid' });
    await expect(keep({ slug: 'clock', fact: 'entity', numerator: 'true' })).rejects.toMatchObject({ code: 'invalid' });
  });
  test('only those who make indicators define one, and never from a wall', async () => {
    for (const screen of screenKeys)
      for (const role of roles) {
        const scope = { ...scopeIn(facts, 'T'), role, screen };
        const caller = createCallerFactory(metricRouter)({ scope, connection: database.connection });
        const isMaker = screen !== 'big' && ['R2', 'R9'].includes(role);
        const code = isMaker ? 'BAD_REQUEST' : 'FORBIDDEN';
        await expect(caller.define({ ...base, numerator: 'password' }), `${role} ${screen}`).rejects.toMatchObject({
          code,
        });
        const told = await caller.own();
        expect(told.length).toBeGreaterThan(0);
        expect(
          told.some(({ metric }) => metric.source !== ''),
          `${role} ${screen}`,
        ).toBe(screen !== 'big');
        expect(JSON.stringify(told)).not.toContain('actor');
      }
  });
});
