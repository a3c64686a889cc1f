import type { LngLat } from '../model/geo';

/** Position in metres east and north of the world's origin. */
export type Metres = [number, number];

/** Flat frame around an origin; good to 0.1 % over 40 km, which is enough for a made-up district. */
export type Plane = {
  toMetres: (position: readonly [number, number]) => Metres;
  /** Rounded to `decimals`, so that a shared corner is the same number everywhere. */
  toDegrees: (x: number, y: number, decimals?: number) => LngLat;
};

export const planeAt = (origin: readonly [number, number]): Plane => {
  const metresPerLat = 110_750;
  const metresPerLng = 111_320 * Math.cos((origin[1] * Math.PI) / 180);
  return {
    toMetres: ([lng, lat]) => [(lng - origin[0]) * metresPerLng, (lat - origin[1]) * metresPerLat],
    toDegrees: (x, y, decimals = 6) => {
      const scale = 10 ** decimals;
      return [
        Math.round((origin[0] + x / metresPerLng) * scale) / scale,
        Math.round((origin[1] + y / metresPerLat) * scale) / scale,
      ];
    },
  };
};

/** Twice-signed area halved: positive when the ring runs counter-clockwise. */
export const ringArea = (ring: readonly (readonly number[])[]): number => {
  let sum = 0;
  let [px, py] = ring[ring.length - 1] ?? [0, 0];
  for (const [x, y] of ring) {
    sum += (px ?? 0) * (y ?? 0) - (x ?? 0) * (py ?? 0);
    [px, py] = [x, y];
  }
  return sum / 2;
};

export const ringCenter = (ring: readonly Metres[]): Metres => {
  let [sum, sx, sy] = [0, 0, 0];
  const [ox, oy] = ring[0] ?? [0, 0];
  let [px, py] = ring[ring.length - 1] ?? [0, 0];
  for (const [x, y] of ring) {
    const cross = (px - ox) * (y - oy) - (x - ox) * (py - oy);
    sum += cross;
    sx += (px + x - 2 * ox) * cross;
    sy += (py + y - 2 * oy) * cross;
    [px, py] = [x, y];
  }
  return sum === 0 ? [ox, oy] : [ox + sx / (3 * sum), oy + sy / (3 * sum)];
};

/** Even-odd test; the ring may be closed or open. */
export const isInRing = (x: number, y: number, ring: readonly (readonly number[])[]): boolean => {
  let inside = false;
  let [px, py] = (ring[ring.length - 1] ?? [0, 0]) as Metres;
  for (const [cx, cy] of ring as readonly Metres[]) {
    if (cy > y !== py > y && x < ((px - cx) * (y - cy)) / (py - cy) + cx) inside = !inside;
    px = cx;
    py = cy;
  }
  return inside;
};

export const distance = (ax: number, ay: number, bx: number, by: number): number => Math.hypot(ax - bx, ay - by);

/** Nearest place on a segment: distance and share of the way from its start. */
export const nearestOnSegment = (
  x: number,
  y: number,
  [ax, ay]: Metres,
  [bx, by]: Metres,
): { distance: number; share: number } => {
  const length2 = (bx - ax) ** 2 + (by - ay) ** 2;
  const share = length2 === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length2));
  return { distance: distance(x, y, ax + share * (bx - ax), ay + share * (by - ay)), share };
};

/** Points along a line at most `step` apart, first and last kept. */
export const resample = (line: readonly Metres[], step: number): Metres[] => {
  const out: Metres[] = [];
  for (let i = 0; i + 1 < line.length; i++) {
    const [a, b] = [line[i], line[i + 1]];
    if (!a || !b) continue;
    const n = Math.max(1, Math.round(distance(a[0], a[1], b[0], b[1]) / step));
    for (let k = 0; k < n; k++) out.push([a[0] + ((b[0] - a[0]) * k) / n, a[1] + ((b[1] - a[1]) * k) / n]);
  }
  const last = line[line.length - 1];
  if (last) out.push(last);
  return out;
};

/** Smooth line through the given points (centripetal enough for even spacing). */
export const smooth = (line: readonly Metres[], parts: number): Metres[] => {
  const out: Metres[] = [];
  const at = (i: number): Metres => line[Math.max(0, Math.min(line.length - 1, i))] ?? [0, 0];
  for (let i = 0; i + 1 < line.length; i++) {
    const [p0, p1, p2, p3] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    for (let k = 0; k < parts; k++) {
      const t = k / parts;
      const curve = (a: number, b: number, c: number, d: number) =>
        0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t * t * t);
      out.push([curve(p0[0], p1[0], p2[0], p3[0]), curve(p0[1], p1[1], p2[1], p3[1])]);
    }
  }
  out.push(at(line.length - 1));
  return out;
};

/** Smooth value noise in [-1, 1], fixed for a seed. */
export const noiseOf = (seed: number) => {
  const corner = (i: number, j: number) => {
    let h = Math.imul(i, 374761393) ^ Math.imul(j, 668265263) ^ Math.imul(seed, 2147483647);
    h = Math.imul(h ^ (h >>> 13), 1274126177);
    return ((h ^ (h >>> 16)) >>> 0) / 2147483648 - 1;
  };
  return (x: number, y: number): number => {
    const [i, j] = [Math.floor(x), Math.floor(y)];
    const [u, v] = [x - i, y - j];
    const [su, sv] = [u * u * (3 - 2 * u), v * v * (3 - 2 * v)];
    const top = corner(i, j) * (1 - su) + corner(i + 1, j) * su;
    const bottom = corner(i, j + 1) * (1 - su) + corner(i + 1, j + 1) * su;
    return top * (1 - sv) + bottom * sv;
  };
};

/** Four octaves of noise; `size` = metres of the largest bump. */
export const fractalOf = (seed: number, size: number) => {
  const octaves = [0, 1, 2, 3].map((k) => noiseOf(seed * 7 + k));
  return (x: number, y: number): number => {
    let [sum, weight] = [0, 0.53];
    octaves.forEach((noise, k) => {
      sum += noise((x / size) * 2 ** k, (y / size) * 2 ** k) * weight;
      weight /= 2;
    });
    return sum;
  };
};
