import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrushIndex, buildBrushIndex, readBrush } from '@/data/model/brush-index';
import { buildCube } from '../metric/cube';
import { openDuck, type Run } from '../metric/duck';
import { benchDrawn } from './brushed/drawn';
import { type ChartKey, charts, contextOf, makeFacts, makeRoll } from './brushed/facts';
import { linkedCharts } from './brushed/mosaic';
import { openNarrow } from './brushed/postgres';
import { sizesThatFit } from './brushed/room';
import { against, type Bench, type BenchResult, resultOf as resultIn, timed } from './result';

/** How often each index is built. */
const roundsOf = (n: number): number => (n > 2_000_000 ? 5 : 10);
const brushRounds = 2_000;
const plainRounds = 2;

const resultOf = (name: string, times: readonly number[]) => resultIn('brush', name, times);

const chartKeys = (Object.keys(charts) as ChartKey[]).filter((key) => key !== 'grid');
/** What follows a chart: the other five and the map by grid; by category, which grids may not tell, by community alone. */
const othersOf = (active: ChartKey) =>
  (Object.keys(charts) as ChartKey[]).filter((key) => key !== active && !(active === 'categoryL1' && key === 'grid'));

/** Brushes over `n` bins, the same every time. */
const brushesOver = (n: number, count: number): { from: number; to: number }[] =>
  Array.from({ length: count }, (_, i) => {
    const [a, b] = [(i * 7919) % (n + 1), (i * 104_729 + 13) % (n + 1)];
    return { from: Math.min(a, b), to: Math.max(a, b) };
  });

/** Milliseconds for all linked charts of one brush. */
const brushTimes = (indices: readonly BrushIndex[], nBins: number): number[] => {
  const outs = indices.map(({ n }) => new Float64Array(n));
  return brushesOver(nBins, brushRounds).map((brush) => {
    const started = performance.now();
    indices.forEach((index, i) => {
      readBrush(index, brush, outs[i]);
    });
    return performance.now() - started;
  });
};

/** First and last small number of a chart's bins. */
const boundsOf = async (run: Run, active: ChartKey) => {
  const column = charts[active];
  const [row] = await run(`select min(${column})::double as low, max(${column})::double as high from event`);
  return { low: Number(row?.low ?? 0), high: Number(row?.high ?? 0) };
};

/** The same brush without an index: each linked chart grouped anew over the rows whose bin lies in it. */
const plainTimes = async (ask: (sql: string) => Promise<unknown>, active: ChartKey, low: number, high: number) => {
  const times: number[] = [];
  for (const { from, to } of brushesOver(high - low, plainRounds))
    await timed(times, async () => {
      const range = `${charts[active]} between ${low + from} and ${low + to}`;
      for (const other of othersOf(active))
        await ask(`select ${charts[other]} as code, count(*) as n from event where ${range} group by 1`);
    });
  return times;
};

/** Mosaic's pre-aggregation over the same narrow columns: first touch, then brushes. */
const touchMosaic = async (run: Run, active: ChartKey, touches: number[], brushes: number[]): Promise<void> => {
  const { low, high } = await boundsOf(run, active);
  await run('drop schema if exists mosaic cascade');
  const linked = await linkedCharts(
    run,
    { active: charts[active], low, high },
    othersOf(active).map((key) => charts[key]),
  );
  await timed(touches, () => linked.brush(low, high - 1));
  for (const { from, to } of brushesOver(high - low, 5)) await timed(brushes, () => linked.brush(low + from, low + to));
  linked.clear();
};

type Times = Record<'own' | 'prefix' | 'brush' | 'plain' | 'mosaic' | 'mosaicBrush', number[]>;
const noTimes = (): Times => ({ own: [], prefix: [], brush: [], plain: [], mosaic: [], mosaicBrush: [] });

type Place = { n: number; run: Run; context: ReturnType<typeof contextOf> };

/** One chart touched again and again, its index and Mosaic's by turns. */
const touch = async ({ n, run, context }: Place, active: ChartKey): Promise<Times> => {
  const times = noTimes();
  const question = { division: null, period: 'all' as const, at: null, filters: [] };
  const ask = { metric: 'event.reported', active, others: othersOf(active), question };
  let cube = await buildCube(context, ask);
  for (let round = 0; round < roundsOf(n); round += 1) {
    cube = await timed(times.own, () => buildCube(context, ask));
    await touchMosaic(run, active, times.mosaic, times.mosaicBrush);
  }
  const indices = await timed(times.prefix, () => cube.charts.map((chart) => buildBrushIndex(cube, chart)));
  times.brush.push(...brushTimes(indices, cube.codes.length));
  const { low, high } = await boundsOf(run, active);
  times.plain.push(...(await plainTimes(run, active, low, high)));
  return times;
};

/** Lines of one touched chart, or of all. */
function* linesOf(n: number, name: string, times: Times): Generator<BenchResult> {
  yield resultOf(`${n}: index over ${name}`, times.own);
  yield against(resultOf(`${n}: Mosaic pre-aggregation over ${name}, ready`, times.mosaic), times.own, 'index');
}

async function* benchAt(place: Place, folder: string): AsyncGenerator<BenchResult> {
  const { n, run } = place;
  const all = noTimes();
  for (const active of chartKeys) {
    const times = await touch(place, active);
    yield* linesOf(n, active, times);
    for (const key of Object.keys(all) as (keyof Times)[]) all[key].push(...times[key]);
  }
  yield* linesOf(n, 'any of six charts', all);
  yield resultOf(`${n}: running sums made of the index`, all.prefix);
  const brush = 'one brush, five charts and the map';
  yield resultOf(`${n}: ${brush}`, all.brush);
  yield against(resultOf(`${n}: ${brush}, Mosaic`, all.mosaicBrush), all.brush, 'running sums');
  yield against(resultOf(`${n}: ${brush}, DuckDB GROUP BY`, all.plain), all.brush, 'running sums');
  const narrow = await openNarrow(run, folder, Object.values(charts), charts.day);
  const { low, high } = await boundsOf(run, 'day');
  const times = await plainTimes((sql) => narrow.sql.unsafe(sql), 'day', low, high);
  await narrow.close();
  const name = `${n}: ${brush}, PostgreSQL GROUP BY over day, narrow table indexed by day`;
  yield against(resultOf(name, times), all.brush, 'running sums');
}

/** The index behind a brush over six linked charts and the map: how soon it is there, what a brush costs, and its frames. */
export const bench: Bench = async function* () {
  for await (const n of sizesThatFit()) {
    const folder = mkdtempSync(join(tmpdir(), 'gridhall-bench-'));
    const duck = await openDuck({ file: join(folder, 'brush.duckdb'), queryMs: 600_000 });
    const { run, close } = await duck.connect();
    try {
      await makeFacts(run, n);
      yield resultOf(`${n}: roll-up of all events made at load`, [await makeRoll(run)]);
      yield* benchAt({ n, run, context: contextOf(duck) }, folder);
    } finally {
      close();
      duck.close();
      rmSync(folder, { recursive: true, force: true });
    }
  }
  yield* benchDrawn();
};
