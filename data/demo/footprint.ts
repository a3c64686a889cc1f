import { isInRing, type Metres, ringArea } from './plane';

/** A frame turned to a street: `u` along it, `v` away from it. */
export type Frame = { toWorld: (u: number, v: number) => Metres; toFrame: (x: number, y: number) => Metres };

export const frameAlong = (angle: number): Frame => {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return {
    toWorld: (u, v) => [u * cos - v * sin, u * sin + v * cos],
    toFrame: (x, y) => [x * cos + y * sin, y * cos - x * sin],
  };
};

/** Direction of the longest side of a ring. */
export const bearingOf = (ring: readonly Metres[]): number => {
  let [best, angle] = [0, 0];
  for (let i = 0; i < ring.length; i++) {
    const [a, b] = [ring[i], ring[(i + 1) % ring.length]];
    if (!a || !b) continue;
    const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
    if (length > best) [best, angle] = [length, Math.atan2(b[1] - a[1], b[0] - a[0])];
  }
  return angle;
};

/** A ring moved inwards by `metres` on every side (each side cuts the rest); empty when nothing is left. */
export const inset = (ring: readonly Metres[], metres: number): Metres[] => {
  let out = [...ring];
  const turn = Math.sign(ringArea(ring)) || 1;
  for (let i = 0; i < ring.length; i++) {
    const [a, b] = [ring[i], ring[(i + 1) % ring.length]];
    if (!a || !b) continue;
    const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
    if (length < 0.5) continue;
    const [nx, ny] = [(-(b[1] - a[1]) / length) * turn, ((b[0] - a[0]) / length) * turn];
    const depth = ([x, y]: Metres) => (x - a[0]) * nx + (y - a[1]) * ny - metres;
    const next: Metres[] = [];
    for (let k = 0; k < out.length; k++) {
      const [p, q] = [out[k], out[(k + 1) % out.length]];
      if (!p || !q) continue;
      const [dp, dq] = [depth(p), depth(q)];
      if (dp >= 0) next.push(p);
      if (dp >= 0 !== dq >= 0)
        next.push([p[0] + ((q[0] - p[0]) * dp) / (dp - dq), p[1] + ((q[1] - p[1]) * dp) / (dp - dq)]);
    }
    out = next;
  }
  return out;
};

/** Corner points of a plan in its own frame, counter-clockwise from the lower left. */
export type Plan = readonly Metres[];

export const rectangle = (w: number, d: number): Plan => [
  [-w / 2, -d / 2],
  [w / 2, -d / 2],
  [w / 2, d / 2],
  [-w / 2, d / 2],
];

/** A rectangle with a corner missing (L). */
export const ell = (w: number, d: number, wing: number): Plan => [
  [-w / 2, -d / 2],
  [w / 2, -d / 2],
  [w / 2, -d / 2 + wing],
  [-w / 2 + wing, -d / 2 + wing],
  [-w / 2 + wing, d / 2],
  [-w / 2, d / 2],
];

/** Three wings around a yard (U). */
export const yard = (w: number, d: number, wing: number): Plan => [
  [-w / 2, -d / 2],
  [w / 2, -d / 2],
  [w / 2, d / 2],
  [w / 2 - wing, d / 2],
  [w / 2 - wing, -d / 2 + wing],
  [-w / 2 + wing, -d / 2 + wing],
  [-w / 2 + wing, d / 2],
  [-w / 2, d / 2],
];

/** A tower with one stepped side (T). */
export const stepped = (w: number, d: number): Plan => [
  [-w / 2, -d / 2],
  [w / 2, -d / 2],
  [w / 2, d / 5],
  [w / 4, d / 5],
  [w / 4, d / 2],
  [-w / 4, d / 2],
  [-w / 4, d / 5],
  [-w / 2, d / 5],
];

export const place = (plan: Plan, frame: Frame, u: number, v: number): Metres[] =>
  plan.map(([pu, pv]) => frame.toWorld(u + pu, v + pv));

export const fits = (plan: readonly Metres[], ring: readonly Metres[]): boolean =>
  plan.every(([x, y]) => isInRing(x, y, ring));

/** Extent of a ring in a frame: u from, v from, u to, v to. */
export const extentOf = (ring: readonly Metres[], frame: Frame): [number, number, number, number] => {
  const turned = ring.map(([x, y]) => frame.toFrame(x, y));
  const us = turned.map(([u]) => u);
  const vs = turned.map(([, v]) => v);
  return [Math.min(...us), Math.min(...vs), Math.max(...us), Math.max(...vs)];
};
