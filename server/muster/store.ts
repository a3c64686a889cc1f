import { and, asc, desc, eq, gt, inArray, isNull, lte, sql } from 'drizzle-orm';
import { divisionLevels } from '@/data/model/division';
import {
  type Muster,
  type MusterDraft,
  type MusterFigures,
  type MusterMember,
  musterEnd,
  musterResult,
  musterSpan,
} from '@/data/model/muster';
import { Problem } from '@/data/model/problem';
import { isAggregateOnly, type Role, type Scope } from '@/data/model/scope';
import type { Connection, Executor } from '../db/client';
import { clockNow } from '../db/clock';
import { division, duty, worker } from '../db/schema';
import { inTerritory } from '../db/scope';
import { maskName } from '../person/rules';
import { muster, muster_member } from './table';

type Stored = typeof muster.$inferSelect;
type StoredMember = typeof muster_member.$inferSelect;

const mostListed = 30;

const touches = ({ path }: Pick<Scope, 'path'>) =>
  sql`(starts_with(${muster.path}, ${path}) or starts_with(${path}, ${muster.path}))`;

/** Answers given by an instant; later ones are not there yet. */
const resultAt = ({ called_at, limit_minutes }: Stored, { answered_at }: StoredMember, at: Date) =>
  musterResult(called_at, limit_minutes, answered_at !== null && answered_at <= at ? answered_at : null);

const figuresOf = (row: Stored, members: readonly StoredMember[], at: Date): MusterFigures => {
  const figures = { called: members.length, present: 0, late: 0, missing: 0 };
  for (const member of members) figures[resultAt(row, member, at)] += 1;
  return figures;
};

const toMuster = (row: Stored, members: readonly StoredMember[], at: Date): Muster => {
  const end = musterEnd(row.called_at, row.limit_minutes, row.closed_at);
  return {
    ...{ id: row.id, division: row.division_code, limitMinutes: row.limit_minutes, role: row.actor_role as Role },
    calledAt: row.called_at.toISOString(),
    closedAt: end <= at ? end.toISOString() : null,
    figures: figuresOf(row, members, at),
  };
};

const membersOf = async (db: Executor, scope: Scope, ids: readonly string[]): Promise<StoredMember[]> =>
  ids.length === 0
    ? []
    : db
        .select()
        .from(muster_member)
        .where(and(inArray(muster_member.muster_id, [...ids]), await inTerritory(db, scope, muster_member)));

/** Roll calls that touch the caller's territory, called by an instant (null = now), the newest first; of it alone. */
export const listMusters = async ({ db }: Connection, scope: Scope, at: Date | null): Promise<Muster[]> => {
  const clock = at ?? (await clockNow(db));
  const rows = await db
    .select()
    .from(muster)
    .where(and(touches(scope), lte(muster.called_at, clock)))
    .orderBy(desc(muster.called_at), muster.id)
    .limit(mostListed);
  const all = await membersOf(
    db,
    scope,
    rows.map(({ id }) => id),
  );
  return rows.map((row) =>
    toMuster(
      row,
      all.filter(({ muster_id }) => muster_id === row.id),
      clock,
    ),
  );
};

const readStored = async (db: Executor, scope: Scope, id: string): Promise<Stored> => {
  const [row] = await db
    .select()
    .from(muster)
    .where(and(eq(muster.id, id), touches(scope)));
  if (!row) throw new Problem('not_found', `No roll call ${id} in your territory.`, { id });
  return row;
};

const order = { missing: 0, late: 1, present: 2 } as const;

const minutesBetween = (from: Date, until: Date | null): number | null =>
  until === null ? null : Math.round((until.getTime() - from.getTime()) / 6_000) / 10;

/** Members of a roll call, those who did not answer first, masked. */
const namedMembers = async (db: Executor, row: Stored, members: StoredMember[], at: Date): Promise<MusterMember[]> => {
  if (members.length === 0) return [];
  const people = await db
    .select({ id: worker.id, name: worker.name, type: worker.worker_type, department: worker.department_code })
    .from(worker)
    .where(
      inArray(
        worker.id,
        members.map(({ worker_id }) => worker_id),
      ),
    );
  const byId = new Map(people.map((one) => [one.id, one]));
  return members
    .map((member): MusterMember => {
      const { name = '', type = '', department = null } = byId.get(member.worker_id) ?? {};
      const result = resultAt(row, member, at);
      return {
        ...{ worker: member.worker_id, name: maskName(name), workerType: type, department, result },
        place: member.grid_code ?? member.community_code ?? member.subdistrict_code,
        minutes: result === 'missing' ? null : minutesBetween(row.called_at, member.answered_at),
      };
    })
    .toSorted((a, b) => order[a.result] - order[b.result] || (a.worker < b.worker ? -1 : 1));
};

/** One roll call with who was called, masked; walls and posts with aggregates alone get no one. */
export const readMuster = async (
  db: Executor,
  scope: Scope,
  id: string,
  at: Date | null,
): Promise<Muster & { members: MusterMember[] }> => {
  const row = await readStored(db, scope, id);
  const clock = at ?? (await clockNow(db));
  const members = await membersOf(db, scope, [id]);
  const named = isAggregateOnly(scope) ? [] : await namedMembers(db, row, members, clock);
  return { ...toMuster(row, members, clock), members: named };
};

/** Calls the roll of a division in the caller's territory, once for an id; `invalid` where nobody is on the roster. */
export const callRoll = async ({ db }: Connection, scope: Scope, draft: MusterDraft): Promise<Muster> =>
  db.transaction(async (tx) => {
    const [place] = await tx.select().from(division).where(eq(division.code, draft.division));
    if (!place?.path.startsWith(scope.path))
      throw new Problem('not_found', `No division ${draft.division} in your territory.`, { code: draft.division });
    const at = await clockNow(tx);
    const area = { ...scope, division: place.code, path: place.path, level: divisionLevels[place.level - 1] ?? 'grid' };
    const due = await tx
      .selectDistinct({
        worker_id: worker.id,
        ...{ subdistrict_code: worker.subdistrict_code, community_code: worker.community_code },
        grid_code: worker.grid_code,
      })
      .from(duty)
      .innerJoin(worker, eq(worker.id, duty.worker_id))
      .where(and(lte(duty.starts_at, at), gt(duty.ends_at, at), await inTerritory(tx, area, worker)));
    if (due.length === 0)
      throw new Problem('invalid', `Nobody is on the roster of ${draft.division} now.`, { field: 'division' });
    const written = await tx
      .insert(muster)
      .values({
        ...{ id: draft.id, division_code: place.code, path: place.path, called_at: at },
        ...{ limit_minutes: draft.limitMinutes, actor_id: scope.actorId, actor_role: scope.role },
      })
      .onConflictDoNothing()
      .returning();
    if (written.length > 0) await tx.insert(muster_member).values(due.map((one) => ({ ...one, muster_id: draft.id })));
    return readMuster(tx, scope, draft.id, null);
  });

/** Closes a roll call; who has not answered is missing for good. `not_allowed` for one called by a post above. */
export const closeMuster = async ({ db }: Connection, scope: Scope, id: string): Promise<Muster> => {
  const row = await readStored(db, scope, id);
  if (!row.path.startsWith(scope.path))
    throw new Problem('not_allowed', `Roll call ${id} is of a post above yours.`, { id });
  const at = await clockNow(db);
  await db
    .update(muster)
    .set({ closed_at: at })
    .where(and(eq(muster.id, id), isNull(muster.closed_at)));
  return readMuster(db, scope, id, null);
};

/** A roll call that waits for answers of the caller's, with those of his territory it calls. */
export type CalledMuster = { id: string; calledAt: string; limitMinutes: number; members: MusterMember[] };

/** Roll calls that take answers of the caller's territory now; `department` = its workers alone. */
export const openCalls = async (
  { db }: Connection,
  scope: Scope,
  department: string | null,
): Promise<CalledMuster[]> => {
  const now = await clockNow(db);
  const isOpen = sql`${muster.closed_at} is null
    and ${muster.called_at} + make_interval(mins => ${muster.limit_minutes} * ${musterSpan}) > ${now.toISOString()}::timestamptz`;
  const rows = await db
    .select()
    .from(muster)
    .where(and(touches(scope), isOpen))
    .orderBy(asc(muster.called_at));
  const calls = [];
  for (const row of rows) {
    const members = await namedMembers(db, row, await membersOf(db, scope, [row.id]), now);
    const own = members.filter((member) => department === null || member.department === department);
    if (own.length > 0)
      calls.push({
        ...{ id: row.id, calledAt: row.called_at.toISOString(), limitMinutes: row.limit_minutes },
        members: own,
      });
  }
  return calls;
};

/** Answers a roll call for a worker of the caller's territory, once; later answers change nothing. `invalid`: it is over. */
export const answerMuster = async (
  { db }: Connection,
  scope: Scope,
  answer: { id: string; worker: string },
): Promise<{ answeredAt: string }> =>
  db.transaction(async (tx) => {
    const row = await readStored(tx, scope, answer.id);
    const at = await clockNow(tx);
    if (musterEnd(row.called_at, row.limit_minutes, row.closed_at) <= at)
      throw new Problem('invalid', `Roll call ${answer.id} is over.`, { id: answer.id });
    const isCalled = and(
      eq(muster_member.muster_id, answer.id),
      eq(muster_member.worker_id, answer.worker),
      await inTerritory(tx, scope, muster_member),
      scope.department === undefined
        ? undefined
        : sql`exists (select from worker w where w.id = ${muster_member.worker_id} and w.department_code = ${scope.department})`,
    );
    await tx
      .update(muster_member)
      .set({ answered_at: at, answered_by: scope.actorId })
      .where(and(isCalled, isNull(muster_member.answered_at)));
    const [member] = await tx.select({ at: muster_member.answered_at }).from(muster_member).where(isCalled);
    if (!member?.at) throw new Problem('not_found', `${answer.worker} was not called.`, { worker: answer.worker });
    return { answeredAt: member.at.toISOString() };
  });
