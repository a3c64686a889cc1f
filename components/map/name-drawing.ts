import type { FeatureCollection, LineString, MultiPolygon, Point, Polygon, Position } from 'geojson';
import type { LngLat } from '@/data/model/geo';
import { seamPx } from '../base/seams';
import type { Ring } from './area-raster';
import type { AreaWords, PointWords } from './area-words';
import { fontStack } from './basemap';
import { type DrawnMark, isMarkLed } from './event-mark';
import type { Box } from './fit';
import type { Drawing, LayerContext, PlacedLayer } from './layer';
import type { MapRoom } from './map-room';
import {
  type AreaDisc,
  type AreaName,
  type Line,
  type PlacedName,
  placeNames,
  type Spot,
  wordsWidth,
} from './name-place';
import { withOpacity } from './palette';
import { plate } from './pattern';
import { pixelsBetween, positionAt } from './pixels';

const key = 'area-name';
const pointKey = 'point-words';
const plateOf = (theme: NameContext['theme']): string => `${pointKey}-${theme}`;
/** Height of a line of a name, em. */
const nameLine = 1.1;

/** Half of the room a mark takes, in its own sizes: its corners are round; round a grave one stays room for a ring. */
const markShare = 0.46;
const graveShare = 0.75;
/** With more names than these only what is exceptional is led to. */
const mostLed = 40;
/** What a leader may cost among marks to a name that is not exceptional, em, by its need: lines across those are for what matters. */
const costAmongMarks = { least: 5, most: 32 };
/** Need of a name that has none of its own. */
const usualNeed = 1 / 3;
/** A name that nothing is wrong with is left out rather than led to across others or put on their land, em. */
const costOfCalm = 20;

/** A name as it stands on the map: its middle and its size in px. */
export type NameBox = { at: LngLat; width: number; height: number };

type NameContext = Pick<LayerContext, 'captionPx' | 'zoom' | 'seams' | 'palette' | 'theme'>;
export type NameInputs = {
  names: readonly AreaWords[];
  pointWords: readonly PointWords[];
  ways: readonly (readonly Position[])[];
  marks: readonly DrawnMark[];
  room: MapRoom;
};

type Size = { width: number; height: number };

const sizeOf = (lines: readonly string[], em: number): Size => ({
  width: (Math.max(...lines.map(wordsWidth)) + 0.2) * em,
  height: lines.length * nameLine * em,
});
const linesOfName = ({ name, value }: AreaWords): string[] => (value ? [name, value] : [name]);

/** Room of a plate round its words, em: above and below, at the sides. */
const plateRoom = [0.08, 0.3] as const;

const sizeOfPoint = ({ words, em, isPlated }: PointWords, captionPx: number): Size => {
  const { width, height } = sizeOf(words.split('\n'), em * captionPx);
  const [high, wide] = isPlated ? plateRoom : [0, 0];
  return { width: width + 2 * wide * em * captionPx, height: height + 2 * high * em * captionPx };
};

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

/** Room kept between names and the edge of the map, em. */
const edgeEm = 0.5;
const inset = ({ left, top, right, bottom }: Box, by: number): Box => ({
  ...{ left: left + by, top: top + by, right: right - by, bottom: bottom - by },
});

const boxRound = ({ x, y }: Spot, half: number): Box => ({
  ...{ left: x - half, top: y - half, right: x + half, bottom: y + half },
});
const spotOf = (position: LngLat, { px }: Plane): Spot => {
  const [x, y] = px(position);
  return { x, y };
};
const standOf = ({ position, shift }: DrawnMark, plane: Plane): Spot => {
  const { x, y } = spotOf(position, plane);
  return { x: x + shift[0], y: y + shift[1] };
};

/** What names and their leaders give way to: marks of events, points with words of their own, what covers the map. */
const takenOf = ({ marks, pointWords, room }: NameInputs, plane: Plane): Box[] => [
  ...marks.map((mark) => boxRound(standOf(mark, plane), mark.size * (mark.level <= 2 ? graveShare : markShare))),
  ...pointWords.map(({ at, radius }) => boxRound(spotOf(at, plane), radius)),
  ...room.covers.map((cover) => boxOf(cover, plane)),
];

type MarkDisc = AreaDisc & { division: DrawnMark['division'] | null };
/** Marks as discs, with the division they sum up; one that had to stand aside is no place for its name. */
const markDiscs = ({ marks }: NameInputs, plane: Plane): MarkDisc[] =>
  marks.map((mark) => ({
    ...standOf(mark, plane),
    radius: mark.size * markShare,
    division: isMarkLed(mark) ? null : mark.division,
  }));

/** Lines from where marks belong to where they had to stand, and the stretches of ways. */
const linesIn = ({ marks, ways }: NameInputs, plane: Plane): Line[] => [
  ...marks.filter(isMarkLed).map((mark) => ({ from: spotOf(mark.position, plane), to: standOf(mark, plane) })),
  ...ways.flatMap((way) => {
    const spots = way.map(([lng = 0, lat = 0]) => spotOf([lng, lat], plane));
    return spots.slice(1).map((to, i) => ({ from: spots[i] ?? to, to }));
  }),
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

/** Words in the middle of where they were placed, whatever stands there. */
const wordsLayer = (id: string, layout: Record<string, unknown>, paint: Record<string, unknown>) => ({
  ...{ id, slot: 'label', type: 'symbol', source: id },
  layout: {
    'text-font': fontStack.regular,
    'text-line-height': nameLine,
    'text-max-width': 20,
    'text-allow-overlap': true,
    'icon-allow-overlap': true,
    ...layout,
  },
  paint,
});

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
  // names lie on fills of every shade, the lightest too
  const halo = withOpacity(ground, 0.92);
  const haloPx = captionPx * 0.24;
  const words = wordsLayer(
    key,
    {
      'text-field': [
        'format',
        ['get', 'name'],
        {},
        ['case', ['==', ['get', 'value'], ''], '', ['concat', '\n', ['get', 'value']]],
        { 'text-font': ['literal', fontStack.semibold] },
      ],
      'text-size': captionPx,
    },
    { 'text-color': palette('text-1'), 'text-halo-color': halo, 'text-halo-width': haloPx },
  );
  const [high, wide] = plateRoom.map((em) => em * captionPx);
  const beside = wordsLayer(
    pointKey,
    {
      'icon-image': ['case', ['get', 'isPlated'], plateOf(theme), ''],
      'icon-text-fit': 'both',
      'icon-text-fit-padding': [high, wide, high, wide],
      'text-field': ['get', 'words'],
      'text-font': fontStack.semibold,
      'text-size': ['get', 'px'],
    },
    {
      'text-color': ['get', 'colour'],
      'text-halo-color': halo,
      'text-halo-width': ['case', ['get', 'isPlated'], 0, haloPx],
    },
  );
  return [
    line('casing', halo, 4.4 * px),
    line('leader', palette('text-2'), 1.6 * px),
    dot,
    beside,
    words,
  ] as unknown as PlacedLayer[];
};

const pointsOf = (
  points: readonly { at: LngLat; properties: Record<string, unknown> }[],
): FeatureCollection<Point> => ({
  type: 'FeatureCollection',
  features: points.map(({ at, properties }) => ({
    ...{ type: 'Feature', properties },
    geometry: { type: 'Point', coordinates: at },
  })),
});

const linesOf = (lines: readonly LngLat[][]): FeatureCollection<LineString> => ({
  type: 'FeatureCollection',
  features: lines.map((coordinates) => ({
    ...{ type: 'Feature', properties: {} },
    geometry: { type: 'LineString', coordinates },
  })),
});

const costOf = ({ isTold, need }: AreaWords, nNames: number, nMarks: number): number => {
  if (isTold) return Number.POSITIVE_INFINITY;
  if (nNames > mostLed) return 0;
  if (nMarks === 0) return need === 0 ? costOfCalm : Number.POSITIVE_INFINITY;
  const { least, most } = costAmongMarks;
  return least + (most - least) * (need ?? usualNeed);
};

/** Where so few areas have a value each is seen whole: their names don't cover more than this of them. */
const told = { most: 2, covered: 0.25 };

/** Points first, in their order, then areas, each with the marks that stand for it. */
const wantedOf = (
  { names, pointWords, marks: all }: NameInputs,
  discs: readonly MarkDisc[],
  plane: Plane,
  captionPx: number,
): AreaName[] => {
  const areFewTold = names.filter(({ value }) => value).length <= told.most;
  return [
    ...pointWords.map((words): AreaName => {
      const disc = { ...spotOf(words.at, plane), radius: words.radius };
      return { code: words.code, rings: [], mostCost: 0, disc, ...sizeOfPoint(words, captionPx) };
    }),
    ...names.map((words): AreaName => {
      const mostCost = costOf(words, names.length, all.length);
      const marks = discs.filter(({ division }) => division === words.code);
      const lines = linesOfName(words);
      return {
        ...{ code: words.code, rings: ringsOf(words.area, plane), mostCost, marks, ...sizeOf(lines, captionPx) },
        lineWidths: lines.map((line) => wordsWidth(line) * captionPx),
        mostCovered: words.value && areFewTold ? told.covered : undefined,
      };
    }),
  ];
};

/**
 * Names of areas on a wall, each within its area or beside the land with a leader to it, words beside their points; and
 * where they stand.
 */
export const drawNames = (inputs: NameInputs, context: NameContext): { drawing: Drawing; boxes: NameBox[] } => {
  const { names, pointWords, room } = inputs;
  const { captionPx, palette, theme } = context;
  const plane = planeAt([room.bounds[0], room.bounds[3]], context.zoom);
  const bounds = inset(boxOf(room.bounds, plane), edgeEm * captionPx);
  const discs = markDiscs(inputs, plane);
  const wanted = wantedOf(inputs, discs, plane, captionPx);
  const placed = placeNames(wanted, {
    ...{ em: captionPx, bounds, taken: takenOf(inputs, plane), discs, lines: linesIn(inputs, plane) },
    seams: stripsOf(context, plane, bounds),
  });
  const spots = new Map(placed.map((spot) => [spot.code, spot]));
  const atOf = <T extends { code: string }>(list: readonly T[], properties: (one: T) => Record<string, unknown>) =>
    list.flatMap((one) => {
      const spot = spots.get(one.code);
      return spot ? [{ at: plane.at(spot), properties: properties(one) }] : [];
    });
  const leaders = placed.flatMap(({ leader }: PlacedName) => leader ?? []);
  const boxes = wanted.flatMap(({ code, width, height }): NameBox[] => {
    const spot = spots.get(code);
    return spot ? [{ at: plane.at(spot), width, height }] : [];
  });
  const geojson = (data: FeatureCollection) => ({ type: 'geojson' as const, data });
  const drawing: Drawing = {
    images: { [plateOf(theme)]: plate(palette('surface-2')) },
    sources: {
      [key]: geojson(pointsOf(atOf(names, ({ code, name, value }) => ({ code, name, value })))),
      [pointKey]: geojson(
        pointsOf(
          atOf(pointWords, ({ words, token, em, isPlated }) => ({
            ...{ words, isPlated, colour: palette(token), px: em * captionPx },
          })),
        ),
      ),
      [`${key}-leader`]: geojson(linesOf(leaders.map(({ from, to }) => [plane.at(from), plane.at(to)]))),
      [`${key}-dot`]: geojson(pointsOf(leaders.map(({ from }) => ({ at: plane.at(from), properties: {} })))),
    },
    style: styleOf(context),
  };
  return { drawing, boxes };
};
