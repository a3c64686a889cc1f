import type { DimensionKey } from '@/data/metrics/dimensions';
import type { Executor } from '../../db/client';
import type { AskContext } from '../../metric/answer';
import type { Duck, Run } from '../../metric/duck';
import { frameSql } from '../../metric/facts';
import { createRollSql } from '../../metric/roll';
import { readZone } from '../../metric/zone';

const timeZone = 'Asia/Shanghai';
const place = { code: 'T', level: 'district', path: '/44/4403/T/' } as const;

/** Six linked charts and the map, and the small numbers each is drawn by. */
export const charts = {
  day: 'reported_no',
  hourOfDay: 'reported_hour',
  categoryL1: 'category_l1_no',
  level: 'level_no',
  community: 'community_no',
  source: 'source_no',
  grid: 'grid_no',
} as const satisfies Partial<Record<DimensionKey, string>>;
export type ChartKey = keyof typeof charts;

/** Lists whose codes stand as small numbers beside. */
const coded = 'category category_l1 level subdistrict community grid source department status stage'.split(' ');

const clocks = ['dispatched', 'handled', 'ended', 'due'];
const instants = ['status', 'accepted', 'registered', 'dispatched', 'signed', 'handled', 'ended', 'evaluated', 'due'];

/** Columns of the fact that no chart here is drawn by: one value each, which takes no room. */
const still = [
  `'district' as province, 'city' as city, 'T' as district, 'closed' as stage, 'S61' as status, 'XFJ' as department`,
  'true as is_valid, false as is_paused, 1.0 as handle_hours, false as has_history',
  '1::smallint as stage_no, 1::smallint as status_no, 1::smallint as department_no',
  ...['n_rework', 'n_return', 'n_extension', 'n_whistle'].map((name) => `0::smallint as ${name}`),
  ...instants.map((name) => `reported_at as ${name}_at`),
  ...clocks.map(
    (name) =>
      `reported_day as ${name}_day, 0::smallint as ${name}_month, reported_hour as ${name}_hour, reported_no as ${name}_no`,
  ),
  'reported_at as settled_at, reported_at as status_known_at, reported_at as settled_known_at',
].join(', ');

/** The same events every time: a year of them in order of time, 101 communities of ten grids, categories of uneven size. */
const eventsSql = (n: number): string => `create table event as
  with drawn as (
    select i, timestamptz '2025-01-01 00:00:00+08' + interval 1 second * (i * 31536000 // ${n}) as reported_at,
      hash(i * 8 + 1) % 1000 / 1000.0 as a, hash(i * 8 + 2) % 1000 / 1000.0 as b
    from range(${n}) r(i)
  ), numbered as (
    select i, reported_at, (100 * a * a)::smallint as community, (1 + 17 * b * b * b)::smallint as category_l1,
      (1 + hash(i * 8 + 3) % 4)::smallint as level_no, (1 + hash(i * 8 + 4) % 9)::smallint as source_no,
      (hash(i * 8 + 5) % 10)::smallint as grid
    from drawn
  ), placed as (
    select reported_at, local_day(reported_at) as reported_day, local_hour(reported_at) as reported_hour,
      local_month(reported_at) as reported_month,
      day_no(local_time(reported_at)) as reported_no, level_no, level_no::varchar as level, source_no, format('{:02d}', source_no) as source,
      category_l1 as category_l1_no, format('{:02d}', category_l1) as category_l1,
      category_l1 as category_no, format('{:02d}01', category_l1) as category,
      (1 + community // 10)::smallint as subdistrict_no, format('S{:02d}', community // 10) as subdistrict,
      (1 + community)::smallint as community_no, format('T{:03d}', community) as community,
      (1 + community * 10 + grid)::smallint as grid_no, format('T{:03d}{:02d}', community, grid) as grid, i
    from numbered
  )
  select i::varchar as id, *exclude (i), ${still} from placed`;

/** Fills a DuckDB with `n` events as a replica holds them. */
export const makeFacts = async (run: Run, n: number): Promise<void> => {
  await run(`set global TimeZone = '${timeZone}'`);
  await run(`set TimeZone = '${timeZone}'`);
  for (const statement of frameSql(await readZone(run))) await run(statement);
  await run(eventsSql(n));
  for (const list of coded) await run(`insert into code select distinct '${list}', ${list}, ${list}_no from event`);
  const history =
    'id as event_id, reported_at as from_at, reported_at as to_at, reported_at as known_from_at, reported_at as known_to_at';
  await run(`create table event_span as select ${history}, * from event limit 0`);
  await run(`create table event_label as select ${history}, category, category_l1, level from event limit 0`);
  const placed =
    'id as event_id, community, grid, null::varchar as block, reported_at as from_at, reported_at as to_at';
  await run(`create table event_place as select ${placed} from event limit 0`);
};

/** Milliseconds the roll-up of the facts takes to make. */
export const makeRoll = async (run: Run): Promise<number> => {
  const started = performance.now();
  for (const statement of createRollSql()) await run(statement);
  return performance.now() - started;
};

/** What the index is asked in: one district, no store behind it. */
export const contextOf = ({ query, snapshot }: Duck): AskContext => ({
  db: null as unknown as Executor,
  scope: { division: place.code, level: place.level, path: place.path, role: 'R2', screen: 'mid' },
  facts: {
    ...{ query, snapshot },
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
      divisions: new Map([[place.code, { ...place, parent: null, begunAt: null, endedAt: null }]]),
      firstAt: null,
    }),
    status: () => ({ watermark: '1', asOf: new Date('2026-01-01T00:00:00+08:00') }),
    sync: async () => {},
    doubt: () => {},
    loads: () => 1,
    close: () => {},
  },
});
