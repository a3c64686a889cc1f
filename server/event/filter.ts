import { eq, type SQL, sql } from 'drizzle-orm';
import { noCode } from '@/data/metrics/dimensions';
import { divisionLevels } from '@/data/model/division';
import { eventStatuses, stageOf } from '@/data/model/event';
import { Problem } from '@/data/model/problem';
import type { Scope } from '@/data/model/scope';
import type { Clause, FilterField, Known, Period, Question } from '@/data/model/view';
import type { Executor } from '../db/client';
import { division } from '../db/schema';
import { readInstallation } from '../dictionary/store';
import { pausedAfter } from '../metric/paused';
import { intervalOf } from '../metric/period';
import { closedStatuses } from './rules';

const closedList = sql.join(
  closedStatuses.map((status) => sql`${status}`),
  sql`, `,
);

/** Not closed at the clock; over the columns of `imageSource`. */
export const isOpen = sql`e.status not in (${closedList})`;

const sourceColumns = sql.raw(
  [
    'id, version, number, title, description, source_code, address, building_code, lng, lat, subdistrict_code',
    'community_code, grid_code, block_code, reported_at',
  ]
    .join(', ')
    .split(', ')
    .map((column) => `r.${column}`)
    .join(', '),
);

/** Where the clock stands and which record it is read by; `at` null = live. */
export type Moment = { at: Date | null; known: Known };

export const live: Moment = { at: null, known: 'now' };

/** Instant from which a row of the history counts: when it happened, or when it was recorded too. */
const clockOf = (known: Known, alias: string): SQL =>
  sql.raw(known === 'now' ? `${alias}.at` : `greatest(${alias}.at, ${alias}.recorded_at)`);

/** Status of an event without a history: by the last instant it reached. */
const reachedStatus = (instant: SQL): SQL => sql`case when r.status_at <= ${instant} or r.closed_at <= ${instant}
  then r.status when r.handled_at <= ${instant} then 'S50' when r.signed_at <= ${instant} then 'S40'
  when r.dispatched_at <= ${instant} then 'S31' when r.registered_at <= ${instant} then 'S30'
  when r.accepted_at <= ${instant} then 'S20' else 'S10' end`;

/** Limit without the minutes that pauses added after the instant. */
const dueAt = (instant: SQL, known: Known): SQL => sql`case when r.paused_minutes = 0 then r.handle_due_at
  else r.handle_due_at - make_interval(mins => ${pausedAfter(instant, clockOf(known, 'n'))}) end`;

/** Minutes that pauses had taken by the instant. */
const pausedBy = (instant: SQL, known: Known): SQL => sql`case when r.paused_minutes = 0 then 0
  else r.paused_minutes - ${pausedAfter(instant, clockOf(known, 'n'))} end`;

/** What the event was filed as: by the last correction up to the instant, else as before the first one. */
const filedAs = (column: string, instant: SQL, known: Known): SQL => {
  const [to, from, own] = [
    `c.to_${column}`,
    `c.from_${column}`,
    `r.${column === 'category' ? 'category_code' : column}`,
  ];
  return sql`coalesce(
    (select ${sql.raw(to)} from event_correction c where c.event_id = r.id and ${clockOf(known, 'c')} <= ${instant}
      order by c.seq desc limit 1),
    (select ${sql.raw(from)} from event_correction c where c.event_id = r.id order by c.seq limit 1),
    ${sql.raw(own)})`;
};

/**
 * Events as they stood at an instant, aliased `e`: status, department, limit, closing and words as the history had them
 * then. Live = as they stand now. `isOpenOnly` lets the database skip those closed before.
 */
export const imageSource = ({ at, known }: Moment, isOpenOnly = false): SQL => {
  if (at === null) return sql`event e`;
  const instant = sql`${at.toISOString()}::timestamptz`;
  return sql`(
    select ${sourceColumns}, ${filedAs('category', instant, known)} as category_code,
      ${filedAs('category_l1', instant, known)} as category_l1, ${filedAs('level', instant, known)} as level,
      coalesce(t.to_status, ${reachedStatus(instant)}) as status,
      coalesce(t.at, case when r.status_at <= ${instant} then r.status_at else r.reported_at end) as status_at,
      case when coalesce(t.to_status, r.status) in (${closedList}) and r.closed_at <= ${instant} then r.closed_at end
        as closed_at,
      ${dueAt(instant, known)} as handle_due_at, ${pausedBy(instant, known)} as paused_minutes,
      case when t.to_status is null then r.department_code else (
        select d.department_code from event_transition d
        where d.event_id = r.id and ${clockOf(known, 'd')} <= ${instant} and d.department_code is not null
        order by d.seq desc limit 1) end as department_code
    from event r left join lateral (
      select h.to_status, h.at from event_transition h
      where h.event_id = r.id and ${clockOf(known, 'h')} <= ${instant} order by h.seq desc limit 1
    ) t on true
    where r.reported_at <= ${instant}
      and (t.to_status is not null or not exists (select from event_transition a where a.event_id = r.id))
      ${isOpenOnly ? sql`and (r.closed_at is null or greatest(r.closed_at, r.recorded_at) > ${instant})` : sql``}
  ) e`;
};

const localHour = sql`to_char(
  e.reported_at at time zone (select value ->> 'timeZone' from setting where key = 'installation'), 'HH24')`;

const clauseColumns: Partial<Record<FilterField, SQL>> & { status: SQL } = {
  subdistrict: sql`coalesce(e.subdistrict_code, ${noCode})`,
  community: sql`coalesce(e.community_code, ${noCode})`,
  hourOfDay: localHour,
  category: sql`e.category_code`,
  categoryL1: sql`e.category_l1`,
  level: sql`e.level::text`,
  source: sql`e.source_code`,
  department: sql`coalesce(e.department_code, ${noCode})`,
  status: sql`e.status`,
};

const inList = (column: SQL, values: readonly string[]): SQL =>
  values.length === 0
    ? sql`false`
    : sql`${column} in (${sql.join(
        values.map((value) => sql`${value}`),
        sql`, `,
      )})`;

/** One clause as a condition; a clause without values, or on what events do not carry, filters nothing. */
export const clauseCondition = ({ field, values }: Pick<Clause, 'field' | 'values'>): SQL => {
  if (values.length === 0) return sql`true`;
  const column = clauseColumns[field];
  if (column) return inList(column, values);
  if (field !== 'stage') return sql`true`;
  return inList(
    clauseColumns.status,
    eventStatuses.filter((status) => values.includes(stageOf[status])),
  );
};

/** Where a record says that it lies, by level of the tree. */
const placeColumns = { 4: 'subdistrict_code', 5: 'community_code', 6: 'grid_code' } as const;
type Placed = { [column in (typeof placeColumns)[keyof typeof placeColumns]]: string | null };

const placeColumn = (level: number) => placeColumns[level as keyof typeof placeColumns] ?? null;

const readNode = async (db: Executor, code: string) => {
  const [node] = await db
    .select({ path: division.path, level: division.level })
    .from(division)
    .where(eq(division.code, code));
  return node;
};

/** The caller's own division, as the scope knows it. */
const ownNode = ({ path, level }: Scope) => ({ path, level: divisionLevels.indexOf(level) + 1 });

/** Rows of a division that must lie in the caller's territory; `not_allowed` otherwise. */
export const territoryCondition = async (db: Executor, scope: Scope, code: string | null): Promise<SQL> => {
  const wanted = code ?? scope.division;
  const node = wanted === scope.division ? ownNode(scope) : await readNode(db, wanted);
  if (!node?.path.startsWith(scope.path))
    throw new Problem('not_allowed', `Division ${wanted} lies outside your territory.`, { division: wanted });
  const column = placeColumn(node.level);
  if (column) return sql`e.${sql.raw(column)} = ${wanted}`;
  const { rootPath } = await readInstallation(db);
  if (rootPath.startsWith(node.path)) return sql`true`;
  const codes = sql`select code from division where starts_with(path, ${node.path})`;
  return sql`coalesce(e.grid_code, e.community_code, e.subdistrict_code) in (${codes})`;
};

/** The caller's own territory, told by a record alone; null where that takes the tree. */
export const territoryTest = async (db: Executor, scope: Scope): Promise<((placed: Placed) => boolean) | null> => {
  const column = placeColumn(ownNode(scope).level);
  if (column) return (placed) => placed[column] === scope.division;
  return (await readInstallation(db)).rootPath.startsWith(scope.path) ? () => true : null;
};

/** Reported in the period that ends at the clock, as metrics count it; null = live, to the newest. */
export const periodCondition = (period: Period, at: Date | null, timeZone: string): SQL => {
  const { from } = intervalOf(period, at ?? new Date(), timeZone);
  const until = at === null ? sql`true` : sql`e.reported_at < ${at.toISOString()}::timestamptz`;
  return from === null ? until : sql`e.reported_at >= ${from.toISOString()}::timestamptz and ${until}`;
};

/** Territory and clauses of a question, without its period. */
export const questionCondition = async (db: Executor, scope: Scope, question: Question): Promise<SQL> =>
  sql.join(
    [await territoryCondition(db, scope, question.division), ...question.filters.map(clauseCondition)],
    sql` and `,
  );
