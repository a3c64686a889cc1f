import type { FeatureCollection, LineString, MultiPolygon, Point, Polygon, Position } from 'geojson';
import type { LngLat } from '@/data/model/geo';
import { seamPx } from '../base/seams';
import type { Ring } from './area-raster';
import type { AreaWords } from './area-words';
import { fontStack } from './basemap';
import type { DrawnMark } from './event-mark';
import type { Box } from './fit';
import type { Drawing, LayerContext, PlacedLayer } from './layer';
import type { MapRoom } from './map-room';
import { placeNames, type Spot, wordsWidth } from './name-place';
import { withOpacity } from './palette';
import { pixelsBetween, positionAt } from './pixels';

const key = 'area-name';
/** Height of a line of a name, em. */
const nameLine = 1.1;

/** Half of the room a mark takes, in its own sizes: its corners are round. */
const markShare = 0.46;
/** With more names than these only what is exceptional is led to. */
const mostLed = 40;

/** A name as it stands on the map: its middle and its size in px. */
export type NameBox = { at: LngLat; width: number; height: number };

type NameContext = Pick<LayerContext, 'captionPx' | 'zoom' | 'seams' | 'palette' | 'theme'>;
export type NameInputs = { names: readonly AreaWords[]; marks: readonly DrawnMark[]; room: MapRoom };

const sizeOf = ({ name, value }: Pick<AreaWords, 'name' | 'value'>, em: number) => ({
  width: (Math.max(wordsWidth(name), wordsWidth(value)) + 0.2) * em,
  height: (value ? 2 : 1) * nameLine * em,
});

/** Positions as px from an origin, and back. */
const planeAt = (origin: LngLat, zoom: number) => ({
  px: ([lng = 0, lat = 0]: Position): [number, number] => pixelsBetween(origin, [lng, lat], zoom),
  at: ({ x, y }: Spot): LngLat => positionAt(origin, [x, y], zoom),
});
type Plane = ReturnType<typeof planeAt>;

const ringsOf = ({ type, coordinates }: Polygon | MultiPolygon, { px }: Plane): Ring[] =>
  (type === 'Polygon' ? coordinates : coordinates.flat()).map((ring) => ring.map(px));

const boxOf = ([west, south, east, north]: MapRoom['bounds'], { px }: Plane): Box => {
  const [[left, top], [right, bottom]] = [px([west, north]), px([east, south])];
  return { left, top, right, bottom };
};

/** What names and their leaders give way to: marks of events, what covers the map. */
const takenOf = ({ marks, room }: NameInputs, plane: Plane): Box[] => [
  ...marks.map(({ position, shift, size }) => {
    const [x, y] = plane.px(position);
    const half = size * markShare;
    const [across, down] = [x + shift[0], y + shift[1]];
    return { left: across - half, top: down - half, right: across + half, bottom: down + half };
  }),
  ...room.covers.map((cover) => boxOf(cover, plane)),
];

/** Strips along the seams of the wall. */
const stripsOf = ({ seams }: NameContext, plane: Plane, bounds: Box): Box[] => [
  ...seams.lng.map((lng) => {
    const [x] = plane.px([lng, 0]);
    return { left: x - seamPx, top: bounds.top, right: x + seamPx, bottom: bounds.bottom };
  }),
  ...seams.lat.map((lat) => {
    const [, y] = plane.px([0, lat]);
    return { left: bounds.left, top: y - seamPx, right: bounds.right, bottom: y + seamPx };
  }),
];

type NamePoints = FeatureCollection<Point, Pick<AreaWords, 'code' | 'name' | 'value'>>;

const styleOf = ({ palette, theme, captionPx }: NameContext): PlacedLayer[] => {
  const ground = palette(theme === 'dark' ? 'bg-0' : 'surface-1');
  const px = Math.max(1, captionPx / 26);
  const line = (id: string, colour: string, width: number) => ({
    ...{ id: `${key}-${id}`, slot: 'label', type: 'line', source: `${key}-leader` },
    paint: { 'line-color': colour, 'line-width': width },
  });
  const dot = {
    ...{ id: `${key}-dot`, slot: 'label', type: 'circle', source: `${key}-dot` },
    paint: {
      'circle-radius': 3 * px,
      'circle-color': palette('text-1'),
      'circle-stroke-color': ground,
      'circle-stroke-width': 1.4 * px,
    },
  };
  const words = {
    ...{ id: key, slot: 'label', type: 'symbol', source: key },
    layout: {
      'text-field': [
        'format',
        ['get', 'name'],
        {},
        ['case', ['==', ['get', 'value'], ''], '', ['concat', '\n', ['get', 'value']]],
        { 'text-font': ['literal', fontStack.semibold] },
      ],
      'text-font': fontStack.regular,
      'text-size': captionPx,
      'text-line-height': nameLine,
      'text-max-width': 20,
      'text-allow-overlap': true,
    },
    paint: {
      'text-color': palette('text-1'),
      'text-halo-color': withOpacity(ground, 0.8),
      'text-halo-width': captionPx * 0.18,
    },
  };
  return [
    line('casing', withOpacity(ground, 0.8), 4.4 * px),
    line('leader', palette('text-2'), 1.6 * px),
    dot,
    words,
  ] as unknown as PlacedLayer[];
};

const pointsOf = (at: readonly LngLat[]): FeatureCollection<Point> => ({
  type: 'FeatureCollection',
  features: at.map((coordinates) => ({ type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates } })),
});

const linesOf = (lines: readonly LngLat[][]): FeatureCollection<LineString> => ({
  type: 'FeatureCollection',
  features: lines.map((coordinates) => ({
    ...{ type: 'Feature', properties: {} },
    geometry: { type: 'LineString', coordinates },
  })),
});

/** Names of areas on a wall: each within its area, or beside the land with a leader to it; and where they stand. */
export const drawNames = (inputs: NameInputs, context: NameContext): { drawing: Drawing; boxes: NameBox[] } => {
  const { names, room } = inputs;
  const plane = planeAt([room.bounds[0], room.bounds[3]], context.zoom);
  const bounds = boxOf(room.bounds, plane);
  const wanted = names.map((words) => ({
    ...{ code: words.code, rings: ringsOf(words.area, plane), isLed: words.isTold || names.length <= mostLed },
    ...sizeOf(words, context.captionPx),
  }));
  const placed = placeNames(wanted, {
    ...{ em: context.captionPx, bounds, taken: takenOf(inputs, plane), seams: stripsOf(context, plane, bounds) },
  });
  const byCode = new Map(names.map((words) => [words.code, words]));
  const points: NamePoints['features'] = placed.flatMap((spot) => {
    const words = byCode.get(spot.code);
    if (!words) return [];
    const { code, name, value } = words;
    return [
      {
        ...{ type: 'Feature' as const, properties: { code, name, value } },
        geometry: { type: 'Point' as const, coordinates: plane.at(spot) },
      },
    ];
  });
  const leaders = placed.flatMap(({ leader }) => leader ?? []);
  const boxes = placed.flatMap((spot): NameBox[] => {
    const words = byCode.get(spot.code);
    return words ? [{ at: plane.at(spot), ...sizeOf(words, context.captionPx) }] : [];
  });
  const drawing: Drawing = {
    sources: {
      [key]: { type: 'geojson', data: { type: 'FeatureCollection', features: points } },
      [`${key}-leader`]: {
        type: 'geojson',
        data: linesOf(leaders.map(({ from, to }) => [plane.at(from), plane.at(to)])),
      },
      [`${key}-dot`]: { type: 'geojson', data: pointsOf(leaders.map(({ from }) => plane.at(from))) },
    },
    style: styleOf(context),
  };
  return { drawing, boxes };
};
