import { eq } from 'drizzle-orm';
import type {
  Candidate,
  Decision,
  DispatchRule,
  PassReason,
  RouteInputs,
  RouteMode,
  Suggestion,
} from '@/data/model/dispatch';
import { decide, rank } from '@/data/model/dispatch-rule';
import { type EventRow, type EventStatus, stageOf } from '@/data/model/event';
import { Problem } from '@/data/model/problem';
import { isAggregateOnly, type Scope } from '@/data/model/scope';
import type { Connection, Executor } from '../db/client';
import { worker } from '../db/schema';
import { checkWord } from '../dictionary/store';
import { readOwn, writeMove } from '../event/move';
import { movesOf } from '../event/rules';
import { placeOf, ruleFor, walkToDepartment, wayToDispatch } from '../event/send';
import { isHeld } from '../intake/rules';
import type { RoadFinder } from '../road/finder';
import { roadFinderOf } from '../road/store';
import { maskedNames } from '../workforce/store';
import { type Placed, readLines, withoutPlace } from './candidates';
import { writeRoute } from './route';

/** Suggestions shown: the best and two to choose instead. */
const nShown = 3;

type Stored = Awaited<ReturnType<typeof readOwn>>;

/** By road where a road joins the two. */
const byRoad = (finder: RoadFinder, candidate: Placed, stored: Stored): Candidate => {
  const { at } = candidate;
  if (!at || stored.lng === null || stored.lat === null) return withoutPlace(candidate);
  const route = finder.route(at, [stored.lng, stored.lat]);
  return route.isByRoad
    ? { ...withoutPlace(candidate), metres: Math.round(route.metres), isRoad: true }
    : withoutPlace(candidate);
};

const readInputs = async (db: Executor, finder: RoadFinder, stored: Stored): Promise<RouteInputs> => {
  const rule = await ruleFor(db, stored);
  const ask = { department: rule.department, place: placeOf(stored), category: stored.category_code };
  const [candidates = []] = await readLines(db, [ask]);
  return {
    rule,
    candidates: candidates.map((candidate) => byRoad(finder, candidate, stored)),
    isHeld: isHeld({ clientKey: stored.client_key, acceptedAt: stored.accepted_at }),
  };
};

/** A suggestion as a desk sees it: the worker's name masked. */
export type Shown = Suggestion & { name: string | null };
/** Whom an event may be sent to (分拨建议): the best, the next two, and the reasons of those who are none of them. */
export type Suggested = {
  id: string;
  version: number;
  rule: DispatchRule;
  reason: Decision['reason'];
  shown: Shown[];
  passed: { name: string | null; why: PassReason }[];
  /** Whether this post may send it now, and hand it back instead. */
  maySend: boolean;
  mayReturn: boolean;
};

const canWalk = (scope: Scope, from: EventStatus): boolean =>
  (wayToDispatch[from] ?? []).reduce<{ at: EventStatus; is: boolean }>(
    ({ at, is }, to) => ({ at: to, is: is && movesOf(scope, at).includes(to) }),
    { at: from, is: wayToDispatch[from] !== undefined },
  ).is;

/** Suggestions for an event that waits to be sent; null = it is with somebody already, or closed. */
export const suggestRoute = async (connection: Connection, scope: Scope, id: string): Promise<Suggested | null> => {
  const { db } = connection;
  const stored = await readOwn(db, scope, id);
  if (!wayToDispatch[stored.status]) return null;
  const inputs = await readInputs(db, await roadFinderOf(connection), stored);
  const [decision, ranked] = [decide(inputs), rank(inputs)];
  const names = await maskedNames(
    db,
    scope,
    inputs.candidates.map((candidate) => candidate.worker),
  );
  const shown = ranked.slice(0, nShown);
  return {
    ...{ id, version: stored.version, rule: inputs.rule, reason: decision.reason },
    shown: shown.map((one) => ({ ...one, name: one.worker && (names.get(one.worker) ?? null) })),
    passed: decision.passed
      .filter((one) => !shown.some(({ worker: code }) => code === one.worker))
      .map(({ worker: code, why }) => ({ name: names.get(code) ?? null, why })),
    maySend: canWalk(scope, stored.status),
    mayReturn: stageOf[stored.status] === 'report' && canWalk(scope, stored.status),
  };
};

export type Assignment = {
  id: string;
  version: number;
  isAccepted: boolean;
  department: string;
  worker: string | null;
  note: string;
};

/** Whether the target is one there is: a department of the list, and a worker of it or of the candidates. */
const checkTarget = async (tx: Executor, inputs: RouteInputs, { department, worker: code }: Assignment) => {
  await checkWord(tx, 'department', department);
  if (code === null || inputs.candidates.some((one) => one.worker === code)) return;
  const [row] = await tx.select({ department: worker.department_code }).from(worker).where(eq(worker.id, code));
  if (row?.department !== department)
    throw new Problem('invalid', `Worker ${code} is not of department ${department}.`, { worker: code });
};

const modeOf = (ranked: readonly Suggestion[], assignment: Assignment): RouteMode => {
  const best = ranked[0];
  const isBest = best?.worker === assignment.worker && best.department === assignment.department;
  if (assignment.isAccepted && !isBest)
    throw new Problem('conflict', 'Another is suggested by now: look again.', { id: assignment.id });
  if (isBest) return 'accepted';
  if (assignment.note.length < 2)
    throw new Problem('invalid', 'Say why the suggestion was not taken.', { fault: 'reason' });
  return 'overruled';
};

/**
 * Sends an event to whom a person chose (采纳、改派): the suggestion, or another with the reason. The moves, what was
 * suggested and what it was suggested from are written in one transaction.
 */
export const assignRoute = async (connection: Connection, scope: Scope, assignment: Assignment): Promise<EventRow> => {
  if (isAggregateOnly(scope)) throw new Problem('not_allowed', 'This post sends no events.');
  const finder = await roadFinderOf(connection);
  return connection.db.transaction(async (tx) => {
    const stored = await readOwn(tx, scope, assignment.id);
    const inputs = await readInputs(tx, finder, stored);
    await checkTarget(tx, inputs, assignment);
    const { version, department, worker: code, note } = assignment;
    const row = await walkToDepartment(tx, scope, stored, { version, department, target: { worker: code }, note });
    await writeRoute(tx, {
      ...{ eventId: assignment.id, at: new Date(row.stageAt), mode: modeOf(rank(inputs), assignment) },
      ...{ actor: { id: scope.actorId, role: scope.role }, planned: { inputs, decision: decide(inputs) } },
      ...{ target: { department, worker: code }, note },
    });
    return row;
  });
};

const wayBack: Partial<Record<EventStatus, EventStatus[]>> = { S10: ['S20', 'S21'], S20: ['S21'] };

/** Hands an event back to whoever reported it (退回), with the reason: it is not registered. */
export const returnEvent = (
  connection: Connection,
  scope: Scope,
  back: Pick<Assignment, 'id' | 'version' | 'note'>,
): Promise<EventRow> =>
  connection.db.transaction(async (tx) => {
    const stored = await readOwn(tx, scope, back.id);
    const way = wayBack[stored.status];
    if (!way) throw new Problem('invalid', `An event in ${stored.status} is not handed back: it is registered.`);
    const move = { id: back.id, satisfaction: null, departmentCode: null };
    const walked = way.map((to, i) => ({
      ...move,
      version: back.version + i,
      to,
      note: to === 'S21' ? back.note : '',
    }));
    let row: EventRow | null = null;
    for (const each of walked) row = await writeMove(tx, scope, each);
    if (!row) throw new Problem('unavailable', 'The event was not handed back.');
    return row;
  });
