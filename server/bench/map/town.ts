import { randomFor } from '@/data/demo/random';
import type { LngLat } from '@/data/model/geo';
import type { PointRow } from '@/data/model/points';
import type { BuildingRow } from '../../tile/building-index';

/** Degrees a town of so many buildings is across, at the density of the district demo. */
const acrossOf = (n: number): number => 0.35 * Math.sqrt(n / 37_000);

const drawPlaces = (purpose: string, n: number): LngLat[] => {
  const random = randomFor(`bench map ${purpose}`);
  const across = acrossOf(n);
  const hamlets = Array.from({ length: Math.max(40, Math.round(n / 300)) }, () => ({
    lng: 114.3 + random.next() * across,
    lat: 22.4 + random.next() * across,
    spread: 0.0015 + random.next() * 0.006,
  }));
  return Array.from({ length: n }, (): LngLat => {
    const { lng, lat, spread } = random.pick(hamlets);
    return [lng + random.normal() * spread, lat + random.normal() * spread];
  });
};

const types = ['1', '2', '3', '4', '5', '9'];
const trades = Array.from({ length: 20 }, (_, i) => String.fromCharCode(65 + i));

/** Points as an entity layer has them. */
export const drawPoints = (n: number): PointRow[] => {
  const random = randomFor('bench map words');
  return drawPlaces('points', n).map(([lng, lat], i) => ({
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

const metre = 1 / 111_000;

/** Buildings as boxes of eight to thirty metres, turned at random. */
export const drawBuildings = (n: number): BuildingRow[] => {
  const random = randomFor('bench map boxes');
  return drawPlaces('buildings', n).map(([lng, lat], i) => {
    const [half, depth, turn] = [random.between(4, 15) * metre, random.between(4, 15) * metre, random.next() * Math.PI];
    const corner = (x: number, y: number): LngLat => [
      lng + x * Math.cos(turn) - y * Math.sin(turn),
      lat + x * Math.sin(turn) + y * Math.cos(turn),
    ];
    return {
      code: `44030700900101${String(i).padStart(6, '0')}`,
      name: `${i}`,
      name_en: `${i}`,
      house_type: random.pick(types),
      storeys: random.whole(1, 18),
      footprint: [corner(-half, -depth), corner(half, -depth), corner(half, depth), corner(-half, depth)],
      subdistrict_code: '440307009',
      community_code: '440307009001',
      grid_code: '44030700900101',
      block_code: '44030700900101001',
    };
  });
};
