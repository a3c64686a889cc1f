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

/** Labels that keep clear of those before them, of what else stands there, and of the edges of the map. */
export const clearLabels = <L extends PlacedLabel>(
  labels: readonly L[],
  size: { width: number; height: number },
  taken: readonly Box[],
): L[] => {
  const kept: L[] = [];
  for (const label of labels) {
    const box = boxOf(label);
    const isInside = box.left >= 0 && box.top >= 0 && box.right <= size.width && box.bottom <= size.height;
    if (isInside && ![...taken, ...kept.map(boxOf)].some((other) => meets(box, other))) kept.push(label);
  }
  return kept;
};
