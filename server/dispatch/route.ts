import { type SQL, sql } from 'drizzle-orm';
import type { Decision, DispatchRule, RouteInputs, RouteMode } from '@/data/model/dispatch';
import { decide, policyNow } from '@/data/model/dispatch-rule';
import type { Executor } from '../db/client';
import { insertRows } from '../db/insert-rows';
import { lockWorkers, type RoutePlace, readCandidates, withoutPlace } from './candidates';
import { dispatch_route } from './table';

/** What the machine says of an event, and what it said it from. */
export type Planned = { inputs: RouteInputs; decision: Decision };

/** The rule of an event's category; `isHeld`: it waits for a person to accept it, whatever the rule says. */
type Governed = { rule: DispatchRule; isHeld: boolean };

const plan = async (tx: Executor, { rule, isHeld }: Governed, place: RoutePlace): Promise<Planned> => {
  const candidates = (await readCandidates(tx, rule.department, place)).map(withoutPlace);
  const inputs: RouteInputs = { rule, candidates, isHeld };
  return { inputs, decision: decide(inputs) };
};

/**
 * Routes an event (点对点分拨). Where several may take it they are held and read again, so that reports at the same
 * instant see one another's load.
 */
export const planRoute = async (tx: Executor, governed: Governed, place: RoutePlace): Promise<Planned> => {
  const first = await plan(tx, governed, place);
  const able = first.inputs.candidates.filter(({ covers, shift }) => covers && shift === 'on');
  if (!first.decision.isSent || able.length < 2) return first;
  await lockWorkers(
    tx,
    able.map(({ worker }) => worker),
  );
  return plan(tx, governed, place);
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

/** Says what the machine decided at the report, sent, or left to a person: the first decision of an event. */
export const reportRoute = (eventId: string, at: Date, { inputs, decision }: Planned): SQL => {
  const { isSent, department, worker } = decision;
  return insertRows(dispatch_route, [
    {
      ...{ event_id: eventId, seq: 1, at, actor_id: 'system', actor_role: 'system', policy: policyNow, note: '' },
      ...{ mode: isSent ? 'auto' : 'left', inputs, decision },
      ...{ department_code: isSent ? department : null, worker_id: isSent ? worker : null },
    },
  ]);
};
