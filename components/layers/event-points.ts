import { IconLayer, ScatterplotLayer, TextLayer } from '@deck.gl/layers';
import type { ExpressionSpecification } from 'maplibre-gl';
import { isOverdue } from '@/data/model/attention';
import type { EventLevel, EventRow } from '@/data/model/event';
import type { LngLat } from '@/data/model/geo';
import { askedBy, type View } from '@/data/model/view';
import {
  type DrawnMark,
  type EventMark,
  indexEvents,
  isDrawn,
  isMarkLed,
  placeMarks,
  singleMark,
  sumByDivision,
} from '../map/event-mark';
import { focusOf } from '../map/focus-level';
import { drawIconAtlas, inkOf } from '../map/icon-atlas';
import { type Drawing, defineLayer, type LayerContext, type PlacedLayer } from '../map/layer';
import { ownValues } from '../map/legend-filter';
import { memoLast } from '../map/memo';
import { rgbaOf, withOpacity } from '../map/palette';
import { positionAt } from '../map/pixels';

const key = 'event-points';
const levels: EventLevel[] = [1, 2, 3, 4];
/** The newest changes are drawn apart, so that one new event does not move the settled ones. */
const liveMs = 30_000;
/** Zoom from which even a wall shows events where they are instead of one mark a division. */
const ownPlaceZoom = 13;

/** Height of a mark in captions: the graver, the larger. */
const sizes: Record<EventLevel, number> = { 1: 2.3, 2: 2.1, 3: 1.9, 4: 1.7 };
const sizeOf = ({ level, count }: EventMark, captionPx: number) =>
  captionPx * sizes[level] * (count > 99 ? 1.25 : count > 1 ? 1.1 : 1);

const atlasOf = memoLast((palette: LayerContext['palette']) => drawIconAtlas(palette));
const indexOf = memoLast((rows: EventRow[], radius: number) => indexEvents(rows, radius));
/** A wall at a distance sums up by division. */
const isSummed = ({ size, zoom }: LayerContext): boolean => size === 'wall' && zoom < ownPlaceZoom;

const isFresh = (row: EventRow, now: number): boolean => isDrawn(row) && Date.parse(row.stageAt) >= now - liveMs;

const settledRows = memoLast((rows: EventRow[], now: number) => ({
  settled: rows.filter((row) => !isFresh(row, now)),
  live: rows.filter((row) => isFresh(row, now)),
}));

const centersOf = ({ view, divisions }: LayerContext): Map<string, LngLat> => {
  const { code, level } = focusOf(view, divisions);
  return new Map(divisions.below(code, level).flatMap((node) => (node.center ? [[node.code, node.center]] : [])));
};

/** The incident a wall commands: others stand there only when they are of the two gravest levels. Null = none. */
const commanded = ({ size, view }: LayerContext): string | null =>
  size === 'wall' && view.page === 'event' ? view.selection : null;

type Events = { rows: EventRow[]; asOf: string };

/** Rows that the legend's own clause lets through; with an instant only those that stand out then, with an incident in command only grave ones and it. */
const filterRows = memoLast(
  (rows: EventRow[], filters: View['filters'], incident: string | null, overdueAt: number | null) => {
    const chosen = ownValues(filters, key, 'level');
    const isGrave = ({ id, level }: EventRow) => level <= 2 || incident === `event:${id}`;
    const isShown = (row: EventRow) =>
      incident !== null ? isGrave(row) : overdueAt === null || isGrave(row) || isOverdue(row, overdueAt);
    return rows.filter(({ level }) => chosen.length === 0 || chosen.includes(String(level))).filter(isShown);
  },
);

/** Rows that are marked; the legend goes on counting all. */
const shownRows = ({ rows, asOf }: Events, context: LayerContext): EventRow[] => {
  const { view, marks, now } = context;
  const instant = view.at ? Date.parse(asOf) : now;
  return filterRows(rows, view.filters, commanded(context), marks === 'exceptions' ? instant : null);
};

type Marks = { settled: EventMark[]; live: EventMark[] };

/** Closer than this every mark stands exactly where its event is, and more marks than this are left as they are. */
const exactZoom = 15;
const maxPlaced = 400;

/** Marks moved off one another; a wall's sums stand a little above their labels. */
const place = (marks: EventMark[], { captionPx, zoom, seams, covers }: LayerContext): EventMark[] =>
  zoom < exactZoom && marks.length <= maxPlaced
    ? placeMarks(marks, zoom, (mark) => sizeOf(mark, captionPx), captionPx * 0.7, { seams, covers })
    : marks;

/** Marks of a zoom. A wall at a distance sums up by division; else clusters, with the newest changes apart. */
const marksOf = (rows: EventRow[], context: LayerContext): Marks => {
  if (isSummed(context)) {
    const { level } = focusOf(context.view, context.divisions);
    const divisionOf = (row: EventRow) =>
      level === 'grid' ? row.grid : level === 'community' ? row.community : row.subdistrict;
    return { settled: place(sumByDivision(rows, divisionOf, centersOf(context)), context), live: [] };
  }
  const { settled, live } = settledRows(rows, context.now);
  const liveKeys = new Set(live.map(({ id }) => id));
  const all = place(
    [
      ...indexOf(settled, context.captionPx * 3.2)(context.zoom),
      ...live.flatMap((row) => (row.position ? [singleMark(row, row.position)] : [])),
    ],
    context,
  );
  return {
    settled: all.filter(({ key: id }) => !liveKeys.has(id)),
    live: all.filter(({ key: id }) => liveKeys.has(id)),
  };
};

const onTop = { depthCompare: 'always', depthWriteEnabled: false } as const;

const markLayers = (id: string, marks: EventMark[], context: LayerContext) => {
  const { palette, captionPx, theme } = context;
  const { image, mapping } = atlasOf(palette);
  const data = marks.toSorted((a, b) => b.level - a.level || a.count - b.count);
  return [
    new IconLayer<EventMark>({
      id,
      data,
      pickable: true,
      iconAtlas: image as unknown as string,
      iconMapping: mapping,
      getIcon: ({ level, count }) => `${count > 1 ? 'cluster' : 'level'}-${level}`,
      getPosition: ({ position }) => position,
      getSize: (mark) => sizeOf(mark, captionPx),
      getPixelOffset: ({ shift }) => shift,
      sizeUnits: 'pixels',
      parameters: onTop,
      updateTriggers: { getSize: captionPx, getPixelOffset: captionPx, getIcon: theme },
    }),
    new TextLayer<EventMark>({
      id: `${id}-count`,
      data: data.filter(({ count }) => count > 1),
      characterSet: '0123456789',
      fontFamily: 'Inter Variable',
      fontWeight: 600,
      fontSettings: { fontSize: 96, buffer: 8 },
      getText: ({ count }) => String(count),
      getPosition: ({ position }) => position,
      getColor: ({ level }) => rgbaOf(inkOf(level, palette)),
      getSize: (mark) => sizeOf(mark, captionPx) * (mark.count > 99 ? 0.36 : mark.level === 3 ? 0.42 : 0.5),
      getPixelOffset: (mark) => {
        const [x, y] = mark.shift;
        return [x, y + (mark.level === 3 ? sizeOf(mark, captionPx) * 0.12 : 0)];
      },
      parameters: onTop,
      updateTriggers: { getSize: captionPx, getPixelOffset: captionPx, getColor: theme },
    }),
  ];
};

/** Ring around the selected event, and around the one a panel points at. */
const ringLayer = (rows: EventRow[], context: LayerContext) => {
  const { view, highlight, palette, captionPx } = context;
  const wanted = [view.selection, highlight];
  const data = rows.filter((row) => row.position !== null && wanted.includes(`event:${row.id}`));
  return new ScatterplotLayer<EventRow>({
    id: `${key}-ring`,
    data,
    stroked: true,
    filled: false,
    radiusUnits: 'pixels',
    lineWidthUnits: 'pixels',
    getPosition: ({ position }) => position ?? [0, 0],
    getRadius: captionPx * 1.5,
    getLineWidth: Math.max(2, captionPx * 0.1),
    getLineColor: rgbaOf(palette('select')),
    parameters: onTop,
    updateTriggers: { getRadius: captionPx, getLineColor: context.theme },
  });
};

/** Px beyond which no mark is moved aside. */
const farthest = 4_000;

/** Pair of the numbers `right` and `down`: tiles carry no lists, so the pair is found between the corners of a square. */
const shiftExpression = (() => {
  const across = (down: number) => [
    'interpolate',
    ['linear'],
    ['get', 'right'],
    ...[-farthest, farthest].flatMap((right) => [right, ['literal', [right, down]]]),
  ];
  return [
    'interpolate',
    ['linear'],
    ['get', 'down'],
    ...[-farthest, farthest].flatMap((down) => [down, across(down)]),
  ] as unknown as ExpressionSpecification;
})();

/** Lines from where marks belong, a dot there, to where they had to stand. */
const leaders = (marks: readonly DrawnMark[], { captionPx, palette, theme, zoom }: LayerContext): Drawing => {
  const px = Math.max(1, captionPx / 26);
  const led = marks.filter(isMarkLed);
  const halo = withOpacity(palette(theme === 'dark' ? 'bg-0' : 'surface-1'), 0.8);
  const line = (id: string, colour: string, width: number) =>
    ({
      ...{ id: `${key}-${id}`, slot: 'top', type: 'line', source: `${key}-leader` },
      paint: { 'line-color': colour, 'line-width': width },
    }) as PlacedLayer;
  return {
    sources: {
      [`${key}-leader`]: {
        type: 'geojson',
        data: {
          type: 'MultiLineString',
          coordinates: led.map(({ position, shift }) => [position, positionAt(position, shift, zoom)]),
        },
      },
    },
    style: [
      line('leader-casing', halo, 4.4 * px),
      line('leader', palette('text-3'), 1.6 * px),
      // a dot at either end: the one under its mark is not seen
      {
        ...{ id: `${key}-leader-dot`, slot: 'top', type: 'circle', source: `${key}-leader` },
        paint: {
          ...{ 'circle-radius': 3.4 * px, 'circle-color': palette('text-1') },
          ...{ 'circle-stroke-color': halo, 'circle-stroke-width': 1.4 * px },
        },
      } as PlacedLayer,
    ],
  };
};

/** Transparent marks in the label's own engine: labels give way to events, as priority asks. */
const colliders = (marks: EventMark[], { captionPx }: LayerContext): Drawing => ({
  images: { blank: { width: 16, height: 16, data: new Uint8ClampedArray(16 * 16 * 4) } },
  sources: {
    [`${key}-collider`]: {
      type: 'geojson',
      data: {
        type: 'FeatureCollection',
        features: marks.map((mark) => {
          const scale = (sizeOf(mark, captionPx) * 0.85) / 16;
          return {
            type: 'Feature',
            properties: { scale, right: mark.shift[0] / scale, down: mark.shift[1] / scale },
            geometry: { type: 'Point', coordinates: mark.position },
          };
        }),
      },
    },
  },
  style: [
    {
      id: `${key}-collider`,
      slot: 'top',
      type: 'symbol',
      source: `${key}-collider`,
      layout: {
        'icon-image': 'blank',
        'icon-size': ['get', 'scale'],
        'icon-offset': shiftExpression,
        'icon-allow-overlap': true,
        'icon-padding': 0,
      },
    },
  ],
});

/** Open events by level (在办事件): shape, numeral and colour; a shape with a count stands for so many of its level. */
export const eventPoints = defineLayer({
  key,
  geometry: 'point',
  minZoom: 0,
  maxZoom: 24,
  budget: 5_000,
  isLive: true,
  filters: 'question',
  selects: ['event'],
  follows: ['zoom', 'seams', 'covers', 'highlight', 'page'],
  ask: ({ view, api }) => ({ events: api.event.points.queryOptions({ question: askedBy(key, view) }) }),
  clockPart: ({ events }, context) =>
    isSummed(context)
      ? context.marks === 'exceptions' && shownRows(events, context).length
      : events.rows.filter((row) => isFresh(row, context.now)).length,
  draw: ({ events }, context) => {
    const { settled, live } = marksOf(shownRows(events, context), context);
    const marks = [...settled, ...live].map((mark) => ({ ...mark, size: sizeOf(mark, context.captionPx) }));
    const [room, led] = [colliders(marks, context), leaders(marks, context)];
    return {
      images: room.images,
      sources: { ...room.sources, ...led.sources },
      style: [...(led.style ?? []), ...(room.style ?? [])],
      marks,
      deck: [
        ...markLayers(key, settled, context),
        ...markLayers(`${key}-live`, live, context),
        ringLayer(events.rows, context),
      ],
    };
  },
  legend: ({ events }, { text }) => ({
    title: text.t('map.openEvents'),
    unit: text.t('common.unit.event'),
    asOf: null,
    rows: levels.map((level) => ({
      token: null,
      label: text.term('event-level', String(level)),
      isNoData: false,
      level,
      count: events.rows.filter((row) => row.level === level && row.stage !== 'closed').length,
      clause: { field: 'level' as const, value: String(level) },
    })),
  }),
  pick: ({ layerId, properties }, _data, { text, divisions }) => {
    if (!layerId.startsWith(key)) return null;
    const { row, count, level, position, splitZoom, division } = properties as EventMark;
    if (row)
      return {
        selection: `event:${row.id}`,
        lines: [row.title, `${text.term('event-level', String(row.level))} · ${text.term('event-stage', row.stage)}`],
      };
    const lines = [`${text.term('event-level', String(level))} · ${text.t('map.clusterOf', { count })}`];
    if (division) return { selection: `division:${division}`, lines: [divisions.name(division), ...lines] };
    return { selection: null, lines, camera: { center: position, zoom: splitZoom ?? 14 } };
  },
});
