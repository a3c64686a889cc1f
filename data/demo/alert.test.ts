import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { beachesOf } from './beach';
import { divideLand } from './division';
import { drawLand } from './land';
import { type Row, readDemo } from './testing';

const at = new Date('2026-11-22T15:20:00+08:00');
const demo = readDemo('tiny', at);
const ends = ['2026-01-01T00:20:00+08:00', '2026-07-27T12:00:00+08:00', '2027-02-28T23:59:00+08:00'];

const timeOf = (value: unknown): number => (value as Date).getTime();
const isInForce = (row: Row, t: number): boolean =>
  row.status === 'Actual' &&
  row.msg_type !== 'Cancel' &&
  timeOf(row.effective_at) <= t &&
  timeOf(row.expires_at) > t &&
  (row.ended_at === null || timeOf(row.ended_at) > t);

it('has a mild warning in force at its end, whenever that is, and an exercise beside it', () => {
  const told = [[at, demo] as const, ...ends.map((end) => [new Date(end), readDemo('tiny', new Date(end))] as const)];
  for (const [end, { alert }] of told) {
    const standing = alert.filter((row) => isInForce(row, end.getTime()));
    expect(standing.map(({ warning_code }) => warning_code)).toEqual(['11B06-blue', 'SEA01-yellow']);
    expect(alert.filter(({ status }) => status === 'Exercise')).toHaveLength(1);
  }
});

it('chains its warnings: each ends when the one that names it is sent, and every storm is called off', () => {
  const { alert, alert_area } = demo;
  const byIdentifier = new Map(alert.map((row) => [row.identifier, row]));
  const later = alert.filter(({ refers_to }) => refers_to !== null);
  expect(later.length).toBeGreaterThan(20);
  for (const row of later) expect(byIdentifier.get(row.refers_to)?.ended_at).toEqual(row.sent_at);
  expect(alert.filter(({ msg_type }) => msg_type === 'Cancel')).toHaveLength(6);
  expect(new Set(alert_area.map(({ alert_id }) => alert_id)).size).toBe(alert.length);
});

it('uses words of the list of warnings alone, at the level of their colour', () => {
  const words: { code: string; grade: string }[] = parse(readFileSync('data/dictionaries/weather-warning.csv'), {
    columns: true,
  });
  const grades = new Map(words.map(({ code, grade }) => [code, grade]));
  for (const { warning_code, level } of demo.alert)
    expect(['I', 'II', 'III', 'IV', 'V'].indexOf(grades.get(String(warning_code)) ?? '') + 1).toBe(level ?? 5);
});

it('measures every whole hour of its last 90 days at every station, and nothing after its end', () => {
  const { weather_station, weather_hour, beach, beach_hour } = demo;
  const since = Date.parse('2026-11-22T15:00:00+08:00') - 89 * 86_400_000;
  const recent = weather_hour.filter(({ starts_at }) => timeOf(starts_at) >= since);
  expect(recent.length / weather_station.length).toBe(89 * 24);
  expect(Math.max(...weather_hour.map(({ starts_at }) => timeOf(starts_at) + 3_600_000))).toBeLessThanOrEqual(+at);
  expect(Math.max(...beach_hour.map(({ counted_at }) => timeOf(counted_at)))).toBeLessThanOrEqual(+at);
  expect(beach_hour.length / beach.length).toBe(weather_hour.length / weather_station.length);
});

it('rains hardest in its storms and draws its crowds on dry weekends', () => {
  const { weather_hour, beach, beach_hour } = demo;
  const worst = Math.max(...weather_hour.map(({ rain_mm }) => Number(rain_mm)));
  expect(worst).toBeGreaterThan(20);
  const hoursAt = (local: string) => beach_hour.filter(({ counted_at }) => timeOf(counted_at) === Date.parse(local));
  const total = (local: string) => hoursAt(local).reduce((sum, { n_visitors }) => sum + Number(n_visitors), 0);
  expect(total('2026-10-03T15:00:00+08:00')).toBeGreaterThan(3 * total('2026-10-14T15:00:00+08:00'));
  const capacities = new Map(beach.map(({ id, capacity }) => [id, Number(capacity)]));
  for (const { beach_id, n_visitors } of beach_hour)
    expect(Number(n_visitors)).toBeLessThanOrEqual((capacities.get(beach_id) ?? 0) * 1.3);
});

it('lays 54 beaches along the shore of the district, each with a name of its own', () => {
  const beaches = beachesOf(divideLand(drawLand('district')));
  expect(beaches).toHaveLength(54);
  expect(new Set(beaches.map(({ name }) => name)).size).toBe(54);
});
