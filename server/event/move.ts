import { and, desc, eq, sql } from 'drizzle-orm';
import type { EventMove, EventRow, EventStatus } from '@/data/model/event';
import { refuse } from '@/data/model/intake';
import { Problem } from '@/data/model/problem';
import type { Scope } from '@/data/model/scope';
import type { Executor } from '../db/client';
import { term } from '../db/schema';
import { checkWord, readInstallation } from '../dictionary/store';
import { writeRoute } from '../dispatch/route';
import { pathOf } from '../division/locate';
import { attachPhotos } from '../file/store';
import { appendChanges } from '../live/append';
import { followMove } from '../supervision/follow';
import { selectImages, toEventRow } from './image';
import type { Reporter } from './report-write';
import {
  addedMinutes,
  applyMove,
  type Decision,
  happenedBetween,
  mayPlay,
  moveRoles,
  movesOf,
  nextStatuses,
} from './rules';
import { event, event_transition } from './table';

type Stored = typeof event.$inferSelect;

/** The stored event with its path; `not_found` outside the caller's territory. */
export const readOwn = async (tx: Executor, scope: Scope, id: string): Promise<Stored & { path: string }> => {
  const [stored] = await tx.select().from(event).where(eq(event.id, id));
  const path = stored && ((await pathOf(tx, stored)) ?? (await readInstallation(tx)).rootPath);
  if (!stored || !path?.startsWith(scope.path))
    throw new Problem('not_found', `No event ${id} in your territory.`, { id });
  return { ...stored, path };
};

export const conflict = (id: string, version: number): Problem =>
  new Problem('conflict', `Event ${id} was changed by someone else: it is at version ${version}.`, { id, version });

const checkMove = (scope: Scope, stored: Stored, move: EventMove, by: Reporter | undefined): void => {
  if (stored.version !== move.version) throw conflict(stored.id, stored.version);
  if (!nextStatuses(stored.status).includes(move.to))
    throw new Problem('invalid', `An event in ${stored.status} cannot go to ${move.to}.`, {
      from: stored.status,
      to: move.to,
    });
  if (!by && !movesOf(scope, stored.status).includes(move.to))
    throw new Problem(
      'not_allowed',
      `${stored.status} to ${move.to} is for ${moveRoles(stored.status, move.to).join(', ')}, not ${scope.role}.`,
    );
  if (!by && scope.department !== undefined && scope.department !== stored.department_code)
    throw new Problem('not_allowed', `Event ${stored.id} is not one of ${scope.department}.`);
  if (move.satisfaction !== null && move.to !== 'S70')
    throw new Problem('invalid', 'Satisfaction belongs to the move to S70.');
};

/** Refuses whoever would report, judge and handle one event. */
const checkParts = async (tx: Executor, scope: Scope, stored: Stored, to: EventStatus): Promise<void> => {
  const own = await tx
    .select({ from: event_transition.from_status, to: event_transition.to_status })
    .from(event_transition)
    .where(and(eq(event_transition.event_id, stored.id), eq(event_transition.actor_id, scope.actorId)));
  if (!mayPlay({ from: stored.status, to }, own))
    throw refuse('same_post', 'Whoever reports and judges an event does not handle it.');
};

const decisionOf = ({ isApproved = null, untilAt = null }: EventMove): Decision => ({
  isApproved,
  untilAt: untilAt === null ? null : new Date(untilAt),
});

/** What a move must say besides: reasons, an answer to a request, the day a suspension is looked at again. */
const checkParticulars = (stored: Stored, { to, note }: EventMove, { isApproved, untilAt }: Decision): void => {
  const { status, handle_due_at: due } = stored;
  const isAnswer = status === 'S41' && to === 'S40';
  const needsReason = to === 'S41' || to === 'S42' || (isAnswer && isApproved === false);
  if (needsReason && note === '') throw new Problem('invalid', `${status} to ${to} needs a reason.`, { field: 'note' });
  if (isAnswer !== (isApproved !== null))
    throw new Problem('invalid', 'A request for more time is approved or refused, and nothing else is.', {
      field: 'isApproved',
    });
  const isDated = to === 'S41' || to === 'S42' || (isAnswer && isApproved === true);
  if ((to === 'S42' && untilAt === null) || (untilAt !== null && !isDated))
    throw new Problem('invalid', 'A suspension names the day it is looked at again.', { field: 'untilAt' });
  if (untilAt !== null && to !== 'S42' && due !== null && untilAt <= due)
    throw new Problem('invalid', 'More time ends later than the limit there is.', { field: 'untilAt' });
};

/** Department after the move: named by the actor, else as before; a dispatch needs one. */
const departmentAfter = async (tx: Executor, stored: Stored, move: EventMove): Promise<string | null> => {
  if (move.departmentCode !== null) {
    await checkWord(tx, 'department', move.departmentCode);
    return move.departmentCode;
  }
  if (move.to !== 'S31' || stored.department_code !== null) return stored.department_code;
  const [category] = await tx
    .select({ attrs: term.attrs })
    .from(term)
    .where(and(eq(term.list, 'event-category'), eq(term.code, stored.category_code)))
    // The rule an event was reported under; the oldest one where it is older than the list.
    .orderBy(sql`${term.valid_from} <= ${stored.reported_at.toISOString()}::timestamptz desc`, desc(term.valid_from))
    .limit(1);
  const lead = category?.attrs.lead_department ?? '';
  if (lead === '') throw new Problem('invalid', 'A dispatch needs a department.');
  return lead;
};

/** The event as it is now, when this very move was made before; null = it was not. */
export const findMade = async (tx: Executor, scope: Scope, move: EventMove): Promise<EventRow | null> => {
  if (move.clientKey === undefined) return null;
  const [made] = await tx
    .select({ eventId: event_transition.event_id, by: event_transition.actor_id, to: event_transition.to_status })
    .from(event_transition)
    .where(eq(event_transition.client_key, move.clientKey));
  if (!made) return null;
  if (made.eventId !== move.id || made.by !== scope.actorId || made.to !== move.to)
    throw refuse('key_used', 'This clientKey was used for another move.');
  const [record] = await selectImages(tx, { where: sql`e.id = ${move.id}`, hasWall: false });
  return record ? toEventRow(record) : null;
};

/** Whom a dispatch goes to within its department (null = its duty desk); `isAuto`: the machine sends it. */
export type Target = { worker: string | null; isAuto?: boolean };

/** Columns that say whom an event is with: a dispatch names its worker, or leaves it to the department's duty desk. */
const withAfter = (move: EventMove, department: string | null, target: Target | null) => ({
  department_code: department,
  ...(move.to === 'S31' ? { worker_id: target?.worker ?? null } : {}),
  ...(move.to === 'S31' && target?.isAuto ? { is_auto_dispatched: true } : {}),
});

type Moved = { target?: Target | null; isWhistle?: boolean; by?: Reporter };

/**
 * Writes a move in the caller's transaction. `target` = a dispatch whose route the caller keeps; `isWhistle`: the
 * sub-district blew one, which alone leads to joint handling; `by` = who moves it where it is no post.
 */
export const writeMove = async (
  tx: Executor,
  scope: Scope,
  move: EventMove,
  { target = null, isWhistle = false, by }: Moved = {},
): Promise<EventRow> => {
  const made = await findMade(tx, scope, move);
  if (made) return made;
  const stored = await readOwn(tx, scope, move.id);
  checkMove(scope, stored, move, by);
  if (!by) await checkParts(tx, scope, stored, move.to);
  const decision = decisionOf(move);
  checkParticulars(stored, move, decision);
  if (move.to === 'S43' && !isWhistle) throw new Problem('invalid', 'Joint handling begins with a whistle.');
  const [clock] = await tx.execute<{ at: string; seq: number }>(sql`
    select now() as at, max(seq) as seq from event_transition where event_id = ${move.id}`);
  const at = happenedBetween(stored.status_at, new Date(clock?.at ?? 0), move.happenedAt);
  const department = await departmentAfter(tx, stored, move);
  const version = move.version + 1;
  const written = await tx
    .update(event)
    .set({
      ...applyMove(stored, move.to, at, decision),
      version,
      ...withAfter(move, department, target),
      recorded_at: sql`now()`,
      ...(move.satisfaction === null ? {} : { satisfaction: move.satisfaction }),
    })
    .where(and(eq(event.id, move.id), eq(event.version, move.version)))
    .returning({ version: event.version });
  if (written.length === 0) throw conflict(move.id, (await readOwn(tx, scope, move.id)).version);
  const seq = (clock?.seq ?? 0) + 1;
  await tx.insert(event_transition).values({
    event_id: move.id,
    seq,
    from_status: stored.status,
    to_status: move.to,
    at,
    actor_id: (by ?? scope).actorId,
    actor_role: (by ?? scope).role,
    department_code: department,
    note: move.note,
    is_approved: decision.isApproved,
    until_at: decision.untilAt,
    added_minutes: addedMinutes(stored, at, decision),
    client_key: move.clientKey ?? null,
  });
  await attachPhotos(tx, scope.actorId, move.photos, { eventId: move.id, step: seq });
  await followMove(tx, scope, {
    event: stored,
    to: move.to,
    at,
    seq,
    untilAt: decision.untilAt,
  });
  if (move.to === 'S31' && !target)
    await writeRoute(tx, {
      ...{ eventId: move.id, at, mode: 'manual', planned: null, note: move.note },
      ...{ actor: { id: scope.actorId, role: scope.role }, target: { department, worker: null } },
    });
  await appendChanges(tx, [{ kind: 'event', id: move.id, op: 'put', version, path: stored.path }]);
  const [record] = await selectImages(tx, { where: sql`e.id = ${move.id}`, hasWall: false });
  if (!record) throw new Problem('not_found', `No event ${move.id}.`);
  return toEventRow(record);
};
