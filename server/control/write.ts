import { randomUUID } from 'node:crypto';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import {
  type ControlDuty,
  type ControlMove,
  type ControlPush,
  controlLevels,
  controlMoves,
} from '@/data/model/control';
import { refuse } from '@/data/model/intake';
import { Problem } from '@/data/model/problem';
import type { Scope } from '@/data/model/scope';
import type { Connection, Executor } from '../db/client';
import { clockNow } from '../db/clock';
import { numberOf } from '../db/number';
import { control, control_move, control_part, division } from '../db/schema';
import { checkWord, readInstallation, wordOf } from '../dictionary/store';
import { canControl, checkControlMove } from './rules';

type Move = Omit<typeof control_move.$inferInsert, 'seq' | 'control_id' | 'at'>;
type Ticket = typeof control.$inferSelect;
type Actor = Pick<Move, 'actor_id' | 'actor_role' | 'actor_division'>;

const actorOf = (scope: Scope): Actor => ({
  actor_id: scope.actorId,
  actor_role: scope.role,
  actor_division: scope.division,
});

/** Appends moves after the ticket's last; the ticket is locked. */
const appendMoves = async (tx: Executor, id: string, at: Date, moves: readonly Move[]): Promise<void> => {
  const [last] = await tx.execute<{ seq: number }>(
    sql`select coalesce(max(seq), 0)::int as seq from control_move where control_id = ${id}::uuid`,
  );
  const from = (last?.seq ?? 0) + 1;
  await tx.insert(control_move).values(moves.map((move, i) => ({ ...move, control_id: id, seq: from + i, at })));
};

const SignHours = z.coerce.number().positive();

const signDue = async (tx: Executor, level: number, at: Date): Promise<Date> => {
  const word = await wordOf(tx, 'control-limit', String(level));
  return new Date(at.getTime() + SignHours.parse(word?.attrs.sign_hours) * 3_600_000);
};

/** Gives divisions right below a part of the ticket; `control_below` for any that is not, or has one. */
const passOn = async (
  tx: Executor,
  ticket: Ticket,
  from: { division: string; actor: Actor; at: Date },
  children: readonly ControlDuty[],
): Promise<Move[]> => {
  const codes = children.map((child) => child.division);
  const nodes = await tx
    .select({ code: division.code, level: division.level, path: division.path })
    .from(division)
    .where(and(inArray(division.code, codes), eq(division.parent_code, from.division)));
  const held = await tx
    .select({ code: control_part.division_code })
    .from(control_part)
    .where(and(eq(control_part.control_id, ticket.id), inArray(control_part.division_code, codes)));
  const signDueAt = await signDue(tx, ticket.level, from.at);
  const parts = children.map(({ division: code, duty }) => {
    const node = nodes.find((each) => each.code === code);
    const level = node && controlLevels[node.level - 1];
    if (!level) throw refuse('control_below', `${code} does not stand right below ${from.division}.`);
    return {
      ...{ control_id: ticket.id, division_code: code, level, path: node.path, parent_code: from.division, duty },
      ...{ passed_at: from.at, sign_due_at: signDueAt, due_at: ticket.due_at, state: 'waiting' as const, version: 1 },
    };
  });
  if (held.length > 0 || new Set(codes).size < codes.length)
    throw refuse('control_below', 'A division has one part of a ticket, with one duty.');
  await tx.insert(control_part).values(parts);
  return codes.map((code) => ({
    ...{ division_code: code, version: 1, step: 'push', to_state: 'waiting', ...from.actor },
  }));
};

type NewTicket = Omit<ControlPush, 'children' | 'clientKey'> & { clientKey: string };

const findByKey = async (tx: Executor, key: string): Promise<Ticket | null> => {
  const [ticket] = await tx.select().from(control).where(eq(control.client_key, key));
  return ticket ?? null;
};

/** The row of a ticket; null = a push at the same instant took its key. */
const insertTicket = async (tx: Executor, scope: Scope, push: NewTicket, at: Date): Promise<Ticket | null> => {
  const id = randomUUID();
  const { timeZone } = await readInstallation(tx);
  const [ticket] = await tx
    .insert(control)
    .values({
      ...{ id, number: `L${numberOf(id, at, timeZone)}`, source_code: push.source, level: push.level },
      ...{ title: push.title, evidence: push.evidence, division_code: push.division, address: push.address },
      ...{ origin_code: scope.division, pushed_at: at, due_at: new Date(push.dueAt), client_key: push.clientKey },
    })
    .onConflictDoNothing({ target: control.client_key })
    .returning();
  return ticket ?? null;
};

/** Writes a ticket with the part of who pushes it; a key sent before tells the ticket of the first time (`isNew` false). */
export const openTicket = async (tx: Executor, scope: Scope, push: NewTicket, actor: Actor) => {
  const same = await findByKey(tx, push.clientKey);
  if (same) return { ticket: same, isNew: false, at: same.pushed_at };
  const at = await clockNow(tx);
  if (new Date(push.dueAt) <= at) throw refuse('due_past', 'The limit is past.');
  await checkWord(tx, 'control-source', push.source);
  const [place] = await tx.select({ path: division.path }).from(division).where(eq(division.code, push.division));
  if (!place?.path.startsWith(scope.path))
    throw refuse('outside', `Division ${push.division} lies outside the territory.`);
  const level = controlLevels.find((each) => each === scope.level);
  if (!level) throw new Problem('not_allowed', `A ticket is not pushed from a ${scope.level}.`);
  const ticket = await insertTicket(tx, scope, push, at);
  if (!ticket) {
    const first = await findByKey(tx, push.clientKey);
    if (!first) throw new Problem('conflict', 'This key is being used.');
    return { ticket: first, isNew: false, at: first.pushed_at };
  }
  const { id } = ticket;
  await tx.insert(control_part).values({
    ...{ control_id: id, division_code: scope.division, level, path: scope.path, parent_code: null, duty: push.duty },
    ...{ passed_at: at, sign_due_at: at, due_at: ticket.due_at, state: 'passed', version: 1 },
  });
  await appendMoves(tx, id, at, [
    { division_code: scope.division, version: 1, step: 'push', to_state: 'passed', ...actor },
  ]);
  return { ticket, isNew: true, at };
};

/** Pushes a risk down (上级推送) from the caller's level; a repeated key gives the ticket of the first time. */
export const pushControl = async (connection: Connection, scope: Scope, push: ControlPush): Promise<string> => {
  if (!canControl(scope)) throw new Problem('not_allowed', `Role ${scope.role} at ${scope.level} pushes no risk.`);
  return connection.db.transaction(async (tx) => {
    const { ticket, isNew, at } = await openTicket(tx, scope, push, actorOf(scope));
    if (!isNew && ticket.origin_code !== scope.division)
      throw refuse('key_used', 'This clientKey was used by another level.', { id: push.clientKey });
    if (!isNew) return ticket.id;
    const from = { division: scope.division, actor: actorOf(scope), at };
    await appendMoves(tx, ticket.id, at, await passOn(tx, ticket, from, push.children));
    return ticket.id;
  });
};

/** Passes a new ticket down a chain that ran elsewhere before it came here: all but the last have signed and passed it on. */
export const passChain = async (
  tx: Executor,
  ticket: Ticket,
  from: string,
  chain: readonly ControlDuty[],
  actorAt: (division: string) => Actor,
): Promise<void> => {
  const [next, ...rest] = chain;
  if (!next) return;
  const at = ticket.pushed_at;
  await appendMoves(tx, ticket.id, at, await passOn(tx, ticket, { division: from, actor: actorAt(from), at }, [next]));
  if (rest.length === 0) return;
  const own = { division_code: next.division, ...actorAt(next.division) };
  await appendMoves(tx, ticket.id, at, [
    { ...own, version: 2, step: 'sign', to_state: 'signed' },
    { ...own, version: 3, step: 'pass', to_state: 'passed' },
  ]);
  await tx
    .update(control_part)
    .set({ state: 'passed', version: 3 })
    .where(and(eq(control_part.control_id, ticket.id), eq(control_part.division_code, next.division)));
  await passChain(tx, ticket, next.division, rest, actorAt);
};

/** The ticket, locked, with its parts; `not_found` unless the caller's division has one of them. */
const lockTicket = async (tx: Executor, scope: Scope, id: string) => {
  const [ticket] = await tx.select().from(control).where(eq(control.id, id)).for('update');
  const rows = await tx.select().from(control_part).where(eq(control_part.control_id, id));
  if (!ticket || !rows.some(({ division_code }) => division_code === scope.division))
    throw new Problem('not_found', `No control ${id} in your territory.`, { id });
  const parts = rows.map(({ division_code, parent_code, ...part }) => ({
    ...part,
    division: division_code,
    parent: parent_code,
  }));
  return { ticket, parts };
};

/**
 * Moves a division's part: the version seen must be the newest (`conflict`), the step one there is and the caller's to
 * make. Parts of one ticket are moved one after the other, so nobody closes over a branch that opens meanwhile.
 */
export const moveControl = async (
  connection: Connection,
  scope: Scope,
  move: ControlMove,
  actor: Actor = actorOf(scope),
): Promise<number> => {
  if (!canControl(scope)) throw new Problem('not_allowed', `Role ${scope.role} at ${scope.level} carries no tickets.`);
  return connection.db.transaction(async (tx) => {
    const { ticket, parts } = await lockTicket(tx, scope, move.id);
    const part = parts.find((each) => each.division === move.division);
    const mayNot = part?.division !== scope.division && part?.parent !== scope.division;
    if (!part || mayNot) throw new Problem('not_found', `No part of ${move.division} for you.`, { id: move.id });
    if (part.version !== move.version)
      throw new Problem('conflict', `The part is at version ${part.version}.`, { version: part.version });
    if (ticket.closed_at) throw new Problem('invalid', 'The ticket is closed.');
    checkControlMove(parts, part, move, scope.division);
    const to = controlMoves[part.state][move.step]?.to ?? part.state;
    const at = await clockNow(tx);
    const version = part.version + 1;
    const passed =
      move.step === 'pass' ? await passOn(tx, ticket, { division: part.division, actor, at }, move.children) : [];
    await tx
      .update(control_part)
      .set({ state: to, version })
      .where(and(eq(control_part.control_id, move.id), eq(control_part.division_code, part.division)));
    if (move.step === 'close') await tx.update(control).set({ closed_at: at }).where(eq(control.id, move.id));
    const own = { division_code: part.division, version, step: move.step, to_state: to, ...actor };
    await appendMoves(tx, move.id, at, [{ ...own, note: move.note, reason: move.reason }, ...passed]);
    return version;
  });
};
