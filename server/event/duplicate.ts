import { eq, sql } from 'drizzle-orm';
import type { EventRow } from '@/data/model/event';
import type { LngLat } from '@/data/model/geo';
import { refuse } from '@/data/model/intake';
import { isAggregateOnly, type Scope } from '@/data/model/scope';
import type { Connection, Executor } from '../db/client';
import { wordOf } from '../dictionary/store';
import { isOpen, territoryCondition } from './filter';
import { rowFor, selectImages } from './image';
import { readOwn, writeMove } from './move';
import { event, event_link } from './table';

/** How near, and how close in time, two reports of one kind are taken for one case (疑似重复). */
const radiusMetres = 50;
const withinHours = 48;
const metresPerDegree = 111_195;
const most = 5;

/** Metres between two near points, on a plane. */
const metresBetween = ([x1, y1]: LngLat, [x2, y2]: LngLat): number =>
  Math.hypot((x1 - x2) * Math.cos((y1 * Math.PI) / 180), y1 - y2) * metresPerDegree;

export type SimilarAsk = {
  position: LngLat;
  /** Category of the report, of either level. */
  category: string;
  /** When it was reported; null = now. */
  at: Date | null;
  /** The event itself, left out. */
  not: string | null;
};

/** Open events of the caller's territory that may be the same case, the nearest first. */
export const similarEvents = async (
  { db }: Connection,
  scope: Scope,
  ask: SimilarAsk,
): Promise<(EventRow & { metres: number })[]> => {
  if (isAggregateOnly(scope)) return [];
  const { position, category, at, not } = ask;
  const [lng, lat] = position;
  const reach = radiusMetres / metresPerDegree;
  const reachLng = reach / Math.cos((lat * Math.PI) / 180);
  const time = (at ?? new Date()).toISOString();
  const listed = await wordOf(db, 'event-category', category);
  const where = sql`${isOpen} and e.category_l1 = ${listed?.parent ?? category} and e.id <> ${not ?? ''}
    and e.lng between ${lng - reachLng} and ${lng + reachLng} and e.lat between ${lat - reach} and ${lat + reach}
    and e.reported_at between ${time}::timestamptz - make_interval(hours => ${withinHours})
      and ${time}::timestamptz + make_interval(hours => ${withinHours})
    and ${await territoryCondition(db, scope, null)}`;
  const records = await selectImages(db, { where, limit: 50, hasWall: false });
  return records
    .map(rowFor(scope))
    .flatMap((row) => (row.position ? [{ ...row, metres: Math.round(metresBetween(position, row.position)) }] : []))
    .filter(({ metres }) => metres <= radiusMetres)
    .sort((a, b) => a.metres - b.metres || (a.id < b.id ? -1 : 1))
    .slice(0, most);
};

export type Merge = { id: string; version: number; into: string };

/**
 * Voids an event as the same case as another (并案): the move and the link in one transaction. The other must be open,
 * in the caller's territory, and no event it was merged into itself.
 */
export const mergeEvent = ({ db }: Connection, scope: Scope, { id, version, into }: Merge): Promise<EventRow> =>
  db.transaction(async (tx) => {
    // Two merged into each other at one moment would leave none open: both are held, in one order, until the end.
    await tx.execute(sql`select id from event where id in (${id}, ${into}) order by id for update`);
    const other = await readOwn(tx, scope, into);
    if (into === id || other.closed_at !== null)
      throw refuse('duplicate', `Event ${other.number} is closed, or the event itself.`, { number: other.number });
    const row = await writeMove(tx, scope, {
      ...{ id, version, to: 'S90', departmentCode: null, satisfaction: null },
      note: other.number,
    });
    await tx
      .insert(event_link)
      .values({ event_id: id, other_id: into, actor_id: scope.actorId, actor_role: scope.role });
    return row;
  });

/** The event this one was voided into; null = it was not. */
export const mergedInto = async (db: Executor, id: string): Promise<{ id: string; number: string } | null> => {
  const [row] = await db
    .select({ id: event.id, number: event.number })
    .from(event_link)
    .innerJoin(event, eq(event.id, event_link.other_id))
    .where(eq(event_link.event_id, id));
  return row ?? null;
};
