import { and, eq, isNull } from 'drizzle-orm';
import type { CareEnrolment, CareVisited } from '@/data/model/care';
import { Problem } from '@/data/model/problem';
import type { Scope } from '@/data/model/scope';
import { keepLook } from '../audit/store';
import type { Connection, Executor } from '../db/client';
import { clockNow } from '../db/clock';
import { building, division, dwelling } from '../db/schema';
import { inTerritory } from '../db/scope';
import { dayAfter } from '../dictionary/calendar';
import { readInstallation } from '../dictionary/store';
import { happenedBetween } from '../event/rules';
import { appendChanges } from '../live/append';
import { localDay, midnightOf } from '../metric/period';
import { isAtHome } from '../person/store';
import { mayKeep, mayVisit } from './rules';
import { isOpenVisit, readGroups, readOne, seenGroups } from './store';
import { care, care_attempt, care_visit } from './table';

const dayMs = 86_400_000;

/** Last instant of the local day so many days after an instant. */
export const dueAfter = (at: Date, days: number, timeZone: string): Date => {
  const day = localDay(new Date(at.getTime() + days * dayMs), timeZone);
  return new Date(midnightOf(dayAfter(day), timeZone).getTime() - 1);
};

const visitLine = (careId: string, seq: number, path: string) =>
  ({ kind: 'visit', id: `${careId}|${seq}`, op: 'put', version: seq, path }) as const;

const pathOf = async (tx: Executor, grid: string | null): Promise<string> => {
  const [place] = await tx
    .select({ path: division.path })
    .from(division)
    .where(eq(division.code, grid ?? ''));
  return place?.path ?? (await readInstallation(tx)).rootPath;
};

/** Ends a registration: its open visit is due no more. The row is locked. */
const endRow = async (tx: Executor, id: string, at: Date, day: string): Promise<void> => {
  await tx.update(care).set({ to_on: day }).where(eq(care.id, id));
  await tx
    .update(care_visit)
    .set({ voided_at: at })
    .where(and(eq(care_visit.care_id, id), isOpenVisit));
};

const lockOne = async (tx: Executor, scope: Scope, id: string) => {
  const row = await readOne(tx, scope, id);
  await tx.select({ id: care.id }).from(care).where(eq(care.id, id)).for('update');
  return row;
};

/**
 * Tells of a visit that was due, once: the next one follows a group's interval later. Nobody met = it stays due. A repeated
 * send changes nothing; `conflict` when the visit is told already.
 */
export const tellVisit = async (
  { db }: Connection,
  scope: Scope,
  told: CareVisited,
): Promise<{ dueAt: string | null }> =>
  db.transaction(async (tx) => {
    if (!mayVisit(scope)) throw new Problem('not_allowed', `Role ${scope.role} visits nobody.`);
    const row = await lockOne(tx, scope, told.id);
    const { timeZone } = await readInstallation(tx);
    const ofVisit = and(eq(care_visit.care_id, told.id), eq(care_visit.seq, told.seq));
    const [visit] = await tx.select().from(care_visit).where(ofVisit);
    const [before] = await tx
      .select({ at: care_visit.visited_at })
      .from(care_visit)
      .where(and(eq(care_visit.care_id, told.id), eq(care_visit.seq, told.seq - 1)));
    const at = happenedBetween(before?.at ?? new Date(0), await clockNow(tx), told.happenedAt);
    const isSent = visit?.client_key === told.clientKey;
    if (!visit || (!isSent && (visit.visited_at !== null || visit.voided_at !== null)))
      throw new Problem('conflict', `Visit ${told.seq} of ${told.id} is told already.`, { id: told.id });
    if (told.result === null) {
      const attempt = { client_key: told.clientKey, care_id: told.id, seq: told.seq, at, note: told.note };
      await tx
        .insert(care_attempt)
        .values({ ...attempt, actor_id: scope.actorId })
        .onConflictDoNothing();
      return { dueAt: visit.due_at.toISOString() };
    }
    if (!isSent) {
      await tx
        .update(care_visit)
        .set({
          ...{ visited_at: at, result: told.result, note: told.note },
          ...{ actor_id: scope.actorId, client_key: told.clientKey },
        })
        .where(ofVisit);
      await appendChanges(tx, [visitLine(told.id, told.seq, await pathOf(tx, row.grid))]);
      if (told.result === 'left') await endRow(tx, told.id, at, localDay(at, timeZone));
      else await planNext(tx, { id: told.id, seq: told.seq + 1, group: row.group, at, timeZone, grid: row.grid });
    }
    const [next] = await tx
      .select({ dueAt: care_visit.due_at })
      .from(care_visit)
      .where(and(eq(care_visit.care_id, told.id), isOpenVisit));
    return { dueAt: next?.dueAt.toISOString() ?? null };
  });

type Plan = { id: string; seq: number; group: string; at: Date; timeZone: string; grid: string | null };

const planNext = async (tx: Executor, { id, seq, group, at, timeZone, grid }: Plan): Promise<void> => {
  const { everyDays } = (await readGroups(tx)).find(({ code }) => code === group) ?? { everyDays: 30 };
  await tx.insert(care_visit).values({ care_id: id, seq, due_at: dueAfter(at, everyDays, timeZone) });
  await appendChanges(tx, [visitLine(id, seq, await pathOf(tx, grid))]);
};

/** Takes a resident of the caller's community into the register and plans his first visit; once for a key. */
export const enrol = async ({ db }: Connection, scope: Scope, wanted: CareEnrolment): Promise<{ id: string }> =>
  db.transaction(async (tx) => {
    if (!mayKeep(scope)) throw new Problem('not_allowed', `Role ${scope.role} keeps no register.`);
    if (!(await seenGroups(tx, scope)).includes(wanted.group))
      throw new Problem('invalid', `${wanted.group} is no group of the register.`, { code: wanted.group });
    const at = await clockNow(tx);
    const { timeZone } = await readInstallation(tx);
    const [home] = await tx
      .select({
        ...{ code: building.code, subdistrict: building.subdistrict_code },
        ...{ community: building.community_code, grid: building.grid_code },
      })
      .from(dwelling)
      .innerJoin(building, eq(building.code, dwelling.building_code))
      .where(and(eq(dwelling.code, wanted.dwelling), await inTerritory(tx, scope, building)));
    const day = localDay(at, timeZone);
    if (!home || !(await isAtHome(tx, wanted.person, wanted.dwelling, day)))
      throw new Problem('not_found', 'This person does not live in your territory.', { code: wanted.dwelling });
    const id = wanted.clientKey;
    const written = await tx
      .insert(care)
      .values({
        ...{ id, person_id: wanted.person, group_code: wanted.group, dwelling_code: wanted.dwelling },
        ...{ building_code: home.code, subdistrict_code: home.subdistrict, community_code: home.community },
        ...{ grid_code: home.grid, from_on: day, client_key: wanted.clientKey },
      })
      .onConflictDoNothing()
      .returning();
    if (written.length > 0) {
      await planNext(tx, { id, seq: 1, group: wanted.group, at, timeZone, grid: home.grid });
      await appendChanges(tx, [{ kind: 'care', id, op: 'put', version: 1, path: await pathOf(tx, home.grid) }]);
      await keepLook(tx, scope, at, { action: 'care.enrol', subject: id, purpose: 'visit', nRows: 1 });
      return { id };
    }
    const [known] = await tx
      .select({ id: care.id })
      .from(care)
      .where(and(eq(care.person_id, wanted.person), eq(care.group_code, wanted.group), isNull(care.to_on)));
    return { id: known?.id ?? id };
  });

/** Lets somebody go from the register; what was told stays. */
export const endCare = async ({ db }: Connection, scope: Scope, id: string): Promise<void> =>
  db.transaction(async (tx) => {
    if (!mayKeep(scope)) throw new Problem('not_allowed', `Role ${scope.role} keeps no register.`);
    const row = await lockOne(tx, scope, id);
    if (row.until !== null) return;
    const at = await clockNow(tx);
    const { timeZone } = await readInstallation(tx);
    await endRow(tx, id, at, localDay(at, timeZone));
    await appendChanges(tx, [{ kind: 'care', id, op: 'put', version: 2, path: await pathOf(tx, row.grid) }]);
    await keepLook(tx, scope, at, { action: 'care.end', subject: id, purpose: 'check', nRows: 1 });
  });
