import type { LngLat } from '@/data/model/geo';
import type { Scope } from '@/data/model/scope';

/** A place of a warning with the path of its division; null path = it is no division. */
export type PlacedArea = { path: string | null };

const touches = (a: string, b: string): boolean => a.startsWith(b) || b.startsWith(a);

/**
 * Whether a warning is told in a territory: one of its places lies in it or holds it. A warning for no division at all
 * (the sea) is told where the whole installation is.
 */
export const isToldIn = (areas: readonly PlacedArea[], path: string, rootPath: string): boolean =>
  rootPath.startsWith(path) || areas.some((area) => area.path !== null && touches(area.path, path));

/** Paths of the divisions a warning covers inside a territory: none inside another, none beyond the border. */
export const coveredPaths = (areas: readonly PlacedArea[], path: string): string[] => {
  const inside = areas.flatMap((area) => {
    if (area.path === null || !touches(area.path, path)) return [];
    return [area.path.length > path.length ? area.path : path];
  });
  const paths = [...new Set(inside)];
  return paths.filter((one) => !paths.some((other) => other !== one && one.startsWith(other))).sort();
};

/** Code of the division a path leads to. */
export const codeOf = (path: string): string => path.split('/').filter(Boolean).at(-1) ?? '';

/** Practice is told to those who take part in it, never to a wall. */
export const seesPractice = ({ screen }: Pick<Scope, 'screen'>): boolean => screen !== 'big';

/** The middle of the extent of rings: where a label stands when nothing better is known. */
export const middleOf = (rings: readonly (readonly LngLat[])[]): LngLat => {
  const points = rings.flat();
  const least = (values: number[]) => values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const most = (values: number[]) => values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  return [(least(xs) + most(xs)) / 2, (least(ys) + most(ys)) / 2];
};
