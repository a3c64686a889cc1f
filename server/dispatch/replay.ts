import { type SQL, sql } from 'drizzle-orm';
import type { Decision, RouteInputs, RouteMode, RoutePeriod } from '@/data/model/dispatch';
import { policies } from '@/data/model/dispatch-rule';
import { Problem } from '@/data/model/problem';
import type { Scope } from '@/data/model/scope';
import type { Connection, Executor } from '../db/client';
import { readInstallation } from '../dictionary/store';
import { territoryCondition } from '../event/filter';
import { midnightOf } from '../metric/period';

/** Rows read at a time. */
const chunk = 4_000;

/** A stored route with what its event has to say of it. */
export type StoredRoute = {
  event_id: string;
  seq: number;
  mode: RouteMode;
  policy: string;
  inputs: RouteInputs | null;
  decision: Decision | null;
  department_code: string | null;
  worker_id: string | null;
  at: string;
  category_l1: string;
  grid_code: string | null;
  status: string;
  reported_at: string;
  handle_due_at: string | null;
  closed_at: string | null;
};

/** Decisions made in local days `[from, until)`. */
export const periodCondition = async (db: Executor, period: RoutePeriod): Promise<SQL> => {
  if (!period) return sql`true`;
  const { timeZone } = await readInstallation(db);
  const instant = (date: string) => sql`${midnightOf(date, timeZone).toISOString()}::timestamptz`;
  return sql`r.at >= ${instant(period.from)} and r.at < ${instant(period.until)}`;
};

/** Routes of the caller's territory in a period, by event and number; read in pieces, as a year is too long for one. */
export async function* readRoutes({ db }: Connection, scope: Scope, period: RoutePeriod): AsyncGenerator<StoredRoute> {
  const where = sql`${await territoryCondition(db, scope, null)} and ${await periodCondition(db, period)}`;
  let last: Pick<StoredRoute, 'event_id' | 'seq'> = { event_id: '', seq: 0 };
  for (;;) {
    const rows = await db.execute<StoredRoute>(sql`
      select r.event_id, r.seq, r.mode, r.policy, r.inputs, r.decision, r.department_code, r.worker_id, r.at,
        e.category_l1, e.grid_code, e.status, e.reported_at, e.handle_due_at, e.closed_at
      from dispatch_route r join event e on e.id = r.event_id
      where ${where} and (r.event_id, r.seq) > (${last.event_id}, ${last.seq}::smallint)
      order by r.event_id, r.seq limit ${chunk}`);
    yield* rows;
    const end = rows.at(-1);
    if (!end || rows.length < chunk) return;
    last = end;
  }
}

const textOf = ({ isSent, reason, department, worker, passed }: Decision): string =>
  JSON.stringify([isSent, reason, department, worker, passed.map((one) => [one.worker, one.why])]);

/** Whether the stored policy says of the stored inputs what is on record; null = a person sent it without asking. */
export const isSame = (route: Omit<StoredRoute, 'at'>): boolean | null => {
  const { inputs, decision, mode } = route;
  if (!inputs || !decision) return null;
  const policy = policies[route.policy];
  if (!policy) return false;
  const again = policy.decide(inputs);
  if (textOf(again) !== textOf(decision)) return false;
  const isTo = (to: { department: string | null; worker: string | null } | undefined) =>
    to?.department === route.department_code && to.worker === route.worker_id;
  if (mode === 'auto') return again.isSent && isTo(again);
  if (mode === 'left') return !again.isSent && isTo({ department: null, worker: null });
  return isTo(policy.rank(inputs)[0]) === (mode === 'accepted');
};

/** `nRoutes` of the machine, `nSame` of them as on record; `different` names the first that are not. */
export type Replay = { nRoutes: number; nSame: number; nByHand: number; different: string[]; milliseconds: number };

const nNamed = 20;

/** Decides every stored route of a period again (回放): from what it was decided from, by the policy that decided it. */
export const replayRoutes = async (connection: Connection, scope: Scope, period: RoutePeriod): Promise<Replay> => {
  if (scope.screen === 'big') throw new Problem('not_allowed', 'Routes are replayed at a desk.');
  const began = performance.now();
  const replay: Replay = { nRoutes: 0, nSame: 0, nByHand: 0, different: [], milliseconds: 0 };
  for await (const route of readRoutes(connection, scope, period)) {
    const is = isSame(route);
    if (is === null) replay.nByHand += 1;
    else replay.nRoutes += 1;
    if (is) replay.nSame += 1;
    if (is === false && replay.different.length < nNamed) replay.different.push(`${route.event_id}/${route.seq}`);
  }
  return { ...replay, milliseconds: Math.round(performance.now() - began) };
};
