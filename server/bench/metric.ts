import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { metricByKey } from '@/data/metrics/index';
import type { Ask } from '@/data/model/ask';
import type { NamedPeriod } from '@/data/model/view';
import type { Connection } from '../db/client';
import { openDatabase } from '../db/migrate';
import { readEnv } from '../env';
import { type AskContext, answer } from '../metric/answer';
import { type Facts, openFacts } from '../metric/follower';
import { referenceSql } from '../metric/reference';
import { against, type Bench, type BenchResult, resultOf, timedRounds as timed } from './result';

const rounds = 30;
const plainRounds = 5;

type Asked = Omit<Ask, 'question'> & { period: NamedPeriod };

const both = ['previous' as const, 'lastYear' as const];
const top = { sort: 'value', order: 'desc', limit: 5 } as const;

/** What the overview of a wall asks at once. */
const wall: Asked[] = [
  { metric: 'event.reported', period: 'today', operators: both },
  { metric: 'event.open', period: 'today', operators: both },
  { metric: 'event.overdue', period: 'today', operators: both },
  { metric: 'event.on_time_close_rate', period: 'P30D', operators: both },
  { metric: 'event.reported', period: 'today', dimensions: ['hour'], operators: ['band'], complete: true },
  { metric: 'event.reported', period: 'P7D', dimensions: ['category'], operators: ['previous'], ...top },
  { metric: 'event.on_time_close_rate', period: 'P30D', dimensions: ['community'], complete: true },
  { metric: 'event.open', period: 'today', dimensions: ['level'] },
  { metric: 'event.reached', period: 'P30D', dimensions: ['stage'] },
  { metric: 'event.open', period: 'today', dimensions: ['stage'] },
  { metric: 'duty.on_duty_share', period: 'today', dimensions: ['subdistrict'] },
  { metric: 'event.per_ten_thousand', period: 'P30D', dimensions: ['community'], complete: true },
];

/** What an analyst's desk asks at once, every panel of it. */
const desk: Asked[] = [
  { metric: 'event.reported', period: 'P90D', dimensions: ['day'], operators: ['lastYear'], complete: true },
  { metric: 'event.reported', period: 'P90D', dimensions: ['grid'], complete: true },
  { metric: 'event.reported', period: 'P90D', dimensions: ['category'] },
  { metric: 'event.reported', period: 'P90D', dimensions: ['level'] },
  { metric: 'event.reported', period: 'P90D', dimensions: ['source'] },
  { metric: 'event.reported', period: 'P90D', dimensions: ['stage'] },
  { metric: 'event.reported', period: 'P90D', dimensions: ['department'] },
  { metric: 'event.handle_hours', period: 'P90D', dimensions: ['categoryL1'], operators: both },
  { metric: 'event.on_time_close_rate', period: 'P90D', dimensions: ['community'], sort: 'value' },
  { metric: 'event.reported', period: 'P365D', dimensions: ['weekday', 'hourOfDay'] },
  { metric: 'person.resident', period: 'today', dimensions: ['grid'] },
  { metric: 'building.count', period: 'today', dimensions: ['houseType'] },
];

const askFrom = ({ period, ...ask }: Asked): Ask => ({
  ...ask,
  question: { division: null, period, at: null, filters: [] },
});

/** The same cells by plain SQL in PostgreSQL, one statement for each interval; residents and bands left out. */
const askPlain = async ({ sql }: Connection, facts: Facts, asked: Asked): Promise<void> => {
  const { timeZone } = facts.meta().installation;
  const at = facts.status().asOf.toISOString();
  const shifts = ['0 days', ...(asked.operators ?? []).filter((o) => o !== 'band').map(() => '1 year')];
  for (const shift of shifts) {
    const { metric, dimensions = [], period } = asked;
    await sql.unsafe(referenceSql({ metric, dimensions, period, at, division: null, filters: [], shift, timeZone }));
  }
};

const nameOf = ({ metric, dimensions = [], period }: Asked): string => [metric, period, ...dimensions].join(' ');

/** `event.reached` counts cumulatively, which the plain SQL does not. */
const isPlain = (asked: Asked): boolean => !metricByKey.get(asked.metric)?.by;

async function* askSet(
  name: string,
  set: Asked[],
  context: AskContext,
  store: Connection,
): AsyncGenerator<BenchResult> {
  for (const asked of set) {
    const ask = askFrom(asked);
    await answer(context, ask);
    const own = await timed(rounds, () => answer(context, ask));
    const result = resultOf('metric', `${name}: ${nameOf(asked)}`, own);
    if (!isPlain(asked)) {
      yield result;
      continue;
    }
    const plain = await timed(plainRounds, () => askPlain(store, context.facts, asked));
    yield result;
    yield against(resultOf('metric', `${name}: ${nameOf(asked)}, plain SQL in PostgreSQL`, plain), own, 'answer');
  }
  const together = await timed(rounds, () => Promise.all(set.map((asked) => answer(context, askFrom(asked)))));
  yield resultOf('metric', `${name}: all ${set.length} at once`, together);
}

/** Loading the facts, going on from their file, and p50/p95 of the questions of a wall and of a desk. */
export const bench: Bench = async function* () {
  const env = readEnv();
  const database = await openDatabase({ home: resolve(env.GRIDHALL_HOME), databaseUrl: env.DATABASE_URL });
  const store = database.connection;
  const folder = mkdtempSync(join(tmpdir(), 'gridhall-bench-'));
  const file = join(folder, 'replica.duckdb');
  const unit = 'ms';
  try {
    const openings: { name: string; ms: number }[] = [];
    let facts: Facts | null = null;
    for (const name of ['load', 'go on from the file']) {
      facts?.close();
      const started = performance.now();
      facts = await openFacts(store, { file });
      openings.push({ name, ms: Math.round(performance.now() - started) });
    }
    for (const { name, ms } of openings) yield { bench: 'metric', case: name, n: 1, p50: ms, unit };
    if (!facts) return;
    const megabytes = Number((statSync(file).size / 1e6).toFixed(1));
    yield { bench: 'metric', case: 'size of the file', n: 1, p50: megabytes, unit: 'MB' };
    const { root } = facts.meta().installation;
    const place = facts.meta().divisions.get(root);
    if (!place) throw new Error(`The root ${root} is not in the tree.`);
    const post = { role: 'R2', screen: 'mid' } as const;
    const context = { facts, db: store.db, scope: { division: root, path: place.path, level: place.level, ...post } };
    yield* askSet('wall', wall, context, store);
    yield* askSet('desk', desk, context, store);
    facts.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await database.stop();
  }
};
