import { and, asc, eq, lte } from 'drizzle-orm';
import type { Candidate, Decision, DispatchRule, PassReason, RouteMode } from '@/data/model/dispatch';
import type { Scope } from '@/data/model/scope';
import type { Connection } from '../db/client';
import { eventById } from '../event/store';
import { maskedNames } from '../workforce/store';
import { dispatch_route } from './table';

export { assignRoute, returnEvent, suggestRoute } from './suggest';

/** A candidate as he is shown: his name masked, and why he was not the one (null = he was). */
export type ShownCandidate = Omit<Candidate, 'worker'> & { name: string | null; why: PassReason | null };

/** A decision about whom an event goes to, as a desk reads it (分拨依据). */
export type ShownRoute = {
  seq: number;
  at: string;
  mode: RouteMode;
  policy: string;
  role: string;
  rule: DispatchRule | null;
  reason: Decision['reason'] | null;
  department: string | null;
  name: string | null;
  candidates: ShownCandidate[];
  note: string;
};

/** Every decision about an event up to an instant (null = now), the newest first; workers masked. */
export const routesOf = async (
  connection: Connection,
  scope: Scope,
  id: string,
  at: Date | null,
): Promise<ShownRoute[]> => {
  const { db } = connection;
  await eventById(connection, scope, id, { at, known: 'now' });
  const rows = await db
    .select()
    .from(dispatch_route)
    .where(and(eq(dispatch_route.event_id, id), at ? lte(dispatch_route.at, at) : undefined))
    .orderBy(asc(dispatch_route.seq));
  const ids = rows.flatMap(({ worker_id, inputs }) => [
    ...(worker_id ? [worker_id] : []),
    ...(inputs?.candidates ?? []).map(({ worker }) => worker),
  ]);
  const names = await maskedNames(db, scope, [...new Set(ids)]);
  return rows.toReversed().map(({ inputs, decision, ...row }) => ({
    ...{ seq: row.seq, at: row.at.toISOString(), mode: row.mode, policy: row.policy, role: row.actor_role },
    ...{ rule: inputs?.rule ?? null, reason: decision?.reason ?? null, note: row.note },
    department: row.department_code,
    name: row.worker_id && (names.get(row.worker_id) ?? null),
    candidates: (inputs?.candidates ?? []).map(({ worker, ...candidate }) => ({
      ...candidate,
      name: names.get(worker) ?? null,
      why: decision?.passed.find((one) => one.worker === worker)?.why ?? null,
    })),
  }));
};
