import { type SQL, sql } from 'drizzle-orm';
import type { Candidate, Decision, DispatchRule, RouteInputs, RouteMode } from '@/data/model/dispatch';
import { decide, policyNow } from '@/data/model/dispatch-rule';
import type { Executor } from '../db/client';
import { insertRows } from '../db/insert-rows';
import { lockWorkers, type RoutePlace, readLines, withoutPlace } from './candidates';
import { dispatch_route } from './table';

/** What the machine says of an event, and what it said it from. */
export type Planned = { inputs: RouteInputs; decision: Decision };

/** An event to be routed: the rule of its category, where it is; `isHeld`: it waits for a person, whatever the rule says. */
export type Routable = { rule: DispatchRule; isHeld: boolean; place: RoutePlace };

/** Of those who may take an event, who could be chosen over whom. */
const rivalsFor = ({ rule, isHeld }: Routable, candidates: readonly Candidate[]): string[] => {
  const able = candidates.filter(({ covers, shift }) => covers && shift === 'on');
  return able.length > 1 && decide({ rule, candidates: [...candidates], isHeld }).isSent
    ? able.map(({ worker }) => worker)
    : [];
};

/**
 * Routes events one after another (点对点分拨), each seeing the load the ones before it gave. Where several may take one
 * they are held and read again, so that reports at the same instant see one another's load.
 */
export const planRoutes = async (tx: Executor, events: readonly Routable[]): Promise<Planned[]> => {
  const read = () =>
    readLines(
      tx,
      events.map(({ rule, place }) => ({ department: rule.department, place })),
    );
  let lines = await read();
  const rivals = new Set(events.flatMap((event, i) => rivalsFor(event, lines[i] ?? [])));
  if (rivals.size > 0) {
    await lockWorkers(tx, [...rivals]);
    lines = await read();
  }
  const given = new Map<string, number>();
  return events.map(({ rule, isHeld }, i) => {
    const candidates = (lines[i] ?? [])
      .map(withoutPlace)
      .map((one) => ({ ...one, load: one.load + (given.get(one.worker) ?? 0) }));
    const inputs: RouteInputs = { rule, candidates, isHeld };
    const decision = decide(inputs);
    const { isSent, worker } = decision;
    if (isSent && worker) given.set(worker, (given.get(worker) ?? 0) + 1);
    return { inputs, decision };
  });
};

/** A decision to be kept. `planned` null = a person sent it without asking. */
export type NewRoute = {
  eventId: string;
  at: Date;
  actor: { id: string; role: string };
  mode: RouteMode;
  planned: Planned | null;
  target: { department: string | null; worker: string | null };
  note?: string;
};

/** Appends a decision to an event's routes, in the caller's transaction; the event itself is locked by its own change. */
export const writeRoute = async (tx: Executor, route: NewRoute): Promise<void> => {
  const { eventId, planned, target } = route;
  const row = tx.insert(dispatch_route).values({
    event_id: eventId,
    seq: sql`(select coalesce(max(seq), 0) + 1 from ${dispatch_route} where event_id = ${eventId})`,
    at: route.at,
    actor_id: route.actor.id,
    actor_role: route.actor.role,
    mode: route.mode,
    policy: policyNow,
    inputs: planned?.inputs ?? null,
    decision: planned?.decision ?? null,
    department_code: target.department,
    worker_id: target.worker,
    note: route.note ?? '',
  });
  await row.prepare('route').execute();
};

/** What the machine decided at a report, sent, or left to a person: the first decision of an event. */
type FirstRoute = { eventId: string; at: Date; planned: Planned };

/** Keeps what the machine decided at reports. */
export const reportRoutes = (routes: readonly FirstRoute[]): SQL =>
  insertRows(
    dispatch_route,
    routes.map(({ eventId, at, planned: { inputs, decision } }) => {
      const { isSent, department, worker } = decision;
      return {
        ...{ event_id: eventId, seq: 1, at, actor_id: 'system', actor_role: 'system', policy: policyNow, note: '' },
        ...{ mode: isSent ? ('auto' as const) : ('left' as const), inputs, decision },
        ...{ department_code: isSent ? department : null, worker_id: isSent ? worker : null },
      };
    }),
  );
