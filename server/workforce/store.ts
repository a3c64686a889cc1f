import { and, asc, eq, gt, inArray, isNotNull, lte, type SQL, sql } from 'drizzle-orm';
import { Problem } from '@/data/model/problem';
import { isAggregateOnly, type Scope } from '@/data/model/scope';
import type { Connection, Executor } from '../db/client';
import { inTerritory } from '../db/scope';
import { onOneLine } from '../db/scoped';
import { maskName } from '../person/rules';
import { duty, worker } from './table';

/** A shift that runs at the asked instant (值班), its worker masked. Null sign-in = not there yet (未到岗). */
export type DutyRow = {
  worker: string;
  name: string;
  /** Word of list `gridworker-type`. */
  workerType: string;
  department: string | null;
  subdistrict: string | null;
  community: string | null;
  grid: string | null;
  startsAt: string;
  endsAt: string;
  signedInAt: string | null;
};

const columns = {
  worker: worker.id,
  name: worker.name,
  workerType: worker.worker_type,
  department: worker.department_code,
  subdistrict: worker.subdistrict_code,
  community: worker.community_code,
  grid: worker.grid_code,
  startsAt: duty.starts_at,
  endsAt: duty.ends_at,
  signedInAt: duty.signed_in_at,
};

const signedInBy = (at: Date): SQL<boolean> =>
  sql<boolean>`${duty.signed_in_at} is not null and ${duty.signed_in_at} <= ${at.toISOString()}::timestamptz`;

/** Workers on the roster at an instant, those who signed in first; never on a wall. */
export const listOnDuty = async (connection: Connection, scope: Scope, query: OnDuty): Promise<DutyRow[]> => {
  if (isAggregateOnly(scope)) throw new Problem('not_allowed', 'Walls and leaders get the number on duty, not a list.');
  return onOneLine(connection, (held) => readOnDuty(held, scope, query));
};

type OnDuty = { at: Date; limit: number };

const readOnDuty = async ({ db }: Connection, scope: Scope, query: OnDuty): Promise<DutyRow[]> => {
  const rows = await db
    .select({ ...columns, isSignedIn: signedInBy(query.at) })
    .from(duty)
    .innerJoin(worker, eq(worker.id, duty.worker_id))
    .where(and(lte(duty.starts_at, query.at), gt(duty.ends_at, query.at), await inTerritory(db, scope, worker)))
    .orderBy(
      sql`${signedInBy(query.at)} desc`,
      asc(worker.subdistrict_code),
      asc(worker.community_code),
      asc(worker.id),
    )
    .limit(query.limit);
  return rows.map(({ isSignedIn, ...row }) => ({
    ...row,
    name: maskName(row.name),
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    signedInAt: isSignedIn ? (row.signedInAt?.toISOString() ?? null) : null,
  }));
};

/** Masked names of workers by id; empty where the caller gets aggregates only. */
export const maskedNames = async (db: Executor, scope: Scope, ids: string[]): Promise<Map<string, string>> => {
  if (isAggregateOnly(scope) || ids.length === 0) return new Map();
  const rows = await db.select({ id: worker.id, name: worker.name }).from(worker).where(inArray(worker.id, ids));
  return new Map(rows.map(({ id, name }) => [id, maskName(name)]));
};

/** A worker as its card shows it: masked, with the shift that runs at the asked instant; null = none does. */
export type WorkerCard = Omit<DutyRow, 'startsAt' | 'endsAt' | 'signedInAt'> & {
  shift: Pick<DutyRow, 'startsAt' | 'endsAt' | 'signedInAt'> | null;
};

/** One worker of the caller's territory; `not_found` elsewhere. */
export const workerById = async ({ db }: Connection, scope: Scope, id: string, at: Date): Promise<WorkerCard> => {
  if (isAggregateOnly(scope)) throw new Problem('not_allowed', 'Walls and leaders get numbers, not workers.');
  const isRunning = and(eq(duty.worker_id, worker.id), lte(duty.starts_at, at), gt(duty.ends_at, at));
  const [row] = await db
    .select({
      ...columns,
      startsAt: sql<string | null>`${duty.starts_at}`,
      endsAt: sql<string | null>`${duty.ends_at}`,
      isSignedIn: signedInBy(at),
    })
    .from(worker)
    .leftJoin(duty, isRunning)
    .where(and(eq(worker.id, id), await inTerritory(db, scope, worker)))
    .limit(1);
  if (!row) throw new Problem('not_found', `No worker ${id} in your territory.`, { id });
  const { startsAt, endsAt, signedInAt, isSignedIn, ...card } = row;
  const iso = (instant: string | Date) => new Date(instant).toISOString();
  return {
    ...card,
    name: maskName(card.name),
    shift:
      startsAt && endsAt
        ? {
            startsAt: iso(startsAt),
            endsAt: iso(endsAt),
            signedInAt: isSignedIn && signedInAt ? iso(signedInAt) : null,
          }
        : null,
  };
};

/** Type of the worker who answers for a base grid. */
const gridWorkerType = 'G1';

/** Grid workers with the grid each answers for, by id; of the whole installation, without names. */
export const listGridWorkers = async (db: Executor): Promise<{ id: string; grid: string }[]> => {
  const rows = await db
    .select({ id: worker.id, grid: worker.grid_code })
    .from(worker)
    .where(and(eq(worker.worker_type, gridWorkerType), isNotNull(worker.grid_code)))
    .orderBy(asc(worker.id));
  return rows.flatMap(({ id, grid }) => (grid ? [{ id, grid }] : []));
};
