import Flatbush from 'flatbush';
import { distance, isInRing, type Metres, type Plane, resample, smooth } from './plane';
import type { Random } from './random';
import type { World } from './world';

/** Outline of the land and how far any place is from the water. */
export type Shore = {
  /** Closed by repetition of the first point; counter-clockwise. */
  ring: Metres[];
  /** Segment i of the ring is water on its other side, not a neighbour's land. */
  isCoast: boolean[];
  isLand: (x: number, y: number) => boolean;
  /** Metres to the nearest water's edge, at most `limit`. */
  toWater: (x: number, y: number, limit?: number) => number;
};

/** Midpoint displacement: every pass halves the segments and pushes the new points aside. */
export const roughen = (
  line: readonly Metres[],
  random: Random,
  passes: number,
  rough: (x: number, y: number) => number,
): Metres[] => {
  let out = [...line];
  for (let pass = 0; pass < passes; pass++) {
    const next: Metres[] = [];
    for (let i = 0; i + 1 < out.length; i++) {
      const [a, b] = [out[i], out[i + 1]];
      if (!a || !b) continue;
      const [mx, my] = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
      const push = Math.max(-1.6, Math.min(1.6, random.normal())) * rough(mx, my) * 0.9 ** pass;
      next.push(a, [mx - (b[1] - a[1]) * push, my + (b[0] - a[0]) * push]);
    }
    const last = out[out.length - 1];
    if (last) next.push(last);
    out = next;
  }
  return out;
};

const coastOf = (world: World, plane: Plane, random: Random): Metres[] => {
  const control = smooth(world.coast.map(plane.toMetres), 2);
  const beaches = world.beaches.map((beach) => ({ at: plane.toMetres(beach.at), reach: beach.metres * 0.75 }));
  const isBeach = (x: number, y: number) => beaches.some(({ at, reach }) => distance(at[0], at[1], x, y) < reach);
  return roughen(control, random, 3, (x, y) => (isBeach(x, y) ? 0.02 : 0.14));
};

/** The outline: a rough coast with smooth beaches, then the border on land. */
export const drawShore = (world: World, plane: Plane, random: Random): Shore => {
  const coast = coastOf(world, plane, random);
  const [start, end] = [coast[0], coast[coast.length - 1]];
  if (!start || !end) throw new Error('A world needs a coast');
  const border = roughen([end, ...world.border.map(plane.toMetres), start], random, 2, () => 0.1);
  const ring = [...coast, ...border.slice(1)];
  const isCoast = ring.slice(1).map((_, i) => i < coast.length - 1);
  const dense = resample(coast, 40);
  const index = new Flatbush(dense.length);
  for (const [x, y] of dense) index.add(x, y);
  index.finish();
  return {
    ring,
    isCoast,
    isLand: (x, y) => isInRing(x, y, ring),
    toWater: (x, y, limit = 3000) => {
      const near = index.neighbors(x, y, 1, limit)[0];
      const at = near === undefined ? undefined : dense[near];
      return at ? distance(x, y, at[0], at[1]) : limit;
    },
  };
};
