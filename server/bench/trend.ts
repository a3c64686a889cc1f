import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Ask } from '@/data/model/ask';
import type { Clause, NamedPeriod } from '@/data/model/view';
import { type OpenDatabase, openDatabase } from '../db/migrate';
import { answer } from '../metric/answer';
import { type Duck, openDuck, type Run } from '../metric/duck';
import { charts, contextOf, makeFacts, makeRoll } from './brushed/facts';
import { openNarrow } from './brushed/postgres';
import { sizesThatFit } from './brushed/room';
import { against, type Bench, type BenchResult, resultOf, timedRounds } from './result';

const rounds = 20;
const plainRounds = 3;

/** A trend as the catalogue is asked for it, and the same by plain SQL over small numbers that both databases read. */
type Trend = {
  name: string;
  dimensions: NonNullable<Ask['dimensions']>;
  period: NamedPeriod;
  filters?: Clause[];
  group: string;
  where?: string;
};

const year = 'reported_no >= 9132';
const works: Clause = { source: 'bench', field: 'categoryL1', values: ['02', '03'] };
const places: Clause = { source: 'bench', field: 'community', values: ['T003', 'T017', 'T042'] };

/** Day 0 of the small numbers is a Saturday, 1 January 2000. */
const trends: Trend[] = [
  { name: 'by day', dimensions: ['day'], period: 'P365D', group: 'reported_no', where: year },
  {
    name: 'by week and group',
    dimensions: ['week', 'categoryL1'],
    period: 'P365D',
    group: '(reported_no + 5) / 7, category_l1_no',
    where: year,
  },
  { name: 'by month and level', dimensions: ['month', 'level'], period: 'all', group: 'reported_no / 30, level_no' },
  {
    name: 'by weekday and hour',
    dimensions: ['weekday', 'hourOfDay'],
    period: 'all',
    group: '(reported_no + 5) % 7, reported_hour',
  },
  {
    name: 'by day, two groups in three communities',
    dimensions: ['day'],
    period: 'all',
    filters: [works, places],
    group: 'reported_no',
    where: 'category_l1_no in (2, 3) and community_no in (4, 18, 43)',
  },
];

const plainSql = ({ group, where }: Trend): string =>
  `select ${group}, count(*) as n from event${where ? ` where ${where}` : ''} group by ${group
    .split(', ')
    .map((_, index) => index + 1)
    .join(', ')}`;

type Place = { duck: Duck; run: Run; database: OpenDatabase; folder: string; n: number };

async function* benchTrends({ duck, run, database, folder, n }: Place): AsyncGenerator<BenchResult> {
  // targets of a metric are read from the store
  const context = { ...contextOf(duck), db: database.connection.db };
  const narrow = await openNarrow(run, folder, Object.values(charts), charts.day);
  for (const trend of trends) {
    const { dimensions, period, filters = [], name } = trend;
    const ask: Ask = { metric: 'event.reported', dimensions, question: { division: null, period, at: null, filters } };
    await answer(context, ask);
    const own = await timedRounds(rounds, () => answer(context, ask));
    const line = (by: string, times: readonly number[]) => resultOf('trend', `${n}: ${name}, ${by}`, times);
    yield line('answer', own);
    const sql = plainSql(trend);
    yield against(line('DuckDB GROUP BY', await timedRounds(plainRounds, () => run(sql))), own, 'answer');
    const plain = await timedRounds(plainRounds, () => narrow.sql.unsafe(sql));
    yield against(line('PostgreSQL GROUP BY, narrow table indexed by day', plain), own, 'answer');
  }
  await narrow.close();
}

/** Trends as the catalogue answers them, beside plain grouping of the same events in DuckDB and in PostgreSQL. */
export const bench: Bench = async function* () {
  for await (const n of sizesThatFit()) {
    const folder = mkdtempSync(join(tmpdir(), 'gridhall-bench-'));
    chmodSync(folder, 0o755);
    const database = await openDatabase({ home: folder });
    const duck = await openDuck({ file: join(folder, 'trend.duckdb'), queryMs: 600_000 });
    const { run, close } = await duck.connect();
    try {
      await makeFacts(run, n);
      await makeRoll(run);
      yield* benchTrends({ duck, run, database, folder, n });
    } finally {
      close();
      duck.close();
      await database.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  }
};
