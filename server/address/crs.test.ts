import gcoord from 'gcoord';
import { expect, test } from 'vitest';
import type { LngLat } from '@/data/model/geo';
import { checkCrs, metresBetween, toGround } from './crs';

const ground: LngLat[] = Array.from({ length: 200 }, (_, i) => [
  114.3 + (i % 20) / 50,
  22.45 + Math.floor(i / 20) / 60,
]);
const given = (crs: 'GCJ02' | 'BD09'): LngLat[] =>
  ground.map((position) => {
    const [lng, lat] = gcoord.transform([...position], gcoord.WGS84, gcoord[crs]);
    return [lng, lat];
  });

test.each(['GCJ02', 'BD09'] as const)(
  '%s there and back lands within a metre, and lies hundreds of metres off as it is',
  (crs) => {
    const off = given(crs).map((position, i) => metresBetween(toGround(position, crs), ground[i] ?? position));
    const raw = given(crs).map((position, i) => metresBetween(position, ground[i] ?? position));
    expect(Math.max(...off)).toBeLessThan(1);
    expect(Math.min(...raw)).toBeGreaterThan(200);
  },
);

test.each([
  ['WGS84', ground],
  ['GCJ02', given('GCJ02')],
  ['BD09', given('BD09')],
] as const)('positions in %s are known for what they are by the buildings they stand at', (crs, positions) => {
  const pairs = positions.map((position, i) => ({ given: position, known: ground[i] ?? position }));
  const check = checkCrs(pairs);
  expect(check).toMatchObject({ likely: crs, nCompared: 200 });
  expect(check.metres[crs]).toBeLessThan(1);
  expect(
    Math.min(...Object.entries(check.metres).flatMap(([key, metres]) => (key === crs ? [] : [metres]))),
  ).toBeGreaterThan(200);
});

test('too few rows, or rows that lie nowhere near, say nothing', () => {
  const few = ground.slice(0, 4).map((position) => ({ given: position, known: position }));
  expect(checkCrs(few).likely).toBeNull();
  const far = ground.map(([lng, lat]) => ({ given: [lng, lat] as LngLat, known: [lng + 1, lat] as LngLat }));
  expect(checkCrs(far).likely).toBeNull();
  expect(checkCrs([]).nCompared).toBe(0);
});
