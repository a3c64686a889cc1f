import { rainLimits, type StationNow, type WeatherHour } from '@/data/model/weather';

/** One measured hour of a station. */
export type Measured = { station: string; startsAt: Date; rainMm: number; gustMps: number; temperatureC: number };

export const hourMs = 3_600_000;

/** Beginning of the last hour that is over at an instant. */
export const lastHourOf = (at: Date): Date => new Date(Math.floor(at.getTime() / hourMs) * hourMs - hourMs);

/** Whole hours that may be missing at the end: stations send their hour some minutes after it is over. */
export const lateHours = 1;

/** Beginning of the newest measured hour, `last` or a little before; `last` itself when none of them was measured. */
export const newestOf = (rows: readonly Measured[], last: Date): Date => {
  const oldest = last.getTime() - lateHours * hourMs;
  const newest = rows.reduce((found, { startsAt }) => Math.max(found, startsAt.getTime()), 0);
  return newest >= oldest ? new Date(newest) : last;
};

const total = (values: readonly number[]): number => Math.round(values.reduce((a, b) => a + b, 0) * 10) / 10;
const most = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b), 0);

/** What one station measured in the last whole hour and in the 12 and 24 hours that end with it. */
export const summarise = (
  rows: readonly Measured[],
  last: Date,
): Omit<StationNow, 'id' | 'name' | 'nameEn' | 'position' | 'community' | 'subdistrict'> => {
  const within = (n: number) => rows.filter(({ startsAt }) => startsAt.getTime() > last.getTime() - n * hourMs);
  const [hour, half, day] = [within(1), within(12), within(24)];
  const rain = (list: readonly Measured[]) => (list.length > 0 ? total(list.map(({ rainMm }) => rainMm)) : null);
  const gust = (list: readonly Measured[]) => (list.length > 0 ? most(list.map(({ gustMps }) => gustMps)) : null);
  return {
    ...{ rain1: rain(hour), rain12: rain(half), rain24: rain(day) },
    ...{ gust1: gust(hour), gust12: gust(half), gust24: gust(day) },
    temperatureC: hour[0]?.temperatureC ?? null,
  };
};

/** Rows of each station. */
export const byStation = (rows: readonly Measured[]): Map<string, Measured[]> => {
  const lists = new Map<string, Measured[]>();
  for (const row of rows) lists.set(row.station, [...(lists.get(row.station) ?? []), row]);
  return lists;
};

/** Hours that count towards the rain a warning is due for. */
export const limitHours = most(rainLimits.map(({ hours }) => hours));

/** All stations hour by hour, `n` hours up to `last`; hours nobody measured are left out. */
export const hoursOf = (rows: readonly Measured[], last: Date, n: number): WeatherHour[] => {
  const starts = Array.from({ length: n }, (_, i) => last.getTime() - (n - 1 - i) * hourMs);
  return starts.flatMap((start) => {
    const own = rows.filter(({ startsAt }) => startsAt.getTime() === start);
    if (own.length === 0) return [];
    const stretch = rows.filter(
      ({ startsAt }) => startsAt.getTime() <= start && startsAt.getTime() > start - limitHours * hourMs,
    );
    const sums = [...byStation(stretch).values()].map((list) => total(list.map(({ rainMm }) => rainMm)));
    return [
      {
        startsAt: new Date(start).toISOString(),
        nStations: own.length,
        meanRainMm: total(own.map(({ rainMm }) => rainMm / own.length)),
        maxRainMm: most(own.map(({ rainMm }) => rainMm)),
        maxRain3Mm: most(sums),
        maxGustMps: most(own.map(({ gustMps }) => gustMps)),
      },
    ];
  });
};
