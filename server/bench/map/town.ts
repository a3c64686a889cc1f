import { demoTables } from '@/data/demo';
import { randomFor } from '@/data/demo/random';
import type { LngLat } from '@/data/model/geo';
import type { PointRow } from '@/data/model/points';
import type { BuildingRow } from '../../tile/building-index';

/** Degrees a town of so many points is across, at the density of the district demo. */
const acrossOf = (n: number): number => 0.35 * Math.sqrt(n / 37_000);

/** Seven decimals, as the store keeps positions. */
const round = (degrees: number): number => Math.round(degrees * 1e7) / 1e7;

const drawPlaces = (n: number): LngLat[] => {
  const random = randomFor('bench map points');
  const across = acrossOf(n);
  const hamlets = Array.from({ length: Math.max(40, Math.round(n / 300)) }, () => ({
    lng: 114.3 + random.next() * across,
    lat: 22.4 + random.next() * across,
    spread: 0.0015 + random.next() * 0.006,
  }));
  return Array.from({ length: n }, (): LngLat => {
    const { lng, lat, spread } = random.pick(hamlets);
    return [round(lng + random.normal() * spread), round(lat + random.normal() * spread)];
  });
};

const types = ['1', '2', '3', '4', '5', '9'];
const trades = Array.from({ length: 20 }, (_, i) => String.fromCharCode(65 + i));

/** Points as an entity layer has them. */
export const drawPoints = (n: number): PointRow[] => {
  const random = randomFor('bench map words');
  return drawPlaces(n).map(([lng, lat], i) => ({
    id: `en${String(i).padStart(6, '0')}`,
    lng,
    lat,
    codes: {
      entityType: random.pick(types),
      industry: random.pick(trades),
      from: random.whole(0, 9_000),
      until: random.has(0.1) ? random.whole(9_000, 9_800) : 65_535,
    },
  }));
};

/** Buildings of the city demo, the district's own first, without anything else being made of it. */
export function* cityBuildings(): Generator<BuildingRow> {
  for (const { table, columns, rows } of demoTables({ size: 'city', at: new Date('2026-11-22T10:00:00+08:00') })) {
    if (table !== 'building') continue;
    for (const row of rows) yield Object.fromEntries(columns.map((name, i) => [name, row[i]])) as BuildingRow;
    return;
  }
}
