import { asc, eq, type SQL, sql } from 'drizzle-orm';
import type { EventLevel } from '@/data/model/event';
import { Problem } from '@/data/model/problem';
import { isAggregateOnly, type Scope } from '@/data/model/scope';
import type { SupervisionStep, TicketRow, WhistleLine, WhistleRow } from '@/data/model/supervision';
import type { Connection, Executor } from '../db/client';
import { onOneLine } from '../db/scoped';
import { territoryCondition } from '../event/filter';
import { ticketMoves } from './rules';
import { supervision_move, supervision_ticket, whistle, whistle_department, whistle_move } from './table';
import { movesOfLine } from './whistle';

export { changePolicy, policyHistory, readPolicy, withdrawPolicy } from './policy';
export { moveTicket, openTicket } from './ticket';
export { blowWhistle, moveWhistle } from './whistle';

const mostListed = 200;

/** Place and instant a list is asked for; `at` null = now. */
export type Ask = { division: string | null; at: Date | null };

const by = (value: Date | null, at: Date | null): string | null =>
  value === null || (at !== null && value > at) ? null : value.toISOString();

/** The alias that `territoryCondition` and the orders below name. */
const e = sql.raw('event e');

const eventColumns = {
  eventNumber: sql<string>`e.number`,
  title: sql<string>`e.title`,
  category: sql<string>`e.category_code`,
  level: sql<EventLevel>`e.level`,
  subdistrict: sql<string | null>`e.subdistrict_code`,
  community: sql<string | null>`e.community_code`,
  grid: sql<string | null>`e.grid_code`,
};

const readTickets = async (db: Executor, scope: Scope, where: SQL, at: Date | null): Promise<TicketRow[]> => {
  const rows = await db
    .select({ ticket: supervision_ticket, ...eventColumns })
    .from(supervision_ticket)
    .innerJoin(e, sql`e.id = ${supervision_ticket.event_id}`)
    .where(where)
    .orderBy(asc(supervision_ticket.deadline_at), asc(supervision_ticket.id))
    .limit(mostListed);
  const isAggregate = isAggregateOnly(scope);
  return rows.map(({ ticket: t, title, subdistrict: _subdistrict, grid, ...of }) => ({
    ...{ id: t.id, version: t.version, number: t.number, eventId: t.event_id, ...of },
    ...{ title: isAggregate ? null : title, grid: isAggregate ? null : grid },
    ...{ rung: t.rung, department: t.department_code, text: t.text },
    ...{ openedAt: t.opened_at.toISOString(), deadlineAt: t.deadline_at.toISOString() },
    ...{ repliedAt: by(t.replied_at, at), reply: by(t.replied_at, at) ? t.reply : '' },
    ...{ closedAt: by(t.closed_at, at), result: by(t.closed_at, at) ? t.result : '' },
  }));
};

/** Tickets open at an instant in the caller's territory (在办督办单), the soonest due first. */
export const listTickets = (connection: Connection, scope: Scope, { division, at }: Ask): Promise<TicketRow[]> =>
  onOneLine(connection, async ({ db }) => {
    const territory = await territoryCondition(db, scope, division);
    const instant = at === null ? sql`now()` : sql`${at.toISOString()}::timestamptz`;
    const open = sql`${supervision_ticket.opened_at} <= ${instant}
      and (${supervision_ticket.closed_at} is null or ${supervision_ticket.closed_at} > ${instant})`;
    return readTickets(db, scope, sql`${territory} and ${open}`, at);
  });

/** One ticket with its moves, and what this caller may do next; nothing in the past. */
export const ticketById = async ({ db }: Connection, scope: Scope, id: string, at: Date | null) => {
  const where = sql`${await territoryCondition(db, scope, null)} and ${supervision_ticket.id} = ${id}`;
  const [ticket] = await readTickets(db, scope, where, at);
  if (!ticket) throw new Problem('not_found', `No ticket ${id} in your territory.`, { id });
  const { seq, step, at: moved, actor_role: role, note } = supervision_move;
  const rows = await db
    .select({ seq, step, at: moved, role, note })
    .from(supervision_move)
    .where(eq(supervision_move.ticket_id, id))
    .orderBy(asc(seq));
  const steps: SupervisionStep[] = rows
    .filter((row) => at === null || row.at <= at)
    .map((row) => ({ ...row, at: row.at.toISOString(), department: null }));
  return { ticket, steps, moves: at === null ? ticketMoves(scope.role, ticket) : [] };
};

const toLine =
  (scope: Scope, at: Date | null, isOver: boolean) =>
  (line: typeof whistle_department.$inferSelect): WhistleLine => ({
    ...{ department: line.department_code, version: line.version },
    limits: [
      { clock: 'sign', dueAt: line.sign_due_at.toISOString(), doneAt: by(line.signed_at, at) },
      { clock: 'contact', dueAt: line.contact_due_at.toISOString(), doneAt: by(line.contacted_at, at) },
      { clock: 'arrive', dueAt: line.arrive_due_at.toISOString(), doneAt: by(line.arrived_at, at) },
    ],
    repliedAt: by(line.replied_at, at),
    reply: by(line.replied_at, at) && !isAggregateOnly(scope) ? line.reply : null,
    score: by(line.scored_at, at) ? line.score : null,
    moves: at === null ? movesOfLine(scope, line, isOver) : [],
  });

const readWhistles = async (db: Executor, scope: Scope, where: SQL, at: Date | null): Promise<WhistleRow[]> => {
  const rows = await db
    .select({ whistle, ...eventColumns })
    .from(whistle)
    .innerJoin(e, sql`e.id = ${whistle.event_id}`)
    .where(where)
    .orderBy(sql`${whistle.blown_at} desc`, asc(whistle.id))
    .limit(mostListed);
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.whistle.id);
  const lines = await db
    .select()
    .from(whistle_department)
    .where(sql`${whistle_department.whistle_id} in ${ids}`)
    .orderBy(asc(whistle_department.department_code));
  return rows.map(({ whistle: w, title, grid: _grid, ...of }) => ({
    ...{ id: w.id, version: w.version, eventId: w.event_id, ...of, title: isAggregateOnly(scope) ? null : title },
    ...{ kind: w.kind, reason: isAggregateOnly(scope) ? '' : w.reason },
    ...{ blownAt: w.blown_at.toISOString(), endedAt: by(w.ended_at, at) },
    lines: lines.filter((line) => line.whistle_id === w.id).map(toLine(scope, at, w.ended_at !== null)),
  }));
};

/** Whistles sounding at an instant in the caller's territory (在哨), the newest first; those over wait there for a score. */
export const listWhistles = async ({ db }: Connection, scope: Scope, { division, at }: Ask): Promise<WhistleRow[]> => {
  const territory = await territoryCondition(db, scope, division);
  const instant = at === null ? sql`now()` : sql`${at.toISOString()}::timestamptz`;
  const sounding = sql`${whistle.blown_at} <= ${instant} and (${whistle.ended_at} is null or ${whistle.ended_at} > ${instant}
    or exists (select from ${whistle_department} d where d.whistle_id = ${whistle.id} and d.replied_at <= ${instant}
      and d.scored_at is null and ${whistle.ended_at} > ${instant} - interval '7 days'))`;
  return readWhistles(db, scope, sql`${territory} and ${sounding}`, at);
};

/** One whistle with its moves. */
export const whistleById = async ({ db }: Connection, scope: Scope, id: string, at: Date | null) => {
  const where = sql`${await territoryCondition(db, scope, null)} and ${whistle.id} = ${id}`;
  const [row] = await readWhistles(db, scope, where, at);
  if (!row) throw new Problem('not_found', `No such whistle ${id} in your territory.`, { id });
  const { seq, step, at: moved, actor_role: role, department_code: department, note } = whistle_move;
  const rows = await db
    .select({ seq, step, at: moved, role, department, note })
    .from(whistle_move)
    .where(eq(whistle_move.whistle_id, id))
    .orderBy(asc(seq));
  const steps: SupervisionStep[] = rows
    .filter((each) => at === null || each.at <= at)
    .map((each) => ({ ...each, at: each.at.toISOString(), note: isAggregateOnly(scope) ? '' : each.note }));
  return { whistle: row, steps };
};

/** Whether an event lies in the caller's territory; `not_found` elsewhere. */
export const checkOwnEvent = async ({ db }: Connection, scope: Scope, id: string): Promise<void> => {
  const where = sql`${await territoryCondition(db, scope, null)} and e.id = ${id}`;
  const [row] = await db.select({ id: sql`e.id` }).from(e).where(where);
  if (!row) throw new Problem('not_found', `No event ${id} in your territory.`, { id });
};
