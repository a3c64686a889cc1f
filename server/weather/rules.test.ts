import { expect, test } from 'vitest';
import { leadOf } from '@/data/model/weather';
import { hoursOf, lastHourOf, type Measured, newestOf, summarise } from './rules';

const at = (time: string) => new Date(`2026-11-22T${time}Z`);
const hour = (station: string, time: string, rainMm: number, gustMps: number): Measured => ({
  ...{ station, startsAt: at(time), rainMm, gustMps, temperatureC: 20 },
});

const rows = [
  hour('A', '06:00', 40, 9),
  hour('A', '07:00', 20, 11),
  hour('B', '07:00', 5, 21),
  hour('A', '08:00', 0.5, 10),
  hour('B', '08:00', 30, 8),
  hour('A', '09:00', 1.2, 12),
  hour('B', '09:00', 20, 14),
];

test.each([
  ['10:00', '09:00'],
  ['10:59:59', '09:00'],
  ['09:59:59', '08:00'],
])('at %s the last whole hour began at %s', (now, began) => {
  expect(lastHourOf(at(now))).toEqual(at(began));
});

test('a station tells its last hour, its sums and its strongest gust', () => {
  const own = rows.filter(({ station }) => station === 'A');
  expect(summarise(own, at('09:00'))).toMatchObject({ rain1: 1.2, rain12: 61.7, rain24: 61.7, gust1: 12, gust24: 12 });
  expect(summarise(own, at('10:00'))).toMatchObject({ rain1: null, rain12: 61.7, temperatureC: null });
  expect(summarise([], at('10:00'))).toMatchObject({ rain1: null, rain12: null, gust24: null });
});

test('hours carry the wettest station and the most that fell on one station within three hours', () => {
  const hours = hoursOf(rows, at('09:00'), 3);
  expect(hours.map(({ maxRainMm, maxRain3Mm, maxGustMps }) => [maxRainMm, maxRain3Mm, maxGustMps])).toEqual([
    [20, 60, 21],
    [30, 60.5, 10],
    [20, 55, 14],
  ]);
  expect(hours[0]).toMatchObject({ nStations: 2, meanRainMm: 12.5 });
  expect(hoursOf(rows, at('12:00'), 2)).toEqual([]);
});

test.each([
  [0, 13.8, 'rain'],
  [1.9, 18.6, 'wind'],
  [50, 18.6, 'rain'],
])('%d mm and gusts of %d m/s: %s is told first', (maxRain3Mm, maxGustMps, lead) => {
  expect(leadOf({ maxRain3Mm, maxGustMps })).toBe(lead);
});

test('the hour just over may still be on its way; an older one is not taken for it', () => {
  expect(newestOf(rows, at('09:00'))).toEqual(at('09:00'));
  expect(newestOf(rows, at('10:00'))).toEqual(at('09:00'));
  expect(newestOf(rows, at('11:00'))).toEqual(at('11:00'));
});
