import { randomUUID } from 'node:crypto';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { Problem } from '@/data/model/problem';
import type { Scope } from '@/data/model/scope';
import type { RungCode, TicketMove, TicketOpen, TicketStep } from '@/data/model/supervision';
import type { Connection, Executor } from '../db/client';
import { clockNow } from '../db/clock';
import { event } from '../db/schema';
import { checkWord, readInstallation } from '../dictionary/store';
import { pathOf } from '../division/locate';
import { isClosed } from '../event/rules';
import { appendChanges } from '../live/append';
import { tell } from '../notice/store';
import type { SupervisedEvent } from './clock';
import { ticketMoves, ticketRoles } from './rules';
import { supervision_move, supervision_ticket } from './table';

type Ticket = typeof supervision_ticket.$inferSelect;

/** Tells the feed that a ticket changed. */
const change = async (tx: Executor, id: string, version: number, path: string): Promise<void> =>
  appendChanges(tx, [{ kind: 'ticket', id, op: 'put', version, path }]);

const placeOf = async (tx: Executor, { subdistrict, community, grid }: SupervisedEvent): Promise<string> => {
  const place = { subdistrict_code: subdistrict, community_code: community, grid_code: grid };
  return (await pathOf(tx, place)) ?? (await readInstallation(tx)).rootPath;
};

const appendMove = async (
  tx: Executor,
  move: { id: string; step: TicketStep; at: Date; actor: Pick<Scope, 'actorId' | 'role'> | null; note: string },
): Promise<number> => {
  const [last] = await tx.execute<{ seq: number }>(sql`
    select coalesce(max(seq), 0)::int as seq from supervision_move where ticket_id = ${move.id}`);
  const seq = (last?.seq ?? 0) + 1;
  await tx.insert(supervision_move).values({
    ...{ ticket_id: move.id, seq, step: move.step, at: move.at, note: move.note },
    ...{ actor_id: move.actor?.actorId ?? 'system', actor_role: move.actor?.role ?? 'system' },
  });
  return seq;
};

type NewTicket = {
  id: string;
  subject: string;
  event: SupervisedEvent;
  rung: RungCode;
  now: Date;
  deadlineAt: Date;
  text?: string;
  actor?: Pick<Scope, 'actorId' | 'role'>;
};

/** Writes a ticket with its first move; the event is locked, so its tickets are numbered one after the other. */
const writeTicket = async (tx: Executor, ticket: NewTicket): Promise<void> => {
  const { id, event: row, text = '' } = ticket;
  const before = await tx
    .select({ id: supervision_ticket.id })
    .from(supervision_ticket)
    .where(eq(supervision_ticket.event_id, row.id));
  await tx.insert(supervision_ticket).values({
    ...{ id, number: `${row.number}/${before.length + 1}`, event_id: row.id, subject: ticket.subject },
    ...{ rung: ticket.rung, department_code: row.department, worker_id: row.worker, text },
    ...{ opened_at: ticket.now, deadline_at: ticket.deadlineAt },
  });
  await appendMove(tx, { id, step: 'open', at: ticket.now, actor: ticket.actor ?? null, note: text });
  await change(tx, id, 1, await placeOf(tx, row));
};

/** The ladder's doing: opens the ticket of a clock, or takes the open one a rung further. */
export const raiseTicket = async (tx: Executor, ticket: Omit<NewTicket, 'id'>): Promise<void> => {
  const { subject, rung, now } = ticket;
  const [found] = await tx
    .select({ id: supervision_ticket.id, closedAt: supervision_ticket.closed_at })
    .from(supervision_ticket)
    .where(eq(supervision_ticket.subject, subject));
  if (!found) return writeTicket(tx, { ...ticket, id: randomUUID() });
  if (found.closedAt !== null) return;
  const [raised] = await tx
    .update(supervision_ticket)
    .set({ rung, version: sql`${supervision_ticket.version} + 1` })
    .where(and(eq(supervision_ticket.id, found.id), isNull(supervision_ticket.closed_at)))
    .returning({ version: supervision_ticket.version });
  if (!raised) return;
  await appendMove(tx, { id: found.id, step: 'climb', at: now, actor: null, note: rung });
  await change(tx, found.id, raised.version, await placeOf(tx, ticket.event));
};

const noEvent = (id: string): Problem => new Problem('not_found', `No event ${id} in your territory.`, { id });

/** An event of the caller's territory, locked; `missing` is thrown for any other, which it must not name. */
export const lockOwnEvent = async (tx: Executor, scope: Scope, id: string, missing = noEvent(id)) => {
  const [row] = await tx.select().from(event).where(eq(event.id, id)).for('update');
  const path = row && ((await pathOf(tx, row)) ?? (await readInstallation(tx)).rootPath);
  if (!row || !path?.startsWith(scope.path)) throw missing;
  const supervised: SupervisedEvent = {
    ...{ id: row.id, number: row.number, category: row.category_code, level: row.level as SupervisedEvent['level'] },
    ...{ department: row.department_code, worker: row.worker_id },
    ...{ subdistrict: row.subdistrict_code, community: row.community_code, grid: row.grid_code },
  };
  return { row, event: supervised, path };
};

const writeOrder = async (tx: Executor, scope: Scope, order: TicketOpen): Promise<string> => {
  const found = await lockOwnEvent(tx, scope, order.eventId);
  const [same] = await tx
    .select({ id: supervision_ticket.id })
    .from(supervision_ticket)
    .where(eq(supervision_ticket.subject, `order:${order.clientKey}`));
  if (same) return same.id;
  if (isClosed(found.row.status)) throw new Problem('invalid', 'A closed event is not pressed any more.');
  if (order.departmentCode !== null) await checkWord(tx, 'department', order.departmentCode);
  const now = await clockNow(tx);
  const deadlineAt = new Date(order.deadlineAt);
  if (deadlineAt <= now) throw new Problem('invalid', 'The deadline is past.');
  const id = randomUUID();
  const target = {
    ...found.event,
    ...(order.departmentCode ? { department: order.departmentCode, worker: null } : {}),
  };
  await writeTicket(tx, {
    ...{ id, subject: `order:${order.clientKey}`, event: target, rung: 'ticket', now, deadlineAt },
    ...{ text: order.text, actor: scope },
  });
  const posts = [target.department && `R6:${target.department}`, target.subdistrict && `R3:${target.subdistrict}`];
  await tell(tx, {
    ...{ cause: `ticket:${id}:open`, kind: 'ticket', event: target, now },
    ...{ posts: posts.filter((post) => post !== null), channels: ['app', 'wecom'], unreadMinutes: 240 },
    detail: { ticket: id, dueAt: deadlineAt.toISOString() },
  });
  return id;
};

/** Opens a ticket by hand (督办). A repeated key finds the ticket of the first time. */
export const openTicket = async (connection: Connection, scope: Scope, order: TicketOpen): Promise<string> => {
  if (!ticketRoles.open.includes(scope.role))
    throw new Problem('not_allowed', `A ticket is opened by ${ticketRoles.open.join(', ')}, not ${scope.role}.`);
  return connection.db.transaction((tx) => writeOrder(tx, scope, order));
};

/** What a move changes of a ticket. */
const effectOf = (move: TicketMove, now: Date): Partial<Ticket> => {
  if (move.step === 'reply') return { replied_at: now, reply: move.note };
  if (move.step === 'close') return { closed_at: now, result: move.note };
  if (move.step === 'note') return {};
  const deadline = move.deadlineAt === null ? null : new Date(move.deadlineAt);
  if (!deadline || deadline <= now) throw new Problem('invalid', 'A ticket sent back needs a new deadline to come.');
  return { replied_at: null, deadline_at: deadline };
};

const conflict = (id: string, version: number): Problem =>
  new Problem('conflict', `Ticket ${id} was changed by someone else: it is at version ${version}.`, { id, version });

const checkMove = (scope: Scope, ticket: Ticket, move: TicketMove): void => {
  if (ticket.version !== move.version) throw conflict(ticket.id, ticket.version);
  if (!ticketRoles[move.step].includes(scope.role))
    throw new Problem('not_allowed', `${move.step} is for ${ticketRoles[move.step].join(', ')}, not ${scope.role}.`);
  const state = { repliedAt: ticket.replied_at, closedAt: ticket.closed_at };
  if (!ticketMoves(scope.role, state).includes(move.step))
    throw new Problem('invalid', `A ticket as it stands cannot take a ${move.step}.`, { step: move.step });
};

/** Whom a move is told to: the supervisors hear the reply, the handler what the supervisors say. */
const heardBy = (step: TicketMove['step'], event: SupervisedEvent, root: string): string[] => {
  const { subdistrict, department, community } = event;
  const posts =
    step === 'reply'
      ? [`R2:${root}`, subdistrict && `R3:${subdistrict}`]
      : [department && `R6:${department}`, community && `R4:${community}`];
  return posts.filter((post) => post !== null);
};

const writeMove = async (tx: Executor, scope: Scope, move: TicketMove): Promise<void> => {
  const [known] = await tx.select().from(supervision_ticket).where(eq(supervision_ticket.id, move.id));
  const missing = new Problem('not_found', `No ticket ${move.id} in your territory.`, { id: move.id });
  if (!known) throw missing;
  const { event: row, path } = await lockOwnEvent(tx, scope, known.event_id, missing);
  const [ticket = known] = await tx.select().from(supervision_ticket).where(eq(supervision_ticket.id, move.id));
  checkMove(scope, ticket, move);
  const now = await clockNow(tx);
  const version = ticket.version + 1;
  await tx
    .update(supervision_ticket)
    .set({ ...effectOf(move, now), version })
    .where(eq(supervision_ticket.id, move.id));
  const seq = await appendMove(tx, { id: move.id, step: move.step, at: now, actor: scope, note: move.note });
  await change(tx, move.id, version, path);
  if (move.step === 'close') return;
  await tell(tx, {
    ...{ cause: `ticket:${move.id}:${seq}`, kind: move.step, now, channels: ['app', 'wecom'], unreadMinutes: null },
    event: row,
    posts: heardBy(move.step, { ...row, department: ticket.department_code }, (await readInstallation(tx)).root),
    detail: { ticket: move.id },
  });
};

/** Moves a ticket: a note, a reply, sent back, closed. Row, history, feed and notices are written in one transaction. */
export const moveTicket = (connection: Connection, scope: Scope, move: TicketMove): Promise<void> =>
  connection.db.transaction((tx) => writeMove(tx, scope, move));
