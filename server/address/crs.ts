import gcoord from 'gcoord';
import { type CrsCheck, type CrsHypothesis, type CrsName, crsHypotheses } from '@/data/model/address';
import type { LngLat } from '@/data/model/geo';

const systems = { GCJ02: gcoord.GCJ02, BD09: gcoord.BD09 } as const;

/** Position in WGS-84 from one declared in another system. */
export const toGround = ([lng, lat]: LngLat, crs: CrsName): LngLat => {
  if (crs === 'WGS84' || crs === 'CGCS2000') return [lng, lat];
  const [x, y] = gcoord.transform([lng, lat], systems[crs], gcoord.WGS84);
  return [x, y];
};

/** The hypothesis a declaration stands for. */
export const hypothesisOf = (crs: CrsName): CrsHypothesis => (crs === 'CGCS2000' ? 'WGS84' : crs);

/** A position as it was given, and that of the building the same row's text means. */
export type Pair = { given: LngLat; known: LngLat };

/** Fewer rows say nothing of the system. */
const leastCompared = 5;
/** A median further off is no sign of a system, metres: GCJ-02 and WGS-84 lie 300 m and more apart in China. */
const fitsWithin = 150;

/** Metres between two positions, on a plane: right for what is near. */
export const metresBetween = ([x1, y1]: LngLat, [x2, y2]: LngLat): number =>
  Math.hypot((x2 - x1) * Math.cos((y1 * Math.PI) / 180), y2 - y1) * 111_320;

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round((sorted[Math.floor(sorted.length / 2)] ?? 0) * 10) / 10;
};

/** Which system positions look to be in; `likely` null = too few rows, or none of them fits. */
export const checkCrs = (pairs: readonly Pair[]): CrsCheck => {
  const medianUnder = (crs: CrsHypothesis) =>
    median(pairs.map(({ given, known }) => metresBetween(toGround(given, crs), known)));
  const metres = Object.fromEntries(crsHypotheses.map((crs) => [crs, medianUnder(crs)])) as CrsCheck['metres'];
  const [best] = crsHypotheses.toSorted((a, b) => metres[a] - metres[b]);
  const isClear = pairs.length >= leastCompared && best !== undefined && metres[best] <= fitsWithin;
  return { nCompared: pairs.length, metres, likely: isClear ? best : null };
};
