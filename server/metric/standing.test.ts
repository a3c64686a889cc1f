import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventReported } from '@/data/metrics/event-count';
import { metrics } from '@/data/metrics/index';
import type { Metric } from '@/data/metrics/metric';
import { personResident } from '@/data/metrics/place';
import { Ask } from '@/data/model/ask';
import { type Clause, knowns, type Period } from '@/data/model/view';
import { type TestDatabase, testDatabase, testNow } from '../db/testing';
import { type AskContext, compileInput, readRows } from './answer';
import type { PartRow } from './assemble';
import { compile } from './compile';
import { type Facts, openFacts } from './follower';
import { readCodes, readStanding } from './standing';
import { scopeIn } from './testing';
import { createDice } from './testing-random';

let database: TestDatabase;
let facts: Facts;
const { next, pick } = createDice(20261130);

beforeAll(async () => {
  database = await testDatabase({ demo: 'tiny' });
  facts = await openFacts(database.connection, { file: null });
});
afterAll(async () => {
  facts?.close();
  await database?.end();
});

const dayMs = 86_400_000;
const dayAgo = (days: number) => new Date(testNow.getTime() - days * dayMs).toISOString();
const fixed = `${dayAgo(100).slice(0, 10)}/${dayAgo(20).slice(0, 10)}` as Period;
const clauses: [Clause['field'], string[]][] = [
  ['level', ['1', '3']],
  ['source', ['01', 'none']],
  ['categoryL1', ['01', '02', '05']],
  ['department', ['none', 'XFJ']],
  ['stage', ['closed', 'handle']],
  ['hourOfDay', ['08', '09', 'x']],
];

const randomAsk = (metric: Metric) => {
  const places = [...facts.meta().divisions.values()].filter(({ level }) => level !== 'province' && level !== 'city');
  const dimensions = [pick(metric.dimensions), pick(metric.dimensions)].slice(0, pick([0, 1, 1, 2]));
  return Ask.parse({
    metric: metric.key,
    dimensions: [...new Set(dimensions)],
    operators: next() < 0.3 ? ['previous', 'lastYear'] : [],
    question: {
      division: next() < 0.5 ? null : pick(places).code,
      period: pick([fixed, 'all', 'P30D', 'P365D', 'today'] as const),
      at: next() < 0.7 ? null : dayAgo(30 * next()),
      known: pick(knowns),
      filters: clauses.filter(() => next() < 0.15).map(([field, values]) => ({ source: 'test', field, values })),
    },
  });
};

/** Rows by part and codes; sums of fractions to twelve places, as cells have them. */
const byCell = (rows: readonly PartRow[]) =>
  rows
    .map(({ part, at, numerator, denominator, n, residents }) =>
      [part, ...at, ...[numerator, denominator, n, residents ?? 0].map((sum) => Number(sum.toPrecision(12)))].join(' '),
    )
    .sort();

test('what is read of events as they stand is what their histories say, whatever is asked', async () => {
  const post = facts.meta().installation.root;
  const context: AskContext = { facts, db: database.connection.db, scope: scopeIn(facts, post) };
  const asked = { rolled: 0, numbered: 0, wide: 0, stood: 0 };
  // the roll-up tells of plain counts alone
  for (const metric of metrics.filter(({ fact }) => fact === 'event'))
    for (let round = 0; round < (metric === eventReported ? 40 : 5); round += 1) {
      const ask = randomAsk(metric);
      const input = compileInput(context, ask);
      const stood = compile(metric, { ...input, maxRows: 1_000_000 }, personResident);
      const wanted = byCell((await facts.query(stood.sql, stood.params)) as PartRow[]);
      const rows = await readRows(context, metric, { ...input, maxRows: 1_000_000 });
      expect(byCell(rows), JSON.stringify(ask)).toEqual(wanted);
      const { sql } = await facts.snapshot(async ({ rows: run }) => {
        const standing = await readStanding(run, input, await readCodes(run, input));
        return compile(metric, { ...input, standing }, personResident);
      });
      if (sql.includes('event_rolled')) asked.rolled += 1;
      else if (sql.includes('group by all')) asked.numbered += 1;
      else if (!sql.includes('event_span')) asked.wide += 1;
      else asked.stood += 1;
    }
  for (const [way, n] of Object.entries(asked)) expect(n, way).toBeGreaterThan(2);
});
