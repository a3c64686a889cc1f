import { and, asc, eq, gt, gte, inArray, isNull, lt, lte, or, type SQL, sql } from 'drizzle-orm';
import type { LngLat } from '@/data/model/geo';
import { Problem } from '@/data/model/problem';
import { identityOf, type Scope } from '@/data/model/scope';
import { positionFreshMinutes, positionTypes } from '@/data/model/workforce';
import { keepLook } from '../audit/store';
import type { Connection, Executor } from '../db/client';
import { clockNow } from '../db/clock';
import { inTerritory } from '../db/scope';
import { maskName } from '../person/rules';
import { duty, worker, worker_position } from './table';

const minuteMs = 60_000;

/** Where a worker on duty was seen last (最新位置), the name masked. */
export type WorkerPosition = {
  worker: string;
  name: string;
  /** Word of list `gridworker-type`. */
  workerType: string;
  at: string;
  position: LngLat;
  grid: string | null;
};

/** Posts that follow workers: those told of people masked, and a grid's own; never from a wall. */
const checkMayFollow = (scope: Scope): void => {
  if (scope.screen === 'big' || !['masked', 'own_grid'].includes(identityOf[scope.role]))
    throw new Problem('not_allowed', 'Positions of workers are shown to the posts that lead them alone, on no wall.');
};

/** Workers of the caller's territory that report positions; a grid's post sees its own grid worker only. */
const followed = async (db: Executor, scope: Scope): Promise<SQL | undefined> =>
  and(
    inArray(worker.worker_type, [...positionTypes]),
    identityOf[scope.role] === 'own_grid' ? eq(worker.worker_type, 'G1') : undefined,
    await inTerritory(db, scope, worker),
  );

/** The last position, at most half an hour old, of everyone on duty at an instant. */
export const latestPositions = async (connection: Connection, scope: Scope, at: Date): Promise<WorkerPosition[]> => {
  checkMayFollow(scope);
  const { db } = connection;
  const since = new Date(at.getTime() - positionFreshMinutes * minuteMs);
  const rows = await db
    .selectDistinctOn([worker_position.worker_id], {
      worker: worker_position.worker_id,
      name: worker.name,
      workerType: worker.worker_type,
      at: worker_position.at,
      lng: worker_position.lng,
      lat: worker_position.lat,
      grid: worker_position.grid_code,
    })
    .from(worker_position)
    .innerJoin(worker, eq(worker.id, worker_position.worker_id))
    .innerJoin(duty, eq(duty.worker_id, worker.id))
    .where(
      and(
        gt(worker_position.at, since),
        lte(worker_position.at, at),
        lte(duty.starts_at, at),
        gt(duty.ends_at, at),
        lte(duty.signed_in_at, at),
        or(isNull(duty.signed_out_at), gt(duty.signed_out_at, at)),
        await followed(db, scope),
      ),
    )
    .orderBy(asc(worker_position.worker_id), sql`${worker_position.at} desc`);
  return rows.map(({ lng, lat, name, at: seenAt, ...row }) => ({
    ...row,
    name: maskName(name),
    at: seenAt.toISOString(),
    position: [lng, lat],
  }));
};

/** A worker's way over an interval (轨迹), oldest first. */
export type Track = {
  worker: string;
  name: string;
  workerType: string;
  from: string;
  to: string;
  points: { at: string; position: LngLat }[];
};

export type TrackQuery = { worker: string; from: Date; to: Date; purpose: string };

/** Reads one worker's track and writes down who looked, at whose, and why, in the same transaction. */
export const readTrack = async (connection: Connection, scope: Scope, query: TrackQuery): Promise<Track> => {
  checkMayFollow(scope);
  const { from, to, purpose } = query;
  return connection.db.transaction(async (tx) => {
    const [found] = await tx
      .select({ worker: worker.id, name: worker.name, workerType: worker.worker_type })
      .from(worker)
      .where(and(eq(worker.id, query.worker), await followed(tx, scope)));
    if (!found) throw new Problem('not_found', `No worker ${query.worker} you may follow.`, { id: query.worker });
    const subject = `${found.worker} ${from.toISOString()}/${to.toISOString()}`;
    await keepLook(tx, scope, await clockNow(tx), { action: 'track.read', subject, purpose, nRows: 1 });
    const rows = await tx
      .select({ at: worker_position.at, lng: worker_position.lng, lat: worker_position.lat })
      .from(worker_position)
      .where(
        and(eq(worker_position.worker_id, found.worker), gte(worker_position.at, from), lt(worker_position.at, to)),
      )
      .orderBy(asc(worker_position.at));
    const points = rows.map(({ at, lng, lat }) => ({ at: at.toISOString(), position: [lng, lat] as LngLat }));
    return { ...found, name: maskName(found.name), from: from.toISOString(), to: to.toISOString(), points };
  });
};
