import { eq, type SQL, sql } from 'drizzle-orm';
import { noCode } from '@/data/metrics/dimensions';
import { eventStatuses, stageOf } from '@/data/model/event';
import { Problem } from '@/data/model/problem';
import type { Scope } from '@/data/model/scope';
import type { Clause, FilterField, Period, Question } from '@/data/model/view';
import type { Executor } from '../db/client';
import { division } from '../db/schema';
import { readInstallation } from '../dictionary/store';
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
    'id, version, number, title, description, category_code, category_l1, level, source_code, address, building_code',
    'lng, lat, subdistrict_code, community_code, grid_code, block_code, reported_at, handle_due_at',
  ]
    .join(', ')
    .split(', ')
    .map((column) => `r.${column}`)
    .join(', '),
);

/**
 * Events as they stood at an instant, aliased `e`: status, department and closing as the history knew them then.
 * Null = as they stand now. `isOpenOnly` lets the database skip those closed before.
 */
export const imageSource = (at: Date | null, isOpenOnly = false): SQL => {
  if (at === null) return sql`event e`;
  const instant = sql`${at.toISOString()}::timestamptz`;
  return sql`(
    select ${sourceColumns}, t.to_status as status, t.at as status_at,
      case when r.closed_at <= ${instant} then r.closed_at end as closed_at,
      (select d.department_code from event_transition d
        where d.event_id = r.id and d.at <= ${instant} and d.department_code is not null
        order by d.seq desc limit 1) as department_code
    from event r join lateral (
      select to_status, at from event_transition h
      where h.event_id = r.id and h.at <= ${instant} order by h.seq desc limit 1
    ) t on true
    where r.reported_at <= ${instant}
      ${isOpenOnly ? sql`and (r.closed_at is null or r.closed_at > ${instant})` : sql``}
  ) e`;
};

const clauseColumns: Partial<Record<FilterField, SQL>> & { status: SQL } = {
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

const placeColumns: Record<number, SQL> = {
  4: sql`e.subdistrict_code`,
  5: sql`e.community_code`,
  6: sql`e.grid_code`,
};

/** Rows of a division that must lie in the caller's territory; `not_allowed` otherwise. */
export const territoryCondition = async (db: Executor, scope: Scope, code: string | null): Promise<SQL> => {
  const wanted = code ?? scope.division;
  const [node] = await db
    .select({ path: division.path, level: division.level })
    .from(division)
    .where(eq(division.code, wanted));
  if (!node?.path.startsWith(scope.path))
    throw new Problem('not_allowed', `Division ${wanted} lies outside your territory.`, { division: wanted });
  const column = placeColumns[node.level];
  if (column) return sql`${column} = ${wanted}`;
  const { rootPath } = await readInstallation(db);
  if (rootPath.startsWith(node.path)) return sql`true`;
  const codes = sql`select code from division where starts_with(path, ${node.path})`;
  return sql`coalesce(e.grid_code, e.community_code, e.subdistrict_code) in (${codes})`;
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
