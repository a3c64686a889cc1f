import type { EventLevel } from './event';
import type { LngLat } from './geo';

/** Rain within `hours` that calls for a rainstorm warning of a level: Shenzhen's signal rules, orange and red. */
export const rainLimits: readonly { level: EventLevel; hours: number; mm: number }[] = [
  { level: 2, hours: 3, mm: 50 },
  { level: 1, hours: 3, mm: 100 },
];

/** Gust in m/s from which a gale warning is due (大风蓝色): Beaufort 7. */
export const galeGustMps = 13.9;
export const galeLevel: EventLevel = 4;
/** Lower limits of the gusts told apart, m/s: the gale line, and Beaufort 8. */
export const gustSteps: readonly number[] = [galeGustMps, 17.2];

/** What a station measured up to the clock (自动站实况). Null = no whole hour of the stretch was measured. */
export type StationNow = {
  id: string;
  name: string;
  nameEn: string;
  position: LngLat | null;
  community: string | null;
  subdistrict: string | null;
  /** Rain of the last whole hour, of the last 12 and 24, in mm. */
  rain1: number | null;
  rain12: number | null;
  rain24: number | null;
  /** Strongest gust of the last whole hour and of the last 12 and 24, in m/s. */
  gust1: number | null;
  gust12: number | null;
  gust24: number | null;
  temperatureC: number | null;
};

/** One whole hour over all stations. */
export type WeatherHour = {
  startsAt: string;
  nStations: number;
  meanRainMm: number;
  /** Of the wettest station. */
  maxRainMm: number;
  /** Most that fell on one station in this and the two hours before, mm. */
  maxRain3Mm: number;
  maxGustMps: number;
};

/** What is told first. */
export type WeatherLead = 'rain' | 'wind';

/** The gusts lead where they passed their limit and the rain did not: they are what the warning stands for. */
export const leadOf = (hour: Pick<WeatherHour, 'maxRain3Mm' | 'maxGustMps'> | undefined): WeatherLead =>
  hour && hour.maxGustMps >= galeGustMps && rainLimits.every(({ mm }) => hour.maxRain3Mm < mm) ? 'wind' : 'rain';
