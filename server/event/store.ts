import { and, asc, eq, lte, type SQL, sql } from 'drizzle-orm';
import type { EventRow, EventSort, EventStatus } from '@/data/model/event';
import type { StepPhoto } from '@/data/model/photo';
import { Problem } from '@/data/model/problem';
import { isAggregateOnly, type Scope } from '@/data/model/scope';
import type { Known, Question } from '@/data/model/view';
import type { Connection, Executor } from '../db/client';
import { public_contact } from '../db/schema';
import { readInstallation } from '../dictionary/store';
import { photosOf } from '../file/store';
import { isHeld, mayAccept } from '../intake/rules';
import { clockOf } from '../metric/period';
import { mergedInto } from './duplicate';
import {
  imageSource,
  isOpen,
  live,
  type Moment,
  periodCondition,
  questionCondition,
  territoryCondition,
} from './filter';
import { rowFor, selectById, selectImages, toEventRow, toWallRow } from './image';
import { movesOf } from './rules';
import { event, event_transition } from './table';

export { moveEvent } from './act';
export { correctEvent } from './correct';
export { mergeEvent, similarEvents } from './duplicate';
export { live, type Moment } from './filter';
export { reportEvent } from './report';

/** Events most points of a map can hold; the gravest and newest are kept. */
export const pointLimit = 5_000;

/** `asOf`: the instant the rows stood at. `total` counts all that match, not only those sent. */
export type EventList = { rows: EventRow[]; total: number; asOf: string };

const columnOrders = (clock: Date): Record<Exclude<EventSort, 'urgency' | 'newest'>, SQL> => ({
  due: sql`e.handle_due_at`,
  level: sql`e.level`,
  title: sql`e.title`,
  place: sql`e.grid_code`,
  stage: sql`e.status`,
  used: sql`coalesce(e.closed_at, ${clock.toISOString()}::timestamptz) - e.reported_at`,
  department: sql`e.department_code`,
});

const orderOf = ({ sort, order }: Pick<Paging, 'sort' | 'order'>, clock: Date): SQL => {
  const ways: SQL[] = order === 'desc' ? [sql`desc`, sql`asc`] : [sql`asc`, sql`desc`];
  const [way = sql``, against = sql``] = ways;
  if (sort === 'newest') return sql`e.reported_at ${against}, e.id`;
  if (sort === 'urgency')
    return sql`(${isOpen}) ${against}, e.level ${way}, e.handle_due_at ${way} nulls last, e.reported_at desc, e.id`;
  return sql`${columnOrders(clock)[sort]} ${way} nulls last, e.reported_at desc, e.id`;
};

type Paging = { sort: EventSort; order?: 'asc' | 'desc'; limit: number; offset: number };

const listWhere = async (
  connection: Connection,
  scope: Scope,
  query: { source: SQL; where: SQL; clock: Date } & Paging,
): Promise<EventList> => {
  const { db } = connection;
  const { source, where, clock, sort, order, ...page } = query;
  const [records, total] = await Promise.all([
    selectImages(db, {
      ...{ source, where, ...page },
      order: orderOf({ sort, order }, clock),
      hasWall: isAggregateOnly(scope),
    }),
    db.$count(source, where),
  ]);
  return { rows: records.map(rowFor(scope)), total, asOf: clock.toISOString() };
};

/** `at` null = live; an instant to come is live too. */
export const readClock = async (
  { db }: Connection,
  question: Question,
): Promise<{ moment: Moment; clock: Date; timeZone: string }> => {
  const { timeZone } = await readInstallation(db);
  const now = new Date();
  const clock = clockOf(question, now, timeZone);
  return { moment: clock < now ? { at: clock, known: question.known } : live, clock, timeZone };
};

/** Events reported in the question's period, as they stood at its clock. */
export const listEvents = async (
  connection: Connection,
  scope: Scope,
  question: Question,
  paging: Paging,
): Promise<EventList> => {
  const { moment, clock, timeZone } = await readClock(connection, question);
  const where = sql`${await questionCondition(connection.db, scope, question)}
    and ${periodCondition(question.period, moment.at, timeZone)}`;
  return listWhere(connection, scope, { source: imageSource(moment), where, clock, ...paging });
};

/** Events open at the question's clock (在办), whenever they were reported. */
export const listOpenEvents = async (
  connection: Connection,
  scope: Scope,
  question: Question,
  paging: Paging,
): Promise<EventList> => {
  const { moment, clock } = await readClock(connection, question);
  const where = sql`${await questionCondition(connection.db, scope, question)} and ${isOpen}`;
  return listWhere(connection, scope, { source: imageSource(moment, true), where, clock, ...paging });
};

/** Events for the map: open ones first by urgency, then those of the period, newest first, up to `pointLimit`. */
export const openPoints = async (connection: Connection, scope: Scope, question: Question): Promise<EventList> => {
  const { moment, clock, timeZone } = await readClock(connection, question);
  const source = imageSource(moment);
  const where = sql`${await questionCondition(connection.db, scope, question)} and e.lng is not null
    and (${isOpen} or ${periodCondition(question.period, moment.at, timeZone)})`;
  const order = sql`(${isOpen}) desc, case when ${isOpen} then e.level end, e.reported_at desc, e.id`;
  const [records, total] = await Promise.all([
    selectImages(connection.db, { source, where, order, limit: pointLimit, hasWall: isAggregateOnly(scope) }),
    connection.db.$count(source, where),
  ]);
  return { rows: records.map(rowFor(scope)), total, asOf: clock.toISOString() };
};

/** Events of the caller's territory at a building, as they stood at an instant (null = now): open ones, or all. */
export const eventsAtBuilding = async (
  { db }: Connection,
  scope: Scope,
  query: { building: string; isOpenOnly: boolean; limit?: number } & Moment,
): Promise<EventRow[]> => {
  const { building, at, known, isOpenOnly, limit } = query;
  const where = sql`e.building_code = ${building} and ${await territoryCondition(db, scope, null)}
    ${isOpenOnly ? sql`and ${isOpen}` : sql``}`;
  const order = isOpenOnly ? sql`e.level, e.reported_at desc, e.id` : sql`e.reported_at desc, e.id`;
  const source = imageSource({ at, known }, isOpenOnly);
  const records = await selectImages(db, { source, where, order, limit, hasWall: isAggregateOnly(scope) });
  return records.map(rowFor(scope));
};

/**
 * Events of the caller's territory at any building, open at an instant (null = now), that are past their limit or of
 * level Ⅰ or Ⅱ, the gravest first.
 */
export const pressingAtBuildings = async (
  { db }: Connection,
  scope: Scope,
  { at, known }: Moment,
): Promise<EventRow[]> => {
  const clock = (at ?? new Date()).toISOString();
  const where = sql`e.building_code is not null and ${isOpen} and ${await territoryCondition(db, scope, null)}
    and (e.level <= 2 or e.handle_due_at < ${clock}::timestamptz)`;
  const source = imageSource({ at, known }, true);
  const records = await selectImages(db, { source, where, order: sql`e.level, e.id`, hasWall: isAggregateOnly(scope) });
  return records.map(rowFor(scope));
};

/**
 * An event with what its card shows besides; a wall gets no description. `moves`: what this caller may do next, nothing
 * in the past.
 */
export type EventDetail = EventRow & {
  /** Null also while the public wrote it and nobody has accepted the event. */
  description: string | null;
  /** Whether the public's words and photos are held back, from all but those who accept reports. */
  isHeld: boolean;
  acceptDueAt: string | null;
  moves: EventStatus[];
  photos: StepPhoto[];
  /** Whether the caller may ask how to reach who reported it. */
  hasContact: boolean;
  /** The event this one was voided into; null = it was not. */
  mergedInto: { id: string; number: string } | null;
};

/** One event of the caller's territory as it stood at an instant (null = now); `not_found` elsewhere, and before it was reported. */
export const eventById = async (
  { db }: Connection,
  scope: Scope,
  id: string,
  { at, known }: Moment = live,
): Promise<EventDetail> => {
  const where = sql`e.id = ${id} and ${await territoryCondition(db, scope, null)}`;
  const [record] = await selectImages(db, {
    where,
    source: imageSource({ at, known }),
    hasWall: isAggregateOnly(scope),
  });
  const [rest] = await db
    .select({
      description: event.description,
      acceptDueAt: event.accept_due_at,
      acceptedAt: event.accepted_at,
      clientKey: event.client_key,
    })
    .from(event)
    .where(eq(event.id, id));
  if (!record || !rest) throw new Problem('not_found', `No event ${id} in your territory.`, { id });
  const isOpenToAll = !isHeld(rest);
  const isTold = !isAggregateOnly(scope) && (isOpenToAll || mayAccept(scope));
  return {
    ...rowFor(scope)(record),
    description: isTold ? rest.description : null,
    isHeld: !isOpenToAll,
    photos: isTold ? await photosOf(db, id) : [],
    hasContact: mayAccept(scope) && (await db.$count(public_contact, eq(public_contact.event_id, id))) > 0,
    mergedInto: await mergedInto(db, id),
    acceptDueAt: rest.acceptDueAt?.toISOString() ?? null,
    moves: at === null ? movesOf(scope, record.status) : [],
  };
};

/** One step of an event's history (流转记录). Actor, place, note and mark are null for walls and aggregate roles. */
export type EventStep = {
  seq: number;
  from: EventStatus | null;
  to: EventStatus;
  at: string;
  /** Instant it was recorded; later than `at` when it came in late. */
  recordedAt: string;
  role: string;
  actor: string | null;
  /** Division of the post that made it; null = it was no post. */
  place: string | null;
  department: string | null;
  note: string | null;
  /** The citizen's mark 1–5, at the step that gave it. */
  rating: number | null;
};

/** Division of an actor `role:division`. */
const placeOf = (actor: string): string | null => /^R\d+:(.+)$/.exec(actor)?.[1] ?? null;

/** Moves that happened by an instant, and were recorded by then where that is the reading. */
const countsAt = (at: Date, known: Known): SQL | undefined =>
  and(lte(event_transition.at, at), known === 'then' ? lte(event_transition.recorded_at, at) : undefined);

/** Every move of one event up to an instant (null = now), oldest first; append-only. */
export const eventHistory = async (
  connection: Connection,
  scope: Scope,
  id: string,
  { at, known }: Moment = live,
): Promise<EventStep[]> => {
  await eventById(connection, scope, id, { at, known });
  const steps = await connection.db
    .select({
      seq: event_transition.seq,
      from: event_transition.from_status,
      to: event_transition.to_status,
      at: event_transition.at,
      recordedAt: event_transition.recorded_at,
      role: event_transition.actor_role,
      actor: event_transition.actor_id,
      department: event_transition.department_code,
      note: event_transition.note,
      rating: sql<number | null>`case when ${event_transition.to_status} = 'S70' then ${event.satisfaction} end`,
    })
    .from(event_transition)
    .innerJoin(event, eq(event.id, event_transition.event_id))
    .where(and(eq(event_transition.event_id, id), at ? countsAt(at, known) : undefined))
    .orderBy(asc(event_transition.seq));
  const isMasked = isAggregateOnly(scope);
  return steps.map((step) => ({
    ...step,
    at: step.at.toISOString(),
    recordedAt: step.recordedAt.toISOString(),
    actor: isMasked ? null : step.actor,
    place: isMasked ? null : placeOf(step.actor),
    note: isMasked ? null : step.note,
    rating: isMasked ? null : step.rating,
  }));
};

/** Newest images of events by id, for those who may see all and for walls. For the live feed, which cuts to scope itself. */
export const eventImages = async (
  db: Executor,
  ids: readonly string[],
): Promise<Map<string, { full: EventRow; wall: EventRow }>> => {
  const records = await selectById(db, ids, true);
  return new Map(records.map((record) => [record.id, { full: toEventRow(record), wall: toWallRow(record) }]));
};
