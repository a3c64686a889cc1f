import { asc, eq } from 'drizzle-orm';
import type { DispatchRule } from '@/data/model/dispatch';
import { sendsAlone } from '@/data/model/dispatch-rule';
import type { EventRow, EventStatus } from '@/data/model/event';
import { Problem } from '@/data/model/problem';
import type { Scope } from '@/data/model/scope';
import type { Executor } from '../db/client';
import { dispatch_route } from '../db/schema';
import type { RoutePlace } from '../dispatch/candidates';
import { planRoutes, writeRoute } from '../dispatch/route';
import { isHeld } from '../intake/rules';
import { readCategory } from './category';
import { readOwn, type Target, writeMove } from './move';
import type { Reporter } from './report-write';

/** Statuses on the way from where an event waits to its department; none = it is with somebody, or closed. */
export const wayToDispatch: Partial<Record<EventStatus, EventStatus[]>> = {
  S10: ['S20', 'S30', 'S31'],
  S20: ['S30', 'S31'],
  S30: ['S31'],
  S32: ['S30', 'S31'],
};

type Stored = Awaited<ReturnType<typeof readOwn>>;

export const placeOf = ({ grid_code, lng, lat }: Stored): RoutePlace => ({
  grid: grid_code,
  position: lng === null || lat === null ? null : [lng, lat],
});

/** The rule an event was reported under; that of today where it was filed under another category since. */
export const ruleFor = async (db: Executor, stored: Stored): Promise<DispatchRule> => {
  const [first] = await db
    .select({ inputs: dispatch_route.inputs })
    .from(dispatch_route)
    .where(eq(dispatch_route.event_id, stored.id))
    .orderBy(asc(dispatch_route.seq))
    .limit(1);
  const kept = first?.inputs?.rule;
  return kept?.category === stored.category_code ? kept : (await readCategory(db, stored.category_code)).rule;
};

/** Whom an event goes to; `by` = who sends it where it is no post. `version`: the one seen. */
export type Sending = { version: number; department: string; target: Target; note: string; by?: Reporter };

/** Walks an event to its department, one recorded move after another; its route is the caller's to keep. */
export const walkToDepartment = async (
  tx: Executor,
  scope: Scope,
  stored: Stored,
  { version, department, target, note, by }: Sending,
): Promise<EventRow> => {
  let row: EventRow | null = null;
  for (const [i, to] of (wayToDispatch[stored.status] ?? []).entries()) {
    const isLast = to === 'S31';
    const said = isLast ? { departmentCode: department, note } : { departmentCode: null, note: '' };
    const move = { id: stored.id, version: version + i, to, satisfaction: null, ...said };
    row = await writeMove(tx, scope, move, { target, ...(by ? { by } : {}) });
  }
  if (!row)
    throw new Problem('invalid', `An event in ${stored.status} is not sent: it is with somebody already.`, {
      from: stored.status,
    });
  return row;
};

const machine = { actorId: 'system', role: 'system' } as const;

/**
 * Sends a waiting event point to point where the list says so (点对点分拨), in the transaction of the act that opened
 * the way: its acceptance, or its filing under another category. Null = it waits for a person.
 */
export const sendAlone = async (tx: Executor, scope: Scope, id: string): Promise<EventRow | null> => {
  const stored = await readOwn(tx, scope, id);
  const rule = await ruleFor(tx, stored);
  const waits = isHeld({ clientKey: stored.client_key, acceptedAt: stored.accepted_at });
  if (!wayToDispatch[stored.status] || waits || !sendsAlone(rule)) return null;
  const [planned] = await planRoutes(tx, [{ rule, isHeld: false, place: placeOf(stored) }]);
  if (!planned) return null;
  const { department, worker } = planned.decision;
  const target = { worker, isAuto: true };
  const row = await walkToDepartment(tx, scope, stored, {
    ...{ version: stored.version, department, target, note: '', by: machine },
  });
  const at = new Date(row.stageAt);
  await writeRoute(tx, {
    ...{ eventId: id, at, actor: { id: machine.actorId, role: machine.role }, mode: 'auto', planned },
    target: { department, worker },
  });
  return row;
};
