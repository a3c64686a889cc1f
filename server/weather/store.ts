import { and, asc, gt, lte } from 'drizzle-orm';
import { leadOf, type StationNow, type WeatherHour, type WeatherLead } from '@/data/model/weather';
import type { Connection } from '../db/client';
import {
  byStation,
  hourMs,
  hoursOf,
  lastHourOf,
  lateHours,
  limitHours,
  type Measured,
  newestOf,
  summarise,
} from './rules';
import { weather_hour, weather_station } from './table';

/** Hours up to `last`, that one included, of every station. */
const readHours = ({ db }: Connection, last: Date, n: number): Promise<Measured[]> =>
  db
    .select({
      station: weather_hour.station_id,
      startsAt: weather_hour.starts_at,
      rainMm: weather_hour.rain_mm,
      gustMps: weather_hour.gust_mps,
      temperatureC: weather_hour.temperature_c,
    })
    .from(weather_hour)
    .where(and(lte(weather_hour.starts_at, last), gt(weather_hour.starts_at, new Date(last.getTime() - n * hourMs))))
    .orderBy(asc(weather_hour.starts_at), asc(weather_hour.station_id));

/** `measuredTo`: end of the newest whole hour that was measured. */
type Measures<T> = T & { measuredTo: string };
const endOf = (began: Date): string => new Date(began.getTime() + hourMs).toISOString();

type Stations = { stations: StationNow[]; lead: WeatherLead };

/** Every station with what it measured up to an instant. Weather tells nothing of people: every scope gets all of it. */
export const readStations = async (connection: Connection, at: Date): Promise<Measures<Stations>> => {
  const last = lastHourOf(at);
  const { id, name, name_en, lng, lat, community_code, subdistrict_code } = weather_station;
  const [stations, hours] = await Promise.all([
    connection.db
      .select({ id, name, nameEn: name_en, lng, lat, community: community_code, subdistrict: subdistrict_code })
      .from(weather_station)
      .orderBy(asc(id)),
    readHours(connection, last, 24 + lateHours),
  ]);
  const measured = byStation(hours);
  const newest = newestOf(hours, last);
  return {
    measuredTo: endOf(newest),
    lead: leadOf(hoursOf(hours, newest, 1)[0]),
    stations: stations.map(({ lng: x, lat: y, ...station }) => ({
      ...station,
      position: x === null || y === null ? null : [x, y],
      ...summarise(measured.get(station.id) ?? [], newest),
    })),
  };
};

/** Rain and wind over all stations by the hour, the last whole hour at the end. */
export const readWeatherHours = async (
  connection: Connection,
  at: Date,
  n: number,
): Promise<Measures<{ hours: WeatherHour[] }>> => {
  const last = lastHourOf(at);
  const rows = await readHours(connection, last, n + limitHours - 1 + lateHours);
  const newest = newestOf(rows, last);
  return { measuredTo: endOf(newest), hours: hoursOf(rows, newest, n) };
};
