import { and, asc, eq, lte, type SQL, sql } from 'drizzle-orm';
import { groupBy } from '@/data/model/group';
import { Problem } from '@/data/model/problem';
import type { Role, Scope } from '@/data/model/scope';
import {
  type DoubtRule,
  type DoubtState,
  doubtRules,
  fieldOf,
  type QualityField,
  qualityFields,
  type RuleFigures,
  type VerifyBatch,
  type VerifyCard,
  type VerifyFigures,
  type VisitResult,
  visitResults,
} from '@/data/model/verify';
import type { Connection, Executor } from '../db/client';
import { verify_batch, verify_chunk } from './table';

type BatchRow = typeof verify_batch.$inferSelect;
type Chunk = typeof verify_chunk.$inferSelect;

const mostListed = 200;

/** Instant a question stands at; null = now. */
const clockSql = (at: Date | null): SQL => (at ? sql`${at.toISOString()}::timestamptz` : sql`now()`);

/** Doubtful records of some batches as they stood at an instant: one row each, its state told by its last visit by then. */
const stoodSql = (ids: readonly string[], at: Date | null): SQL => sql`
  select d.batch_id, d.rule, case
    when d.sent_at is null or d.sent_at > ${clockSql(at)} then 'found'
    when d.visited_at <= ${clockSql(at)} then d.state
    else coalesce((select r.result from verify_result r where r.doubt_id = d.id and r.at <= ${clockSql(at)}
      order by r.seq desc limit 1), 'sent') end as state
  from doubt d
  where d.found_at <= ${clockSql(at)}
    and d.batch_id in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(ids)}::text::jsonb))`;

type Counted = { batch_id: string; rule: DoubtRule } & VerifyFigures;

const settled: readonly DoubtState[] = ['confirmed', 'changed', 'gone'];

/** Records that stand in one state, as all figures they count in. */
const figuresOf = (state: DoubtState, n: number): VerifyFigures => ({
  ...{ found: n, sent: state === 'found' ? 0 : n, waiting: state === 'sent' ? n : 0 },
  verified: settled.includes(state) ? n : 0,
  ...(Object.fromEntries(visitResults.map((result) => [result, result === state ? n : 0])) as Record<
    VisitResult,
    number
  >),
});

/** Counts by batch, rule and state. */
const countDoubts = async (db: Executor, ids: readonly string[], at: Date | null): Promise<Counted[]> => {
  const rows = await db.execute<{ batch_id: string; rule: DoubtRule; state: DoubtState }>(
    sql`select batch_id, rule, state from (${stoodSql(ids, at)}) stood`,
  );
  return [...groupBy(rows, (row) => [row.batch_id, row.rule, row.state].join(' ')).values()].flatMap((alike) => {
    const [first] = alike;
    if (!first) return [];
    return [{ batch_id: first.batch_id, rule: first.rule, ...figuresOf(first.state, alike.length) }];
  });
};

const figureNames = [
  ...(['found', 'sent', 'waiting', 'verified'] as const),
  ...(['confirmed', 'changed', 'unreachable', 'gone'] as const),
] as const;

const sumOf = (counted: readonly VerifyFigures[]): VerifyFigures =>
  Object.fromEntries(
    figureNames.map((name) => [name, counted.reduce((sum, each) => sum + each[name], 0)]),
  ) as VerifyFigures;

const stateOf = (row: BatchRow, chunks: readonly Chunk[], figures: VerifyFigures, at: Date | null) => {
  if (row.sent_at && (at === null || row.sent_at <= at)) return figures.verified === figures.sent ? 'done' : 'sent';
  if (chunks.filter(({ rule }) => rule !== null).length >= row.rules.length) return 'found';
  return chunks.at(-1)?.rule === null ? 'dead' : 'finding';
};

const toBatch = (row: BatchRow, chunks: readonly Chunk[], figures: VerifyFigures, at: Date | null): VerifyBatch => ({
  ...{ id: row.id, name: row.name, division: row.division_code, role: row.actor_role as Role },
  at: row.at.toISOString(),
  sentAt: row.sent_at && (at === null || row.sent_at <= at) ? row.sent_at.toISOString() : null,
  ...{ state: stateOf(row, chunks, figures, at), figures },
});

const readBatches = (db: Executor, scope: Scope, at: Date | null, id: string | null): Promise<BatchRow[]> =>
  db
    .select()
    .from(verify_batch)
    .where(
      and(
        sql`starts_with(${verify_batch.path}, ${scope.path})`,
        at ? lte(verify_batch.at, at) : undefined,
        id === null ? undefined : eq(verify_batch.id, id),
      ),
    )
    .orderBy(sql`${verify_batch.at} desc, ${verify_batch.id}`)
    .limit(mostListed);

const readChunks = (db: Executor, ids: readonly string[], at: Date | null): Promise<Chunk[]> =>
  db
    .select()
    .from(verify_chunk)
    .where(
      and(
        sql`${verify_chunk.batch_id} in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(ids)}::text::jsonb))`,
        at ? lte(verify_chunk.at, at) : undefined,
      ),
    )
    .orderBy(asc(verify_chunk.seq));

/** Batches over the caller's territory as they stood at the clock (null = now), the newest first. */
export const listBatches = async ({ db }: Connection, scope: Scope, at: Date | null): Promise<VerifyBatch[]> => {
  const rows = await readBatches(db, scope, at, null);
  const ids = rows.map(({ id }) => id);
  const [counted, chunks] = await Promise.all([countDoubts(db, ids, at), readChunks(db, ids, at)]);
  return rows.map((row) =>
    toBatch(
      row,
      chunks.filter(({ batch_id }) => batch_id === row.id),
      sumOf(counted.filter(({ batch_id }) => batch_id === row.id)),
      at,
    ),
  );
};

const inOrder = <T extends { rule: DoubtRule }>(rows: readonly T[]): T[] =>
  rows.toSorted((a, b) => doubtRules.indexOf(a.rule) - doubtRules.indexOf(b.rule));

/** Records a field was seen at: its rules look at the same ones, those of several kinds once each. */
const seenOf = (field: QualityField, chunks: readonly Chunk[]): number =>
  chunks.reduce((most, { rule, n_seen }) => (rule && fieldOf(rule) === field ? Math.max(most, n_seen) : most), 0);

/** One batch with what came of it by rule and what it gained by field; `not_found` outside the caller's territory. */
export const readBatch = async (db: Executor, scope: Scope, id: string, at: Date | null): Promise<VerifyCard> => {
  const [row] = await readBatches(db, scope, at, id);
  if (!row) throw new Problem('not_found', `No batch ${id} in your territory.`, { id });
  const [counted, chunks] = await Promise.all([countDoubts(db, [id], at), readChunks(db, [id], at)]);
  const run = chunks.filter(({ rule }) => rule !== null);
  const gain = qualityFields.flatMap((field) => {
    const own = sumOf(counted.filter(({ rule }) => fieldOf(rule) === field));
    const seen = seenOf(field, run);
    return seen === 0 ? [] : [{ field, seen, found: own.found, open: own.found - own.verified }];
  });
  const rules = run.flatMap(({ rule }): RuleFigures[] =>
    rule ? [{ rule, ...sumOf(counted.filter((each) => each.rule === rule)) }] : [],
  );
  return {
    ...toBatch(row, chunks, sumOf(counted), at),
    ...{ nRules: row.rules.length, nRun: run.length, gain },
    rules: inOrder(rules),
  };
};

/** What each rule found in all batches of the caller's territory, as it stood at the clock; rules without any too. */
export const readRules = async ({ db }: Connection, scope: Scope, at: Date | null): Promise<RuleFigures[]> => {
  const ids = (await readBatches(db, scope, at, null)).map(({ id }) => id);
  const counted = await countDoubts(db, ids, at);
  return doubtRules.map((rule) => ({ rule, ...sumOf(counted.filter((each) => each.rule === rule)) }));
};
