import { and, desc, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Random } from '@/data/demo/random';
import type { EventReport } from '@/data/model/event';
import type { LngLat } from '@/data/model/geo';
import type { Executor } from '../db/client';
import { event, term } from '../db/schema';

const sampleSize = 5_000;
/** However busy the past was, the simulator reports no more often than this. */
const leastSecondsPerReport = 75;

/** Past events the simulator draws new ones from, by local hour of day. */
export type Memory = {
  byHour: PastEvent[][];
  total: number;
  /** Seconds from one report to the next, over the whole sample. */
  secondsPerReport: number;
};

type PastEvent = Pick<EventReport, 'category' | 'source' | 'title' | 'address' | 'buildingCode'> & { position: LngLat };

/** Events as grave as their category says; a new report gets that level too. */
const isUsual = sql`${event.level}::text = (select ${term.attrs} ->> 'level' from ${term}
  where ${term.list} = 'event-category' and ${term.code} = ${event.category_code} order by ${term.valid_from} desc limit 1)`;

/** Remembers the newest events of the history; those the simulator reported itself are left out. */
export const rememberPast = async (db: Executor, timeZone: string): Promise<Memory> => {
  const rows = await db
    .select({
      category: event.category_code,
      source: event.source_code,
      title: event.title,
      address: event.address,
      buildingCode: event.building_code,
      lng: event.lng,
      lat: event.lat,
      at: event.reported_at,
    })
    .from(event)
    .where(and(isNotNull(event.lng), isNull(event.client_key), isUsual))
    .orderBy(desc(event.reported_at))
    .limit(sampleSize);
  const format = new Intl.DateTimeFormat('en-US', { timeZone, hour: 'numeric', hourCycle: 'h23' });
  const byHour: PastEvent[][] = Array.from({ length: 24 }, () => []);
  for (const { lng, lat, at, ...past } of rows)
    byHour[Number(format.format(at))]?.push({ ...past, position: [lng ?? 0, lat ?? 0] });
  const span = (rows[0]?.at.getTime() ?? 0) - (rows.at(-1)?.at.getTime() ?? 0);
  return {
    byHour,
    total: rows.length,
    secondsPerReport: Math.max(leastSecondsPerReport, span / 1000 / Math.max(1, rows.length)),
  };
};

/** How busy an hour of the day is against the mean of the day; kept within a third and double. */
export const busyness = ({ byHour, total }: Memory, hour: number): number =>
  total === 0 ? 1 : Math.min(2, Math.max(1 / 3, ((byHour[hour]?.length ?? 0) * 24) / total));

/** About this many degrees around a past place a new event of its kind is put: some 20 m. */
const strayDegrees = 0.0002;

/** An event like one of the past at this hour; null when nothing is remembered. */
export const drawPast = ({ byHour, total }: Memory, hour: number, random: Random): PastEvent | null => {
  if (total === 0) return null;
  const here = byHour[hour] ?? [];
  const past = random.pick(here.length > 0 ? here : byHour.flat());
  const [lng, lat] = past.position;
  const stray = () => random.between(-strayDegrees, strayDegrees);
  return past.buildingCode ? past : { ...past, position: [lng + stray(), lat + stray()] };
};
