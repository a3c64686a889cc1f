import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { CalledHome, CallFigures } from '@/data/model/care';
import { Problem } from '@/data/model/problem';
import type { Scope } from '@/data/model/scope';
import { isInForce, isWarning } from '../alert/store';
import { keepLook } from '../audit/store';
import type { Connection, Executor } from '../db/client';
import { clockNow } from '../db/clock';
import { alert, building, dwelling } from '../db/schema';
import { inTerritory } from '../db/scope';
import { appendChanges } from '../live/append';
import { care_call } from './table';

/** Warnings that are over stay on a phone for so long, so that late answers are told too. */
const keptHours = 6;

const figuresIn = async (db: Executor, scope: Scope, alertId: string, at: Date): Promise<CallFigures> => {
  const rows = await db
    .select({ due: care_call.due_at, confirmed: care_call.confirmed_at })
    .from(care_call)
    .where(and(eq(care_call.alert_id, alertId), await inTerritory(db, scope, care_call)));
  const figures = { called: rows.length, inTime: 0, late: 0, open: 0 };
  for (const { due, confirmed } of rows) {
    if (confirmed === null || confirmed > at) figures.open += 1;
    else figures[confirmed <= due ? 'inTime' : 'late'] += 1;
  }
  return figures;
};

/** How the homes of the caller's territory answered a warning by an instant (null = now). */
export const readCalls = async (
  { db }: Connection,
  scope: Scope,
  alertId: string,
  at: Date | null,
): Promise<CallFigures> => figuresIn(db, scope, alertId, at ?? (await clockNow(db)));

/**
 * Calls the homes of the caller's territory that a warning covers and somebody of the register lives in; homes called
 * before are not called again. `invalid` for a warning that is not in force.
 */
export const callOut = async (
  { db }: Connection,
  scope: Scope,
  wanted: { alert: string; limitMinutes: number },
): Promise<CallFigures> =>
  db.transaction(async (tx) => {
    const at = await clockNow(tx);
    const [found] = await tx
      .select({ id: alert.id })
      .from(alert)
      .where(and(eq(alert.id, wanted.alert), isWarning, isInForce(at)));
    if (!found) throw new Problem('invalid', `Warning ${wanted.alert} is not in force.`, { field: 'alert' });
    const due = new Date(at.getTime() + wanted.limitMinutes * 60_000);
    const written = await tx.execute<{ id: string; path: string | null }>(sql`
      insert into care_call (alert_id, dwelling_code, subdistrict_code, community_code, grid_code, n_persons, called_at, due_at)
      select distinct on (c.dwelling_code) ${wanted.alert}, c.dwelling_code, c.subdistrict_code, c.community_code, c.grid_code,
        row_number() over home, ${at.toISOString()}::timestamptz, ${due.toISOString()}::timestamptz
      from care c
      join division g on g.code = c.grid_code
      where c.to_on is null and starts_with(g.path, ${scope.path}) and exists (
        select from alert_area a join division d on d.code = a.division_code
        where a.alert_id = ${wanted.alert} and starts_with(g.path, d.path))
      window home as (partition by c.dwelling_code order by c.id)
      order by c.dwelling_code, row_number() over home desc
      on conflict do nothing
      returning alert_id || '|' || dwelling_code as id,
        (select path from division where code = care_call.grid_code) as path`);
    await appendChanges(
      tx,
      written.map(({ id, path }) => ({ kind: 'call' as const, id, op: 'put' as const, version: 1, path })),
    );
    return figuresIn(tx, scope, wanted.alert, at);
  });

/** Homes of the caller's territory that have not answered a warning yet, the first due first; the look is kept in the audit. */
export const listOpenCalls = async ({ db }: Connection, scope: Scope): Promise<CalledHome[]> =>
  db.transaction(async (tx) => {
    const at = await clockNow(tx);
    const rows = await tx
      .select({
        ...{ alert: care_call.alert_id, warning: alert.warning_code, dwelling: care_call.dwelling_code },
        ...{ place: building.name, placeEn: building.name_en, room: dwelling.room },
        ...{ nPersons: care_call.n_persons, dueAt: care_call.due_at },
      })
      .from(care_call)
      .innerJoin(alert, eq(alert.id, care_call.alert_id))
      .innerJoin(dwelling, eq(dwelling.code, care_call.dwelling_code))
      .innerJoin(building, eq(building.code, dwelling.building_code))
      .where(
        and(
          isNull(care_call.confirmed_at),
          sql`${care_call.due_at} > ${at.toISOString()}::timestamptz - make_interval(hours => ${keptHours})`,
          await inTerritory(tx, scope, care_call),
        ),
      )
      .orderBy(asc(care_call.due_at), asc(care_call.dwelling_code));
    if (rows.length > 0)
      await keepLook(tx, scope, at, {
        ...{ action: 'care.call', subject: `${scope.division} ${rows[0]?.alert}`, purpose: 'relief' },
        nRows: rows.length,
      });
    return rows.map(({ dueAt, ...row }) => ({ ...row, dueAt: dueAt.toISOString() }));
  });

/** A home of the caller's territory has answered, once; later answers change nothing. */
export const confirmCall = async (
  { db }: Connection,
  scope: Scope,
  { alert: alertId, dwelling: code }: { alert: string; dwelling: string },
): Promise<{ confirmedAt: string }> =>
  db.transaction(async (tx) => {
    const at = await clockNow(tx);
    const isCalled = and(
      eq(care_call.alert_id, alertId),
      eq(care_call.dwelling_code, code),
      await inTerritory(tx, scope, care_call),
    );
    const told = await tx
      .update(care_call)
      .set({ confirmed_at: at, actor_id: scope.actorId })
      .where(and(isCalled, isNull(care_call.confirmed_at)))
      .returning({ id: care_call.alert_id });
    if (told.length > 0)
      await appendChanges(tx, [{ kind: 'call', id: `${alertId}|${code}`, op: 'put', version: 2, path: scope.path }]);
    const [row] = await tx.select({ at: care_call.confirmed_at }).from(care_call).where(isCalled);
    if (!row?.at) throw new Problem('not_found', `${code} was not called for ${alertId}.`, { code });
    return { confirmedAt: row.at.toISOString() };
  });
