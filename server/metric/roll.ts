import { type ChartSql, type Cut, type Side, writeRows } from './narrow';
import { localDay, midnightOf } from './period';

/** Columns of an event beside its day that the roll-up counts together, the sets of few rows first. */
export const rollPairs: readonly (readonly [string, string?])[] = [
  ['level_no'],
  ['category_l1_no'],
  ['source_no'],
  ['subdistrict_no'],
  ['reported_hour'],
  ['community_no'],
  ['category_no'],
  ['grid_no'],
  ['level_no', 'source_no'],
  ['level_no', 'subdistrict_no'],
  ['level_no', 'category_l1_no'],
  ['level_no', 'reported_hour'],
  ['level_no', 'community_no'],
  ['source_no', 'subdistrict_no'],
  ['source_no', 'category_l1_no'],
  ['source_no', 'reported_hour'],
  ['source_no', 'community_no'],
  ['category_l1_no', 'subdistrict_no'],
  ['category_l1_no', 'reported_hour'],
  ['category_l1_no', 'community_no'],
  ['category_l1_no', 'category_no'],
  ['subdistrict_no', 'reported_hour'],
  ['subdistrict_no', 'community_no'],
  ['subdistrict_no', 'category_no'],
  ['subdistrict_no', 'grid_no'],
  ['community_no', 'reported_hour'],
  ['community_no', 'grid_no'],
  ['level_no', 'grid_no'],
  ['source_no', 'grid_no'],
  ['reported_hour', 'grid_no'],
];

/** The column a day stands in, of an event and of the roll-up. */
const rollDay = 'reported_no';

const columns = [rollDay, ...new Set(rollPairs.flat().filter((column) => column !== undefined))];

/** Rows changed since the roll-up was last sorted beyond which it is sorted anew. */
const maxChanged = 500_000;

/** The smallest part of the roll-up that tells all of the columns apart; null = none does. */
const rollOf = (asked: readonly string[]) => {
  const needed = asked.filter((column) => column !== rollDay);
  const pair = rollPairs.findIndex((each) => needed.every((column) => each.includes(column)));
  if (pair < 0) return null;
  const [a, b] = rollPairs[pair] ?? [];
  const nameOf = (column: string) => (column === rollDay ? 'day' : column === a ? 'a' : 'b');
  return { pair, isPair: b !== undefined, nameOf };
};

const dayNo = (date: string): number => Math.round((Date.parse(date) - Date.UTC(2000, 0, 1)) / 86_400_000);

type Ends = { from: Date | null; to: Date | null };

/** Whole days of an interval as conditions, and what of its last day is left; null = it does not begin with a day. */
const wholeDays = ({ from, to }: Ends, timeZone: string): { days: string[]; edge: Ends | null } | null => {
  const midnight = (at: Date) => midnightOf(localDay(at, timeZone), timeZone);
  if (from && midnight(from).getTime() !== from.getTime()) return null;
  const days = from ? [`day >= ${dayNo(localDay(from, timeZone))}`] : [];
  if (!to) return { days, edge: null };
  const start = midnight(to);
  return {
    days: [...days, `day < ${dayNo(localDay(to, timeZone))}`],
    edge: start < to ? { from: start, to } : null,
  };
};

type RollAsk = {
  /** Small numbers that are counted by. */
  columns: readonly string[];
  cuts: readonly Cut[];
  ends: Ends;
  timeZone: string;
};

/** Counts by small numbers under the names of the event's columns; a few changed ones stand twice, and add up. */
type Rolled = {
  sql: string;
  /** Rows are counted by the columns asked for and no other. */
  isGrouped: boolean;
  /** The rest of the interval, which is not in it. */
  edge: Ends | null;
};

/** All events reported in an interval as they stand now, from the roll-up. Null = the roll-up does not tell them. */
export const rolled = ({ columns: asked, cuts, ends, timeZone }: RollAsk): Rolled | null => {
  const roll = rollOf([...asked, ...cuts.map(({ column }) => column)]);
  const whole = wholeDays(ends, timeZone);
  if (!roll || !whole) return null;
  const where = [`pair = ${roll.pair}`, ...whole.days, ...cuts.map(({ column, sql }) => sql(roll.nameOf(column)))];
  const named = [...new Set(asked)].map((column) => `${roll.nameOf(column)} as ${column}, `).join('');
  return {
    sql: `select ${named}n from event_rolled where ${where.join(' and ')}`,
    isGrouped: !roll.isPair && asked.includes(rollDay) && asked.some((column) => column !== rollDay),
    edge: whole.edge,
  };
};

/** One chart from the roll-up, and what of its interval is not in it. Null = the roll-up does not tell the chart. */
export const rollRows = (
  chart: number,
  sides: readonly [Side, Side],
  ask: Omit<RollAsk, 'columns'>,
): { rows: ChartSql; edge: Ends | null } | null => {
  if (sides.some(({ label }) => label !== null)) return null;
  const [ga, gb] = [sides[0].group, sides[1].group];
  const roll = rolled({ ...ask, columns: [ga, gb] });
  if (!roll) return null;
  // rows that are groups already are not grouped again: the reader adds up those that stand twice
  const [n, group] = roll.isGrouped ? ['n', ''] : ['sum(n)', ' group by ga, gb'];
  const summed = `select ${ga} as ga, ${gb} as gb, ${n} as n from (${roll.sql})${group}`;
  return { rows: writeRows(chart, sides, summed), edge: roll.edge };
};

const summed = 'select pair, day, a, b, sum(n)::integer as n from event_rolled';

/** Creates the roll-up out of all events. Rows changed since stand apart, so that the others stay in order. */
export const createRollSql = (): string[] => [
  'create or replace table event_roll (pair utinyint, day smallint, a smallint, b smallint, n integer)',
  'create or replace table event_roll_change as from event_roll limit 0',
  'create or replace view event_rolled as select * from event_roll union all select * from event_roll_change',
  ...rollPairs.map(
    ([a, b = 'null'], pair) =>
      `insert into event_roll select ${pair}, ${rollDay}, ${a}, ${b}::smallint, count(*)::integer from event ` +
      'group by all order by 2',
  ),
];

/** Table of the connection that the events of a window stand in as they were. */
export const stageRollSql = (): string =>
  `create or replace temp table event_before as select rowid as row, ${columns.join(', ')} from event limit 0`;

/** Rows of the events of a window before they go. */
export const keepBeforeSql = (where: string): string =>
  `insert into event_before select rowid, ${columns.join(', ')} from event where ${where}`;

/** Takes what the events of a window were out of the roll-up and adds what they are: those that meet `where`. */
export const changeRollSql = (where: string): string => {
  const each = rollPairs.map(
    ([a, b = 'null'], pair) =>
      `select ${pair}, ${rollDay}, ${a}, ${b}::smallint, sum(sign)::integer from moved group by all having sum(sign) <> 0`,
  );
  return (
    `insert into event_roll_change with moved as materialized (select ${columns.join(', ')}, -1 as sign ` +
    `from event_before union all select ${columns.join(', ')}, 1 from event where ${where}) ${each.join(' union all ')}`
  );
};

/** True once the roll-up is to be sorted anew. */
export const isRollLooseSql = `select count(*) > ${maxChanged} as loose from event_roll_change`;

/** Sorts the roll-up with all that has changed in it. */
export const sortRollSql = (): string[] => [
  `create or replace table event_roll as ${summed} group by all having sum(n) <> 0 order by pair, day`,
  'delete from event_roll_change',
];
