import { fractalOf, type Metres, type Plane, ringArea } from './plane';
import type { Shore } from './shore';
import type { SettlementPlan, World } from './world';

/** Heights on a square grid over the world, zero at sea. */
export type Terrain = { elevationAt: (x: number, y: number) => number; contour: (metres: number) => Metres[][] };

const rise = (value: number, full: number): number => {
  const t = Math.max(0, Math.min(1, value / full));
  return t * t * (3 - 2 * t);
};

/** Metres outside a settlement's ellipse, negative inside; `along` and `across` = place in its own frame. */
export const settlementFrame = (plan: SettlementPlan, plane: Plane) => {
  const [cx, cy] = plane.toMetres(plan.at);
  const angle = (plan.bearing * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return {
    toWorld: (along: number, across: number): Metres => [
      cx + along * cos - across * sin,
      cy + along * sin + across * cos,
    ],
    outside: (x: number, y: number): number => {
      const along = (x - cx) * cos + (y - cy) * sin;
      const across = (y - cy) * cos - (x - cx) * sin;
      return (Math.hypot(along / plan.radius[0], across / plan.radius[1]) - 1) * Math.min(...plan.radius);
    },
  };
};

const heightOf = (world: World, plane: Plane, shore: Shore) => {
  const peaks = world.peaks.map((peak) => ({ ...peak, xy: plane.toMetres(peak.at) }));
  const frames = world.settlements.map((plan) => settlementFrame(plan, plane));
  const [noise, crag] = [fractalOf(5, 1500), fractalOf(8, 620)];
  return (x: number, y: number): number => {
    if (!shore.isLand(x, y)) return 0;
    let bulk = 0;
    for (const { xy, metres, spread } of peaks) {
      const d = Math.hypot(x - xy[0], y - xy[1]) / (spread * (1 + 0.35 * noise(x + metres * 10, y)));
      bulk += (metres * Math.exp(-1.35 * d ** 1.25)) ** 3;
    }
    const gully = 0.24 * noise(x, y) + 0.4 * (0.42 - Math.abs(crag(x, y)) * 1.6);
    const ridge = Math.cbrt(bulk) * (1 + gully) + 55 * (0.6 + noise(x * 2, y * 2 + 9000));
    const flat = Math.min(...frames.map((frame) => rise(frame.outside(x, y) + 60, 750)));
    return Math.max(0, ridge) * flat * (0.06 + 0.94 * rise(shore.toWater(x, y, 900), 850));
  };
};

type Raster = { columns: number; rows: number; step: number; west: number; south: number; heights: Float32Array };

const sample = (shore: Shore, step: number, height: (x: number, y: number) => number): Raster => {
  const xs = shore.ring.map(([x]) => x);
  const ys = shore.ring.map(([, y]) => y);
  const [west, south] = [Math.min(...xs) - 2 * step, Math.min(...ys) - 2 * step];
  const columns = Math.ceil((Math.max(...xs) - west) / step) + 3;
  const rows = Math.ceil((Math.max(...ys) - south) / step) + 3;
  const heights = new Float32Array(columns * rows);
  for (let j = 0; j < rows; j++)
    for (let i = 0; i < columns; i++) heights[j * columns + i] = height(west + i * step, south + j * step);
  return { columns, rows, step, west, south, heights };
};

/** Walks the line where the height crosses `metres` (marching squares, high ground on the left). */
const contourOf = ({ columns, rows, step, west, south, heights }: Raster, metres: number): Metres[][] => {
  const at = (i: number, j: number) => heights[j * columns + i] ?? 0;
  const next = new Map<number, { to: number; at: Metres }>();
  const cross = (i: number, j: number, k: number, l: number): Metres => {
    const [a, b] = [at(i, j), at(k, l)];
    const t = (metres - a) / (b - a);
    return [west + (i + (k - i) * t) * step, south + (j + (l - j) * t) * step];
  };
  const key = (i: number, j: number, upright: boolean) => (j * columns + i) * 2 + (upright ? 1 : 0);
  for (let j = 0; j + 1 < rows; j++) {
    for (let i = 0; i + 1 < columns; i++) {
      const up = [at(i, j), at(i + 1, j), at(i + 1, j + 1), at(i, j + 1)].map((h) => h >= metres);
      const sides = [
        { key: key(i, j, false), at: () => cross(i, j, i + 1, j) },
        { key: key(i + 1, j, true), at: () => cross(i + 1, j, i + 1, j + 1) },
        { key: key(i, j + 1, false), at: () => cross(i, j + 1, i + 1, j + 1) },
        { key: key(i, j, true), at: () => cross(i, j, i, j + 1) },
      ];
      for (let s = 0; s < 4; s++) {
        if (up[s] || !up[(s + 1) % 4]) continue;
        let e = (s + 1) % 4;
        while (up[(e + 1) % 4]) e = (e + 1) % 4;
        const [from, to] = [sides[e], sides[s]];
        if (from && to) next.set(from.key, { to: to.key, at: from.at() });
      }
    }
  }
  const rings: Metres[][] = [];
  for (const start of [...next.keys()]) {
    const ring: Metres[] = [];
    for (let k: number = start, step = next.get(k); step; k = step.to, step = next.get(k)) {
      ring.push(step.at);
      next.delete(k);
    }
    if (Math.abs(ringArea(ring)) > 12 * step * step) rings.push(ring);
  }
  return rings;
};

/** Relief from the named peaks, worn flat under settlements and towards the water. */
export const drawTerrain = (world: World, plane: Plane, shore: Shore): Terrain => {
  const raster = sample(shore, 110, heightOf(world, plane, shore));
  const { columns, step, west, south, heights } = raster;
  return {
    elevationAt: (x, y) => {
      const [i, j] = [Math.round((x - west) / step), Math.round((y - south) / step)];
      return heights[j * columns + i] ?? 0;
    },
    contour: (metres) => contourOf(raster, metres),
  };
};
