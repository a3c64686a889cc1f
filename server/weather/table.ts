import { index, pgTable, real, text } from 'drizzle-orm/pg-core';
import { instant, placement, position } from '../db/columns';

/** Automatic weather station (自动气象站). */
export const weather_station = pgTable('weather_station', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  name_en: text('name_en').notNull(),
  ...position,
  ...placement,
});

/** What a station measured in one hour, written once the hour is over. */
export const weather_hour = pgTable(
  'weather_hour',
  {
    /** `<station>-<UTC hour as yyyymmddhh>` */
    id: text('id').primaryKey(),
    station_id: text('station_id').notNull(),
    /** Beginning of the hour. */
    starts_at: instant('starts_at').notNull(),
    rain_mm: real('rain_mm').notNull(),
    /** Mean wind of the hour. */
    wind_mps: real('wind_mps').notNull(),
    /** Strongest gust of the hour. */
    gust_mps: real('gust_mps').notNull(),
    temperature_c: real('temperature_c').notNull(),
  },
  (t) => [index('weather_hour_starts').on(t.starts_at)],
);
