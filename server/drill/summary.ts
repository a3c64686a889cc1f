import { sql } from 'drizzle-orm';
import { type DrillEvent, type DrillStep, type DrillSummary, drillSteps, summariseDrill } from '@/data/model/drill';
import type { EventLevel, EventStatus } from '@/data/model/event';
import type { Executor } from '../db/client';
import { isClosed } from '../event/rules';

type Row = {
  number: string;
  title: string;
  category_code: string;
  level: EventLevel;
  grid_code: string | null;
  status: EventStatus;
} & Record<`${'reported' | 'accepted' | 'dispatched' | 'signed' | 'handled' | 'closed'}_at`, string | null>;

/** Instants each step runs between. */
const between: Record<DrillStep, [from: keyof Row, to: keyof Row]> = {
  accept: ['reported_at', 'accepted_at'],
  dispatch: ['accepted_at', 'dispatched_at'],
  sign: ['dispatched_at', 'signed_at'],
  handle: ['signed_at', 'handled_at'],
  close: ['handled_at', 'closed_at'],
};

const secondsOf = (row: Row, step: DrillStep): number | null => {
  const [from, to] = between[step].map((column) => row[column]);
  if (!from || !to) return null;
  return Math.max(0, Math.round((Date.parse(String(to)) - Date.parse(String(from))) / 1_000));
};

const toEvent = (row: Row): DrillEvent => ({
  ...{ number: row.number, title: row.title, category: row.category_code, level: row.level, grid: row.grid_code },
  isClosed: isClosed(row.status),
  seconds: Object.fromEntries(drillSteps.map((step) => [step, secondsOf(row, step)])) as DrillEvent['seconds'],
});

/** What came of a drill, read from its schema; nothing happened where nobody entered it. */
export const summarise = async (tx: Executor, schema: string): Promise<DrillSummary> => {
  const there = await tx.execute(sql`select from pg_namespace where nspname = ${schema}`);
  if (there.length === 0) return summariseDrill([]);
  const rows = await tx.execute<Row>(sql`
    select number, title, category_code, level, grid_code, status, reported_at, accepted_at, dispatched_at, signed_at,
      handled_at, closed_at
    from ${sql.identifier(schema)}.event order by reported_at, id`);
  return summariseDrill([...rows].map(toEvent));
};
