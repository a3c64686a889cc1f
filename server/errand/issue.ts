import { and, asc, eq, like, sql } from 'drizzle-orm';
import type { ErrandIssue, ErrandKind } from '@/data/model/errand';
import { groupBy } from '@/data/model/group';
import { Problem } from '@/data/model/problem';
import type { Scope } from '@/data/model/scope';
import type { Connection, Executor } from '../db/client';
import { clockNow } from '../db/clock';
import { insertRows } from '../db/insert-rows';
import { division } from '../db/schema';
import { appendChanges } from '../live/append';
import { inspectorOf } from './rules';
import { errand, errand_batch, errand_move } from './table';

type Found = {
  subject: string;
  name: string;
  category: string | null;
  address: string;
  subdistrict: string | null;
  community: string | null;
  grid: string;
};

/** What each kind looks at, longest unseen first; of events what closed in the last 30 days and was never inspected. */
const things: Record<ErrandKind, string> = {
  patrol: `select 'building:' || code as subject, name, null as category, address, subdistrict_code, community_code, grid_code,
      code as turn from building where valid_to is null`,
  inspect: `select 'event:' || id, number, category_code, address, subdistrict_code, community_code, grid_code,
      md5(id) from event where status in ('S61', 'S62', 'S70') and closed_at > now() - interval '30 days'
        and not exists (select from errand where subject = 'event:' || id and void_at is null)`,
};

/** Things of an area by grid, at most so many of each; what waits to be looked at already is left out. */
const findThings = async (tx: Executor, { kind, perGrid }: ErrandIssue, path: string): Promise<Found[]> => [
  ...(await tx.execute<Found>(sql`
    with thing (subject, name, category, address, subdistrict, community, grid, turn) as (${sql.raw(things[kind])}),
    seen as (
      select subject, max(finished_at) as at, bool_or(finished_at is null and void_at is null) as waits
      from errand where kind = ${kind} group by subject
    ),
    ranked as (
      select t.*, row_number() over (partition by t.grid order by s.at nulls first, t.turn, t.subject) as n
      from thing t
      left join seen s using (subject)
      where s.waits is not true
        and t.grid in (select code from division where starts_with(path, ${path}))
    )
    select subject, name, category, address, subdistrict, community, grid
    from ranked where n <= ${perGrid} order by grid, n`)),
];

/** Hands what a grid handled to another of its community; what has no other grid beside it is left out. */
const toOthers = async (tx: Executor, found: readonly Found[]): Promise<Found[]> => {
  const rows = await tx
    .select({ grid: division.code, community: division.parent_code })
    .from(division)
    .where(eq(division.level, 6))
    .orderBy(asc(division.code));
  const gridsOf = groupBy(rows, ({ community }) => community);
  return found.flatMap((one) => {
    const grid = inspectorOf(
      one.grid,
      (gridsOf.get(one.community) ?? []).map((row) => row.grid),
    );
    return grid === null ? [] : [{ ...one, grid }];
  });
};

/** Issues errands of one kind to the grids of an area (下派任务), once for an id. `invalid` where there is nothing to look at. */
export const issueErrands = async ({ db }: Connection, scope: Scope, issue: ErrandIssue): Promise<void> =>
  db.transaction(async (tx) => {
    const [place] = await tx.select().from(division).where(eq(division.code, issue.division));
    if (!place?.path.startsWith(scope.path))
      throw new Problem('not_found', `No division ${issue.division} in your territory.`, { code: issue.division });
    const at = await clockNow(tx);
    const dueAt = new Date(issue.dueAt);
    if (dueAt <= at) throw new Problem('invalid', 'A limit lies ahead.', { field: 'dueAt' });
    // two batches of a kind at once would both find the same things
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`errand/${issue.kind}`}, 0))`);
    const batch = {
      ...{ id: issue.id, kind: issue.kind, division_code: place.code, path: place.path, per_grid: issue.perGrid },
      ...{ note: issue.note, issued_at: at, due_at: dueAt, actor_id: scope.actorId, actor_role: scope.role },
    };
    const written = await tx.insert(errand_batch).values(batch).onConflictDoNothing().returning();
    if (written.length === 0) return;
    const found = await findThings(tx, issue, place.path);
    const given = issue.kind === 'inspect' ? await toOthers(tx, found) : found;
    if (given.length === 0)
      throw new Problem('invalid', `Nothing to look at in ${issue.division}.`, { field: 'division' });
    const ids = given.map((_, i) => `${issue.id}-${i + 1}`);
    await tx.execute(
      insertRows(
        errand,
        given.map(({ subdistrict, community, grid, category, ...thing }, i) => ({
          ...{ id: ids[i] ?? '', version: 1, batch_id: issue.id, kind: issue.kind, ...thing, category_code: category },
          ...{
            subdistrict_code: subdistrict,
            community_code: community,
            grid_code: grid,
            issued_at: at,
            due_at: dueAt,
          },
          answer: '',
        })),
      ),
    );
    const step = { seq: 1, step: 'issue' as const, at, actor_id: scope.actorId, actor_role: scope.role, note: '' };
    await tx.execute(
      insertRows(
        errand_move,
        ids.map((id) => ({ errand_id: id, recorded_at: at, ...step })),
      ),
    );
    const paths = new Map(
      (await tx.select({ code: division.code, path: division.path }).from(division).where(eq(division.level, 6))).map(
        ({ code, path }) => [code, path],
      ),
    );
    await appendChanges(
      tx,
      given.map(({ grid }, i) => ({
        ...{ kind: 'errand' as const, id: ids[i] ?? '', op: 'put' as const, version: 1 },
        path: paths.get(grid) ?? place.path,
      })),
    );
  });

/** Takes back what was not finished of a batch (收回任务); finished errands stay counted. */
export const voidErrands = async ({ db }: Connection, scope: Scope, id: string): Promise<void> =>
  db.transaction(async (tx) => {
    const at = await clockNow(tx);
    const [batch] = await tx
      .update(errand_batch)
      .set({ void_at: sql`coalesce(${errand_batch.void_at}, ${at.toISOString()}::timestamptz)` })
      .where(and(eq(errand_batch.id, id), like(errand_batch.path, `${scope.path}%`)))
      .returning({ path: errand_batch.path });
    if (!batch) throw new Problem('not_found', `No batch ${id} in your territory.`, { id });
    const ended = await tx
      .update(errand)
      .set({ void_at: at, version: sql`${errand.version} + 1` })
      .where(and(eq(errand.batch_id, id), sql`finished_at is null and void_at is null`))
      .returning({ id: errand.id, version: errand.version, grid: errand.grid_code });
    if (ended.length === 0) return;
    await tx.insert(errand_move).values(
      ended.map((one) => ({
        ...{ errand_id: one.id, seq: one.version, step: 'void' as const, at },
        ...{ actor_id: scope.actorId, actor_role: scope.role },
      })),
    );
    await appendChanges(
      tx,
      ended.map((one) => ({ kind: 'errand', id: one.id, op: 'put', version: one.version, path: batch.path })),
    );
  });
