import { day, hour, localOf, type Typhoon, typhoonsBefore } from './calendar';
import { randomFor } from './random';

/** What one hour of air did: rain in mm, wind and strongest gust in m/s, temperature in °C. */
type Air = { rainMm: number; windMps: number; gustMps: number; temperatureC: number };

/** The weather a demo tells: its storms, and the fresh wind that blows since shortly before its end. */
export type Sky = { typhoons: readonly Typhoon[]; blowsFrom: number };

/** Hours before its end from which the demo's gale blows. */
const blowHours = 20;

/** The weather of a demo that ends at an instant; what comes after that instant follows from it too. */
export const skyOf = (end: number): Sky => ({ typhoons: typhoonsBefore(end), blowsFrom: end - blowHours * hour });

/** January first: share of wet days, and mean temperature in °C. */
const wetDays = [0.12, 0.16, 0.22, 0.3, 0.36, 0.44, 0.4, 0.42, 0.32, 0.14, 0.1, 0.1];
const warmth = [15.5, 16.5, 19, 23, 26, 28, 29, 28.8, 27.8, 25, 21.2, 17];

type Draft = { rainMm: number; gustMps: number };

/** Inside a storm wind and rain swell to its middle; the day before and after are unruly. */
const stormAir = ({ from, to }: Typhoon, at: number, chance: number): Draft | null => {
  if (at < from - day || at > to + day) return null;
  if (at < from) return { rainMm: chance < 0.3 ? chance * 6 : 0, gustMps: 9 + (8 * (at - from + day)) / day };
  if (at > to) return { rainMm: chance < 0.5 ? chance * 8 : 0, gustMps: 15 - (8 * (at - to)) / day };
  const strength = Math.sin((Math.PI * (at - from)) / (to - from));
  return { rainMm: 1 + strength * strength * (6 + 34 * chance ** 2), gustMps: 15 + strength * 22 + chance * 3 };
};

const blowingAir = (chance: number): Draft => ({
  rainMm: chance > 0.45 ? (chance - 0.4) ** 2 * 9 : 0,
  gustMps: 12.5 + chance * 5,
});

const usualAir = (at: number, chance: number): Draft => {
  const { date, month } = localOf(at);
  const days = randomFor(`sky:${date}`);
  const isWet = days.has(wetDays[month] ?? 0);
  const wind = days.between(4, 9);
  return { rainMm: isWet && chance > 0.6 ? (chance - 0.55) ** 2 * 60 : 0, gustMps: wind + chance * 3 };
};

const round = (value: number): number => Math.round(value * 10) / 10;

/** The air over a place in the hour that begins at an instant: of the sky, and of the place's own share of it. */
export const airAt = (sky: Sky, at: number, place: string): Air => {
  const chance = randomFor(`sky:${at}`).next();
  const storm = sky.typhoons.map((typhoon) => stormAir(typhoon, at, chance)).find((air) => air !== null);
  const { rainMm, gustMps } = storm ?? (at >= sky.blowsFrom ? blowingAir(chance) : usualAir(at, chance));
  const own = randomFor(`sky:${place}`);
  const [exposure, wetness] = [own.between(0.8, 1.15), own.between(0.7, 1.3)];
  const now = randomFor(`sky:${place}:${at}`);
  const gust = gustMps * exposure * now.between(0.9, 1.1);
  const { month, hour: local } = localOf(at);
  const warm = (warmth[month] ?? 22) + 2.6 * Math.sin(((local - 9) / 12) * Math.PI) - (rainMm > 0 ? 1.2 : 0);
  return {
    rainMm: round(rainMm * wetness * now.between(0.5, 1.5)),
    windMps: round(gust * 0.58),
    gustMps: round(gust),
    temperatureC: round(warm + now.between(-0.6, 0.6)),
  };
};

/** Hours a demo remembers: the last 90 days and the days of older storms; each by its beginning, the last one whole. */
export const rememberedHours = (end: number, days: number): number[] => {
  const last = Math.floor(end / hour) * hour - hour;
  const since = last - days * day;
  const older = typhoonsBefore(end).flatMap(({ from, to }) => {
    const first = Math.floor((from - day) / hour) * hour;
    const n = Math.floor((Math.min(to + day, since) - first) / hour);
    return Array.from({ length: Math.max(0, n) }, (_, i) => first + i * hour);
  });
  const recent = Array.from({ length: (last - since) / hour + 1 }, (_, i) => since + i * hour);
  return [...new Set([...older, ...recent])].sort((a, b) => a - b);
};

/** Name of an hour in ids: `2026112201`, UTC. */
export const hourName = (at: number): string => new Date(at).toISOString().slice(0, 13).replace(/\D/g, '');
