import type { Area, LngLat } from '@/data/model/geo';
import type { Scope } from '@/data/model/scope';
import { isInArea } from '../division/locate';

/** A place of a warning with the path of its division; null path = it is no division. */
type PlacedArea = { path: string | null };

const touches = (a: string, b: string): boolean => a.startsWith(b) || b.startsWith(a);

/** Paths of the divisions a warning covers inside a territory: none inside another, none beyond the border. */
export const coveredPaths = (areas: readonly PlacedArea[], path: string): string[] => {
  const inside = areas.flatMap((area) => {
    if (area.path === null || !touches(area.path, path)) return [];
    return [area.path.length > path.length ? area.path : path];
  });
  const paths = [...new Set(inside)];
  return paths.filter((one) => !paths.some((other) => other !== one && one.startsWith(other))).sort();
};

/** A message and what it names as replaced or called off. */
type Linked = { identifier: string; refersTo: readonly string[]; sentAt: string };

/** Messages that name one another, directly or by way of others, oldest first. */
export const chainOf = <T extends Linked>(all: readonly T[], start: T): T[] => {
  const chain = new Set([start]);
  for (let before = 0; before !== chain.size; ) {
    before = chain.size;
    for (const row of all)
      for (const known of chain)
        if (known.refersTo.includes(row.identifier) || row.refersTo.includes(known.identifier)) chain.add(row);
  }
  return [...chain].sort((a, b) => (a.sentAt < b.sentAt ? -1 : 1));
};

/** Code of the division a path leads to. */
export const codeOf = (path: string): string => path.split('/').filter(Boolean).at(-1) ?? '';

/** Practice is told to those who take part in it, never to a wall. */
export const seesPractice = ({ screen }: Pick<Scope, 'screen'>): boolean => screen !== 'big';

const nSamples = 16;

/** Squared distance from a point to a stretch between two others, degrees of longitude squeezed. */
const toEdge = ([x, y]: LngLat, [ax, ay]: LngLat, [bx, by]: LngLat, squeeze: number): number => {
  const [dx, dy] = [(bx - ax) * squeeze, by - ay];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : ((x - ax) * squeeze * dx + (y - ay) * dy) / length;
  const share = Math.max(0, Math.min(1, along));
  return ((x - ax) * squeeze - share * dx) ** 2 + (y - ay - share * dy) ** 2;
};

/** Where the label of an area stands: of points spread over its extent the one inside that is farthest from its edge. */
export const labelPoint = (area: Area): LngLat => {
  const rings = area.type === 'Polygon' ? area.coordinates : area.coordinates.flat();
  const points = rings.flat();
  const least = (values: number[]) => values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const most = (values: number[]) => values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [west, south, width, height] = [least(xs), least(ys), most(xs) - least(xs), most(ys) - least(ys)];
  const squeeze = Math.cos((south * Math.PI) / 180);
  const spread = Array.from({ length: nSamples ** 2 }, (_, i): LngLat => {
    const [column, row] = [i % nSamples, Math.floor(i / nSamples)];
    return [west + (width * (column + 0.5)) / nSamples, south + (height * (row + 0.5)) / nSamples];
  });
  const clear = (point: LngLat) =>
    least(rings.flatMap((ring) => ring.slice(1).map((to, i) => toEdge(point, ring[i] ?? to, to, squeeze))));
  const inside = spread.filter((point) => isInArea(area, point));
  const best = inside.reduce<{ point: LngLat; clear: number } | null>((found, point) => {
    const free = clear(point);
    return found && found.clear >= free ? found : { point, clear: free };
  }, null);
  return best?.point ?? [west + width / 2, south + height / 2];
};
