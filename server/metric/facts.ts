import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { given_back, stopped } from '@/data/dictionaries/event-transitions.json';
import { stageOf } from '@/data/model/event';
import { createRollSql } from './roll';
import { type SourceName, sources, typesOf } from './source';
import { localTimeSql, type ZoneChange } from './zone';

/** Fact tables in the order they are built: later ones join earlier ones. */
export const factNames = [
  'division',
  'cell',
  'root_cell',
  'event',
  'event_span',
  'event_label',
  'event_place',
  'source_origin',
  'building',
  'dwelling',
  'person',
  'household',
  'entity',
  'vehicle',
  'asset',
  'worker',
  'duty',
  'alert',
  'weather_station',
  'weather_hour',
  'beach',
  'beach_hour',
  'ticket',
  'whistle',
  'care',
  'visit',
  'call',
  'errand',
  'volunteer',
  'volunteer_turn',
  'doubt',
  'link',
] as const;
export type FactName = (typeof factNames)[number];

/** The one query that makes a fact's rows out of the staged ones. */
export const factSql = (name: FactName): string =>
  readFileSync(join(process.cwd(), 'server/metric/facts', `${name}.sql`), 'utf8').trim();

/** What the rows of a long fact are sorted by at a load, so that a period is read from few of them. */
const sortedBy: Partial<Record<FactName, string>> = {
  event: 'reported_at',
  event_span: 'to_at',
  weather_hour: 'starts_at',
  beach_hour: 'counted_at',
};

/** `factSql` in the order of a load. */
export const sortedFactSql = (name: FactName): string => {
  const column = sortedBy[name];
  return column ? `${factSql(name)} order by ${column}` : factSql(name);
};

/** Numbers the codes of the staged rows that have none; a number once given stays. */
export const numberCodesSql = (): string =>
  `insert into code ${readFileSync(join(process.cwd(), 'server/metric/facts/code.sql'), 'utf8').trim()}`;

/** Creates an empty staging table of the connection. */
export const stageSql = (name: SourceName): string => {
  const columns = Object.entries(typesOf(name)).map(([key, type]) => `${key} ${type}`);
  return `create or replace temp table stage_${name} (${columns.join(', ')})`;
};

/** Tables and macros the fact queries use: status → stage, local time of the zone. */
export const frameSql = (zone: readonly ZoneChange[]): string[] => [
  'create or replace table status_stage (status varchar, stage varchar, is_paused boolean, is_given_back boolean)',
  `insert into status_stage values ${Object.entries(stageOf)
    .map(([status, stage]) => `('${status}', '${stage}', ${stopped.includes(status)}, ${given_back.includes(status)})`)
    .join(', ')}`,
  localTimeSql(zone),
  'create or replace macro day_of(local) as local::date',
  'create or replace macro month_of(local) as ((year(local) - 1970) * 12 + month(local) - 1)::smallint',
  'create or replace macro hour_of(local) as hour(local)::utinyint',
  "create or replace macro day_no(local) as datediff('day', date '2000-01-01', local::date)::smallint",
  ...['day', 'month', 'hour'].map((unit) => `create or replace macro local_${unit}(t) as ${unit}_of(local_time(t))`),
  'create or replace table code (list varchar, code varchar, n smallint)',
];

/** The cell a row stands in: that of its finest division, else the root's. Made once `root_cell` is there. */
export const cellOfSql = `create or replace macro cell_of(grid_code, community_code, subdistrict_code) as coalesce(
    (select min(k.code) from cell k where k.code = coalesce(grid_code, community_code, subdistrict_code)),
    (select r.code from root_cell r))`;

/** Changes with every change of what a replica file holds. */
export const factsRevision = (): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        sources,
        frameSql([]),
        cellOfSql,
        numberCodesSql(),
        factNames.map(sortedFactSql),
        createRollSql(),
      ]),
    )
    .digest('hex')
    .slice(0, 16);
