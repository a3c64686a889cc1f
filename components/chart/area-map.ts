import type { MultiLineString, MultiPolygon, Polygon, Position } from 'geojson';

type Box = { left: number; top: number; right: number; bottom: number };
/** Px of a place, `[lng, lat]`, in its drawing. */
export type Projection = (at: Position) => [number, number];

/** A label with the room it takes, px of its map, most important first. */
export type PlacedLabel = { code: string; x: number; y: number; width: number; height: number };

/** Metres of a degree east to those of a degree north: true enough over the width of a city, off by 1 % over 2° of latitude. */
const squeeze = (latitude: number): number => Math.cos((latitude * Math.PI) / 180);

const ringsOf = (area: Polygon | MultiPolygon): Position[][] =>
  area.type === 'Polygon' ? area.coordinates : area.coordinates.flat();

/** Areas fitted into the middle of a box, north up, one scale both ways. */
export const fitAreas = (areas: readonly (Polygon | MultiPolygon)[], width: number, height: number): Projection => {
  const corners = areas.flatMap((area) => ringsOf(area).flat());
  const [lngs, lats] = [corners.map(([lng = 0]) => lng), corners.map(([, lat = 0]) => lat)];
  const least = (values: number[]) => values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const most = (values: number[]) => values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const [west, east, south, north] = [least(lngs), most(lngs), least(lats), most(lats)];
  const k = squeeze((south + north) / 2);
  const scale = Math.min(width / ((east - west) * k), height / (north - south));
  const [x0, y0] = [(width - (east - west) * k * scale) / 2, (height - (north - south) * scale) / 2];
  return ([lng = 0, lat = 0]) => [x0 + (lng - west) * k * scale, y0 + (north - lat) * scale];
};

const lineOf = (project: Projection, line: Position[]): string =>
  `M${line
    .map((at) =>
      project(at)
        .map((value) => value.toFixed(1))
        .join(' '),
    )
    .join('L')}`;

/** SVG path of an area or a line. */
export const pathOf = (project: Projection, shape: Polygon | MultiPolygon | MultiLineString): string =>
  shape.type === 'MultiLineString'
    ? shape.coordinates.map((line) => lineOf(project, line)).join('')
    : ringsOf(shape)
        .map((ring) => `${lineOf(project, ring)}Z`)
        .join('');

const boxOf = ({ x, y, width, height }: PlacedLabel): Box => ({
  ...{ left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 },
});

const meets = (a: Box, b: Box): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** Most that a label steps up or down from its place, in its own heights: farther off it would name a neighbour. */
const farthest = 0.7;

/** A label where it is, then just above and just below each strip that it meets, the nearest first. */
const stepsOf = <L extends PlacedLabel>(label: L, taken: readonly Box[]): L[] => {
  const met = taken.filter((strip) => meets(boxOf(label), strip));
  const beside = met.flatMap(({ top, bottom }) => [top - label.height / 2, bottom + label.height / 2]);
  const near = beside.filter((y) => Math.abs(y - label.y) <= farthest * label.height);
  return [
    label,
    ...near.toSorted((a, b) => Math.abs(a - label.y) - Math.abs(b - label.y)).map((y) => ({ ...label, y })),
  ];
};

/** Labels that keep clear of those before them, of what else stands there (stepping aside by little), and of the edges of the map. */
export const clearLabels = <L extends PlacedLabel>(
  labels: readonly L[],
  size: { width: number; height: number },
  taken: readonly Box[],
): L[] => {
  const kept: L[] = [];
  const isFree = (label: L): boolean => {
    const box = boxOf(label);
    const isInside = box.left >= 0 && box.top >= 0 && box.right <= size.width && box.bottom <= size.height;
    return isInside && ![...taken, ...kept.map(boxOf)].some((other) => meets(box, other));
  };
  for (const label of labels) {
    const free = stepsOf(label, taken).find(isFree);
    if (free) kept.push(free);
  }
  return kept;
};
