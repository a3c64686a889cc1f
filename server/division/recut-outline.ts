import { area as areaOf, difference, featureCollection, intersect, kinks, length, polygon } from '@turf/turf';
import type { Area } from '@/data/model/geo';
import type { NewGrid, RecutFault, RecutRefusal } from '@/data/model/recut';
import { unite } from '../exchange/area-plan';

/** Metres an outline may lie beside the border it is to follow: what rounding to five decimals moves it. */
const slackMetres = 0.5;

const feature = (geometry: Area) => ({ type: 'Feature' as const, properties: {}, geometry });
const ringsOf = ({ type, coordinates }: Area) => (type === 'Polygon' ? coordinates : coordinates.flat());

/** Square metres that a border may leave or take by being rounded. */
const slackOf = (geometry: Area): number => length(feature(geometry), { units: 'meters' }) * slackMetres;

/** Common ground of two outlines; null = none. */
export const commonOf = (a: Area, b: Area): Area | null =>
  (intersect(featureCollection([feature(a), feature(b)]))?.geometry as Area | undefined) ?? null;

/** Square metres of an outline; 0 for none. */
export const metresOf = (geometry: Area | null): number => (geometry ? areaOf(geometry) : 0);

const without = (a: Area, b: Area): number =>
  metresOf((difference(featureCollection([feature(a), feature(b)]))?.geometry as Area | undefined) ?? null);

/** A closed outline with ground inside that does not cross itself. */
const isSound = (geometry: Area): boolean =>
  ringsOf(geometry).every(
    (ring) => String(ring[0]) === String(ring.at(-1)) && kinks(polygon([ring])).features.length === 0,
  ) && metresOf(geometry) > 0;

const fault = (reason: RecutRefusal, code: string, squareMetres: number | null = null): RecutFault => ({
  ...{ reason, code },
  squareMetres: squareMetres === null ? null : Math.round(squareMetres),
});

const overlaps = (grids: readonly NewGrid[]): RecutFault[] =>
  grids.flatMap((grid, index) =>
    grids.slice(index + 1).flatMap((other) => {
      const common = metresOf(commonOf(grid.geometry, other.geometry));
      const slack = Math.min(slackOf(grid.geometry), slackOf(other.geometry));
      return common > slack ? [fault('recut_overlap', `${grid.code} ${other.code}`, common)] : [];
    }),
  );

/** Ground of one community, or of all that end: what it was made of and what is to cover it. */
export type Ground = { code: string; before: readonly Area[]; after: readonly Area[] };

const coverage = ({ code, before, after }: Ground): RecutFault[] => {
  if (before.length === 0 || after.length === 0) return [fault(before.length ? 'recut_gap' : 'recut_beyond', code)];
  const [old, fresh] = [unite(before), unite(after)];
  const slack = slackOf(old);
  const [gap, beyond] = [without(old, fresh), without(fresh, old)];
  return [
    ...(gap > slack ? [fault('recut_gap', code, gap)] : []),
    ...(beyond > slack ? [fault('recut_beyond', code, beyond)] : []),
  ];
};

/** What is wrong with outlines: broken ones first, since nothing else can be told of them. */
export const checkOutlines = (grids: readonly NewGrid[], grounds: readonly Ground[]): RecutFault[] => {
  const broken = grids.filter(({ geometry }) => !isSound(geometry)).map(({ code }) => fault('recut_outline', code));
  return broken.length > 0 ? broken : [...overlaps(grids), ...grounds.flatMap(coverage)];
};
