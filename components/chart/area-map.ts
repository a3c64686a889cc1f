import type { MultiLineString, MultiPolygon, Polygon, Position } from 'geojson';

/** Px of a place, `[lng, lat]`, in its drawing. */
export type Projection = (at: Position) => [number, number];

/** Metres of a degree east to those of a degree north: true enough over the width of a city, off by 1 % over 2° of latitude. */
const squeeze = (latitude: number): number => Math.cos((latitude * Math.PI) / 180);

/** Rings of an area, those of its holes too. */
export const ringsOf = (area: Polygon | MultiPolygon): Position[][] =>
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

/** Diameter of the disc of the largest count, em. */
const largestDisc = 1.8;
/** Diameter of the disc of a count where `most` is the largest, em: its area goes with the count. */
export const discEm = (value: number, most: number): number => largestDisc * Math.sqrt(value / most);

/** A count as it is drawn, px. */
export type Disc = { code: string; x: number; y: number; radius: number };
type Strip = { left: number; right: number; top: number; bottom: number };

/** A disc moved up or down just clear of a strip it lies on, or aside where the strip stands upright. */
const offStrip = (disc: Disc, { left, right, top, bottom }: Strip): Disc => {
  const { x, y, radius } = disc;
  if (x + radius <= left || x - radius >= right || y + radius <= top || y - radius >= bottom) return disc;
  const nearer = (at: number, low: number, high: number) => (at < (low + high) / 2 ? low - radius : high + radius);
  return right - left > bottom - top ? { ...disc, y: nearer(y, top, bottom) } : { ...disc, x: nearer(x, left, right) };
};

/** Discs of counts, each at its place or just off a strip, the largest first so that none hides a smaller one. */
export const discsOf = (
  counts: readonly { code: string; value: number; at: Position }[],
  em: number,
  project: Projection,
  strips: readonly Strip[],
): Disc[] => {
  const most = Math.max(1, ...counts.map(({ value }) => value));
  return counts
    .map(({ code, value, at }) => {
      const [x, y] = project(at);
      return strips.reduce(offStrip, { code, x, y, radius: (discEm(value, most) * em) / 2 });
    })
    .toSorted((a, b) => b.radius - a.radius);
};
