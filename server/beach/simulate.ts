import { asc, eq } from 'drizzle-orm';
import { crowdAt, visitorsAt } from '@/data/demo/beach-visit';
import { hourName, type Sky } from '@/data/demo/weather-air';
import type { Connection } from '../db/client';
import { appendChanges } from '../live/append';
import { beach, beach_hour } from './table';

const hourMs = 3_600_000;

/** Adds the visitors of a demo's beaches on the hour just struck, unless they are there; returns how many rows. */
export const addBeachHour = async ({ db }: Connection, sky: Sky, now: Date): Promise<number> =>
  db.transaction(async (tx) => {
    const at = Math.floor(now.getTime() / hourMs) * hourMs;
    const [known] = await tx
      .select({ id: beach_hour.id })
      .from(beach_hour)
      .where(eq(beach_hour.counted_at, new Date(at)))
      .limit(1);
    if (known) return 0;
    const beaches = await tx.select({ id: beach.id, capacity: beach.capacity }).from(beach).orderBy(asc(beach.id));
    if (beaches.length === 0) return 0;
    const crowd = crowdAt(sky, at);
    const rows = beaches.map((place) => ({
      ...{ id: `${place.id}-${hourName(at)}`, beach_id: place.id, counted_at: new Date(at) },
      n_visitors: visitorsAt(place, at, crowd),
    }));
    const added = await tx.insert(beach_hour).values(rows).onConflictDoNothing().returning({ id: beach_hour.id });
    await appendChanges(
      tx,
      added.map(({ id }) => ({ kind: 'beach', id, op: 'put', version: 1, path: null })),
    );
    return added.length;
  });
