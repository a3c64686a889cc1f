import { and, asc, gt, lte } from 'drizzle-orm';
import { airAt, hourName, type Sky } from '@/data/demo/weather-air';
import type { Connection } from '../db/client';
import { appendChanges } from '../live/append';
import { hourMs, lastHourOf } from './rules';
import { weather_hour, weather_station } from './table';

/** Hours that stations send again when they were not received: what sums of a day rest on. */
const resentHours = 24;

/** Adds what the stations of a demo measured in the hours that are over and not there yet; returns how many rows. */
export const addWeatherHours = async ({ db }: Connection, sky: Sky, now: Date): Promise<number> =>
  db.transaction(async (tx) => {
    const last = lastHourOf(now).getTime();
    const since = new Date(last - resentHours * hourMs);
    const stations = await tx.select({ id: weather_station.id }).from(weather_station).orderBy(asc(weather_station.id));
    const known = await tx
      .select({ id: weather_hour.id })
      .from(weather_hour)
      .where(and(gt(weather_hour.starts_at, since), lte(weather_hour.starts_at, new Date(last))));
    const there = new Set(known.map(({ id }) => id));
    const rows = Array.from({ length: resentHours }, (_, i) => last - (resentHours - 1 - i) * hourMs).flatMap((at) =>
      stations.map(({ id: station }) => {
        const { rainMm, windMps, gustMps, temperatureC } = airAt(sky, at, station);
        return {
          ...{ id: `${station}-${hourName(at)}`, station_id: station, starts_at: new Date(at) },
          ...{ rain_mm: rainMm, wind_mps: windMps, gust_mps: gustMps, temperature_c: temperatureC },
        };
      }),
    );
    const missing = rows.filter(({ id }) => !there.has(id));
    if (missing.length === 0) return 0;
    const added = await tx
      .insert(weather_hour)
      .values(missing)
      .onConflictDoNothing()
      .returning({ id: weather_hour.id });
    await appendChanges(
      tx,
      added.map(({ id }) => ({ kind: 'weather', id, op: 'put', version: 1, path: null })),
    );
    return added.length;
  });
