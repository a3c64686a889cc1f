import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import { type DivisionLevel, divisionLevels } from '@/data/model/division';
import { type Drill, type DrillDraft, drillStateAt } from '@/data/model/drill';
import { Problem } from '@/data/model/problem';
import type { Role, Scope } from '@/data/model/scope';
import type { Connection, Executor } from '../db/client';
import { clockNow } from '../db/clock';
import { division } from '../db/schema';
import { putJobs } from '../job/store';
import { leaveStage, stageOf, stageSchema } from './stage';
import { summarise } from './summary';
import { drill } from './table';

export type StoredDrill = typeof drill.$inferSelect;

/** Kind of the job that ends a drill at its planned end. */
export const endJob = 'drill.end';

const stateAt = (row: StoredDrill, at: Date) =>
  drillStateAt({ startsAt: row.starts_at, endsAt: row.ends_at, endedAt: row.ended_at }, at);

const toDrill = (row: StoredDrill, at: Date): Drill => {
  const state = stateAt(row, at);
  return {
    ...{ id: row.id, name: row.name, division: row.division_code, goal: row.goal, role: row.actor_role as Role },
    startsAt: row.starts_at.toISOString(),
    endsAt: row.ends_at.toISOString(),
    openedAt: row.opened_at.toISOString(),
    endedAt: state === 'ended' ? (row.ended_at ?? row.ends_at).toISOString() : null,
    state,
    summary: state === 'ended' ? row.summary : null,
  };
};

/** Touches the caller's territory: lies in it, or holds it. */
const touches = ({ path }: Pick<Scope, 'path'>) =>
  sql`(starts_with(${drill.path}, ${path}) or starts_with(${path}, ${drill.path}))`;

const mostListed = 100;
const order = { running: 0, planned: 1, ended: 2 } as const;

/** Drills that touch the caller's territory and had been opened by an instant (null = now): running, to come, over. */
export const listDrills = async ({ db }: Connection, scope: Scope, at: Date | null): Promise<Drill[]> => {
  const clock = at ?? (await clockNow(db));
  const rows = await db
    .select()
    .from(drill)
    .where(and(touches(scope), sql`${drill.opened_at} <= ${clock.toISOString()}::timestamptz`))
    .orderBy(desc(drill.starts_at), drill.id)
    .limit(mostListed);
  return rows.map((row) => toDrill(row, clock)).toSorted((a, b) => order[a.state] - order[b.state]);
};

const readStored = async (db: Executor, scope: Scope, id: string): Promise<StoredDrill> => {
  const [row] = await db
    .select()
    .from(drill)
    .where(and(eq(drill.id, id), touches(scope)));
  if (!row) throw new Problem('not_found', `No drill ${id} in your territory.`, { id });
  return row;
};

/** One drill; `not_found` where it does not touch the caller's territory. */
export const readDrill = async (db: Executor, scope: Scope, id: string, at: Date | null): Promise<Drill> =>
  toDrill(await readStored(db, scope, id), at ?? (await clockNow(db)));

/** Opens a drill in the caller's territory, once for an id. */
export const openDrill = async ({ db }: Connection, scope: Scope, draft: DrillDraft): Promise<Drill> =>
  db.transaction(async (tx) => {
    const [place] = await tx.select({ path: division.path }).from(division).where(eq(division.code, draft.division));
    if (!place?.path.startsWith(scope.path))
      throw new Problem('not_found', `No division ${draft.division} in your territory.`, { code: draft.division });
    const now = await clockNow(tx);
    const startsAt = new Date(Math.max(Date.parse(draft.startsAt), now.getTime()));
    const endsAt = new Date(startsAt.getTime() + draft.minutes * 60_000);
    const { id, name, goal } = draft;
    await tx
      .insert(drill)
      .values({
        ...{ id, name, goal, division_code: draft.division, path: place.path },
        ...{ starts_at: startsAt, ends_at: endsAt, opened_at: now, actor_id: scope.actorId, actor_role: scope.role },
      })
      .onConflictDoNothing();
    await putJobs(tx, [{ kind: endJob, key: id, subject: `drill:${id}`, dueAt: endsAt }]);
    return readDrill(tx, scope, id, null);
  });

/** Writes the summary and drops all a drill left, in the caller's transaction; nothing where it was ended before. */
export const closeStage = async (tx: Executor, id: string, by: string): Promise<void> => {
  const [row] = await tx
    .select()
    .from(drill)
    .where(and(eq(drill.id, id), isNull(drill.ended_at)))
    .for('update');
  if (!row) return;
  const schema = sql.identifier(stageSchema(id));
  const now = await clockNow(tx);
  const summary = await summarise(tx, stageSchema(id));
  const endedAt = new Date(Math.min(now.getTime(), row.ends_at.getTime()));
  await tx.update(drill).set({ ended_at: endedAt, ended_by: by, summary }).where(eq(drill.id, id));
  await tx.execute(sql`drop schema if exists ${schema} cascade`);
};

/** Ends a drill that lies in the caller's territory; `invalid` once it is over. */
export const endDrill = async (connection: Connection, scope: Scope, id: string): Promise<Drill> => {
  const before = await readStored(connection.db, scope, id);
  if (!before.path.startsWith(scope.path))
    throw new Problem('not_allowed', `Drill ${id} is led by a post above yours.`, { id });
  if (before.ended_at !== null) throw new Problem('invalid', `Drill ${id} is over.`, { id });
  await leaveStage(connection, id);
  await connection.db.transaction((tx) => closeStage(tx, id, scope.actorId));
  return readDrill(connection.db, scope, id, null);
};

const levelOf = async (db: Executor, code: string): Promise<DivisionLevel> => {
  const [row] = await db.select({ level: division.level }).from(division).where(eq(division.code, code));
  return divisionLevels[(row?.level ?? 3) - 1] ?? 'district';
};

/**
 * What a caller in a drill works on: the drill's database instead of the live one, and of his territory the part the
 * drill takes place in. `invalid` while it does not run, `not_found` where it does not touch his territory.
 */
export const enterDrill = async (
  live: Connection,
  scope: Scope,
  id: string,
): Promise<{ connection: Connection; scope: Scope }> => {
  const row = await readStored(live.db, scope, id);
  const state = stateAt(row, await clockNow(live.db));
  if (state !== 'running') throw new Problem('invalid', `Drill ${id} is ${state}.`, { drill: state });
  const isRunning = async () => {
    const [now] = await live.db.select().from(drill).where(eq(drill.id, id));
    return now !== undefined && stateAt(now, new Date()) === 'running';
  };
  const connection = await stageOf(live, id, isRunning);
  if (scope.path.startsWith(row.path)) return { connection, scope };
  const level = await levelOf(live.db, row.division_code);
  return { connection, scope: { ...scope, division: row.division_code, path: row.path, level } };
};
