import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DimensionKey } from '@/data/metrics/dimensions';
import type { Cube } from '@/data/model/brush';
import { type BrushIndex, buildBrushIndex, readBrush } from '@/data/model/brush-index';
import type { Executor } from '../db/client';
import { readEnv } from '../env';
import type { AskContext } from '../metric/answer';
import { buildCube } from '../metric/cube';
import { openDuck, type Run } from '../metric/duck';
import { frameSql } from '../metric/facts';
import { linkedCharts } from './mosaic/ready';
import type { Bench, BenchResult } from './result';

/** How often each index is built. */
const roundsOf = (n: number): number => (n > 2_000_000 ? 4 : 10);
const brushRounds = 2_000;
const plainRounds = 3;
const timeZone = 'Asia/Shanghai';
const place = { code: 'T', level: 'district', path: '/44/4403/T/' } as const;

/** Six linked charts and the column each is drawn by. */
const charts = {
  day: 'reported_day',
  hourOfDay: 'reported_hour',
  categoryL1: 'category_l1',
  level: 'level',
  community: 'community',
  source: 'source',
} as const satisfies Partial<Record<DimensionKey, string>>;
type ChartKey = keyof typeof charts;
const chartKeys = Object.keys(charts) as ChartKey[];

/** Codes that stand as small numbers beside. */
const codedColumns = ['category_l1', 'level', 'community', 'source'];

const clocks = ['dispatched', 'handled', 'ended', 'due'];
const instants = ['status', 'accepted', 'registered', 'dispatched', 'signed', 'handled', 'ended', 'evaluated', 'due'];

/** Columns of the fact that no chart here is drawn by: one value each, which takes no room. */
const still = [
  `'district' as province, 'city' as city, 'T' as district, 'closed' as stage, 'S61' as status, 'XFJ' as department`,
  'true as is_valid, false as is_paused, 1.0 as handle_hours, false as has_history',
  ...['n_rework', 'n_return', 'n_extension'].map((name) => `0::smallint as ${name}`),
  ...instants.map((name) => `reported_at as ${name}_at`),
  ...clocks.map((name) => `reported_day as ${name}_day, 0::smallint as ${name}_month, reported_hour as ${name}_hour`),
  'reported_at as settled_at, reported_at as status_known_at, reported_at as settled_known_at',
].join(', ');

/** The same events every time: a year of them in order of time, more by day than by night, categories of uneven size. */
const eventsSql = (n: number): string => `create table event as
  with drawn as (
    select i, timestamptz '2025-01-01 00:00:00+08' + interval 1 second * (i * 31536000 // ${n}) as reported_at,
      hash(i * 8 + 1) % 1000 / 1000.0 as a, hash(i * 8 + 2) % 1000 / 1000.0 as b
    from range(${n}) r(i)
  ), placed as (
    select reported_at, local_day(reported_at) as reported_day, local_hour(reported_at) as reported_hour,
      format('T{:03d}', (100 * a * a)::integer) as community, format('{:02d}', 1 + (17 * b * b * b)::integer) as category_l1,
      (1 + hash(i * 8 + 3) % 4)::varchar as level, format('{:02d}', 1 + hash(i * 8 + 4) % 9) as source, i
    from drawn
  )
  select i::varchar as id, category_l1 || '01' as category, *exclude (i), ${still} from placed`;

const makeFacts = async (run: Run, n: number): Promise<void> => {
  await run(`set global TimeZone = '${timeZone}'`);
  await run(`set TimeZone = '${timeZone}'`);
  for (const statement of frameSql()) await run(statement);
  await run(eventsSql(n));
  for (const list of codedColumns)
    await run(
      `insert into code select '${list}', code, row_number() over (order by code) from (select distinct ${list} as code from event)`,
    );
  const numbers = codedColumns.map((list) => `${list}_code.n as ${list}_no`);
  const joins = codedColumns.map(
    (list) => `left join code ${list}_code on ${list}_code.list = '${list}' and ${list}_code.code = event.${list}`,
  );
  await run(
    `create or replace table event as select event.*, ${numbers.join(', ')}, day_no(reported_at) as reported_no from event ${joins.join(' ')} order by reported_at`,
  );
  const history =
    'id as event_id, reported_at as from_at, reported_at as to_at, reported_at as known_from_at, reported_at as known_to_at';
  await run(`create table event_span as select ${history}, * from event limit 0`);
  await run(`create table event_label as select ${history}, category, category_l1, level from event limit 0`);
};

/** What the index is asked in: one district, no store behind it. */
const contextOf = (query: Run): AskContext => ({
  db: null as unknown as Executor,
  scope: { division: place.code, level: place.level, path: place.path, role: 'R2', screen: 'mid' },
  facts: {
    query,
    meta: () => ({
      installation: {
        name: 'T',
        nameEn: 'T',
        root: place.code,
        rootPath: place.path,
        timeZone,
        locale: 'zh',
        demo: null,
        seededAt: '2025-01-01T00:00:00+08:00',
      },
      divisions: new Map([[place.code, { ...place, parent: null }]]),
      firstAt: null,
    }),
    status: () => ({ watermark: '1', asOf: new Date('2026-01-01T00:00:00+08:00') }),
    sync: async () => {},
    doubt: () => {},
    loads: () => 1,
    close: () => {},
  },
});

const percentile = (times: readonly number[], share: number): number => {
  const sorted = [...times].sort((a, b) => a - b);
  return Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(3));
};

const resultOf = (name: string, times: readonly number[], unit: string): BenchResult => ({
  bench: 'brush',
  case: name,
  n: times.length,
  p50: percentile(times, 0.5),
  p95: percentile(times, 0.95),
  unit,
});

const timed = async <T>(times: number[], work: () => T | Promise<T>): Promise<T> => {
  const started = performance.now();
  const result = await work();
  times.push(performance.now() - started);
  return result;
};

/** Brushes over `n` bins, the same every time. */
const brushesOver = (n: number, count: number): { from: number; to: number }[] =>
  Array.from({ length: count }, (_, i) => {
    const [a, b] = [(i * 7919) % (n + 1), (i * 104_729 + 13) % (n + 1)];
    return { from: Math.min(a, b), to: Math.max(a, b) };
  });

/** Microseconds for all linked charts of one brush. */
const brushTimes = (indices: readonly BrushIndex[], nBins: number): number[] => {
  const outs = indices.map(({ n }) => new Float64Array(n));
  return brushesOver(nBins, brushRounds).map((brush) => {
    const started = performance.now();
    indices.forEach((index, i) => {
      readBrush(index, brush, outs[i]);
    });
    return (performance.now() - started) * 1000;
  });
};

/** The same brush without an index: each linked chart grouped anew over the rows whose bin lies in it. */
const askPlain = async (query: Run, active: ChartKey, codes: readonly string[], others: readonly ChartKey[]) => {
  const column = active === 'hourOfDay' ? `format('{:02d}', ${charts[active]})` : charts[active];
  const range = active === 'day' ? `${column} between $low::date and $high::date` : `${column} between $low and $high`;
  const params = { low: codes[0] ?? '', high: codes.at(-1) ?? '' };
  for (const other of others)
    await query(`select ${charts[other]} as code, count(*)::double as n from event where ${range} group by 1`, params);
};

const plainTimes = async (query: Run, cube: Cube, active: ChartKey, others: readonly ChartKey[]): Promise<number[]> => {
  const times: number[] = [];
  for (const { from, to } of brushesOver(cube.codes.length - 1, plainRounds))
    await timed(times, () => askPlain(query, active, cube.codes.slice(from, to + 1), others));
  return times;
};

async function* benchAt(n: number, query: Run, run: Run): AsyncGenerator<BenchResult> {
  const rounds = roundsOf(n);
  const context = contextOf(query);
  const question = { division: null, period: 'all' as const, at: null, filters: [] };
  const [builds, reads, brushes, plains]: [number[], number[], number[], number[]] = [[], [], [], []];
  for (const active of chartKeys) {
    const others = chartKeys.filter((key) => key !== active);
    const ask = { metric: 'event.reported', active, others, question };
    let cube = await buildCube(context, ask);
    const own: number[] = [];
    for (let round = 0; round < rounds; round += 1) cube = await timed(own, () => buildCube(context, ask));
    const indices = await timed(reads, () => cube.charts.map((chart) => buildBrushIndex(cube, chart)));
    brushes.push(...brushTimes(indices, cube.codes.length));
    plains.push(...(await plainTimes(query, cube, active, others)));
    builds.push(...own);
    yield resultOf(`${n}: index over ${active}`, own, 'ms');
    if (active === 'day') yield* benchMosaic(n, run, percentile(own, 0.5));
  }
  yield resultOf(`${n}: index over any of six charts`, builds, 'ms');
  yield resultOf(`${n}: running sums made of the index`, reads, 'ms');
  const against = 'DuckDB GROUP BY for each brush';
  const ratio = Math.round((percentile(plains, 0.5) * 1000) / percentile(brushes, 0.5));
  yield { ...resultOf(`${n}: one brush, five charts`, brushes, 'µs'), ratio, against };
  yield resultOf(`${n}: one brush, five charts, ${against}`, plains, 'ms');
}

/** Mosaic's pre-aggregation over the same narrow columns: first touch, then brushes. */
async function* benchMosaic(n: number, run: Run, ours: number): AsyncGenerator<BenchResult> {
  const [touches, brushes]: [number[], number[]] = [[], []];
  const others = ['reported_hour', ...codedColumns.map((list) => `${list}_no`)];
  const [low] = await run('select min(reported_no)::double as low from event');
  const first = Number(low?.low ?? 0);
  for (let round = 0; round < roundsOf(n); round += 1) {
    await run('drop schema if exists mosaic cascade');
    const charts = await linkedCharts(run, 'reported_no', others, first);
    await timed(touches, () => charts.brush(first + 10, first + 20));
    for (const { from, to } of brushesOver(364, 10)) await timed(brushes, () => charts.brush(first + from, first + to));
    charts.clear();
  }
  const ready = resultOf(`${n}: Mosaic pre-aggregation over day, ready`, touches, 'ms');
  yield { ...ready, ratio: Number((percentile(touches, 0.5) / ours).toFixed(1)), against: 'index over day' };
  yield resultOf(`${n}: one brush, five charts, Mosaic`, brushes, 'ms');
}

/** The index behind a brush over six linked charts: how soon it is there, and what a brush then costs. */
export const bench: Bench = async function* () {
  for (const n of readEnv().GRIDHALL_BENCH_EVENTS) {
    const folder = mkdtempSync(join(tmpdir(), 'gridhall-bench-'));
    const duck = await openDuck({ file: join(folder, 'brush.duckdb'), queryMs: 600_000 });
    const { run, close } = await duck.connect();
    try {
      await makeFacts(run, n);
      yield* benchAt(n, duck.query, run);
    } finally {
      close();
      duck.close();
      rmSync(folder, { recursive: true, force: true });
    }
  }
};
