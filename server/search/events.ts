import { and, asc, desc, eq, lte, or, sql } from 'drizzle-orm';
import { isAggregateOnly, type Scope } from '@/data/model/scope';
import type { Connection } from '../db/client';
import { event } from '../db/schema';
import { inTerritory } from '../db/scope';
import type { Shown } from './store';

/** Newest events of the territory that are looked through for words; older ones are found by their whole number. */
const window = 50_000;

const columns = {
  id: event.id,
  number: event.number,
  title: event.title,
  reported_at: event.reported_at,
  lng: event.lng,
  lat: event.lat,
};

/**
 * Events of a number, and among the newest 50,000 of the territory those whose number begins with the words or whose
 * title holds them; reported by an instant (null = now), the newest first. None where the caller gets aggregates only.
 */
export const findEvents = async (
  { db }: Connection,
  scope: Scope,
  query: { text: string; at: Date | null; limit: number },
): Promise<Shown[]> => {
  if (isAggregateOnly(scope)) return [];
  const { text, at, limit } = query;
  const number = text.toUpperCase();
  const own = and(await inTerritory(db, scope, event), at ? lte(event.reported_at, at) : undefined);
  const newest = db.select(columns).from(event).where(own).orderBy(desc(event.reported_at)).limit(window).as('newest');
  const title = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
  const [exact, holding] = await Promise.all([
    db
      .select(columns)
      .from(event)
      .where(and(own, eq(event.number, number))),
    db
      .select()
      .from(newest)
      .where(or(sql`starts_with(${newest.number}, ${number})`, sql`${newest.title} ilike ${title}`))
      .orderBy(desc(newest.reported_at), asc(newest.id))
      .limit(limit),
  ]);
  const rows = [...new Map([...exact, ...holding].map((row) => [row.id, row])).values()].slice(0, limit);
  return rows.map(({ id, number: name, title: detail, lng, lat }) => ({
    ...{ code: id, name, nameEn: name, detail },
    position: lng === null || lat === null ? null : [lng, lat],
  }));
};
