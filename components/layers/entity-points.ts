import { IconLayer, ScatterplotLayer, TextLayer } from '@deck.gl/layers';
import { codeAt, idAt, type Points, pointDay } from '@/data/model/points';
import type { View } from '@/data/model/view';
import { drawAssetAtlas } from '../map/asset-atlas';
import { defineLayer, type LayerContext } from '../map/layer';
import { passesClauses } from '../map/legend-filter';
import { memoLast } from '../map/memo';
import { rgbaOf } from '../map/palette';
import { indexPoints, type PointMark } from '../map/point-cluster';
import { selectedRing } from '../map/point-ring';
import { pointAttributes, pointsQuery } from '../map/points';

const key = 'entity-points';
/** More points than this are drawn as dots, straight from their arrays. */
const budget = 20_000;

const atlasOf = memoLast((palette: LayerContext['palette']) => drawAssetAtlas(palette, ['entity', 'disc']));

const word = (points: Points, column: string, row: number): string => String(codeAt(points, column, row) ?? '');

/** Local day of the clock, as columns count days. */
const dayOf = ({ view, now, text }: LayerContext): number => {
  const at = view.at ? Date.parse(view.at) : now;
  const timeZone = text.installation?.timeZone ?? 'UTC';
  return pointDay(new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(at));
};

/** Rows that stood at the clock, and of these the ones that all clauses let through. */
const rowsAt = memoLast((points: Points, filters: View['filters'], day: number) => {
  const stood: number[] = [];
  const shown: number[] = [];
  for (let row = 0; row < points.n; row++) {
    if (Number(codeAt(points, 'from', row)) > day || Number(codeAt(points, 'until', row)) <= day) continue;
    stood.push(row);
    const fields = { entityType: word(points, 'entityType', row), industry: word(points, 'industry', row) };
    if (passesClauses(filters, fields)) shown.push(row);
  }
  return { stood, shown };
});

const indexOf = memoLast(indexPoints);
const dotsOf = memoLast((points: Points, rows: number[]) => {
  const chosen = new Set(rows);
  return pointAttributes(points, (row) => chosen.has(row));
});

const onTop = { depthCompare: 'always', depthWriteEnabled: false } as const;

/** Height of a mark in captions: a cluster grows slowly with what stands behind it. */
const sizeOf = ({ count }: PointMark, captionPx: number): number =>
  captionPx * (count === 1 ? 1.35 : 1.55 + 0.42 * Math.log10(count));

const clusterLayers = (marks: PointMark[], { palette, captionPx, theme }: LayerContext) => {
  const { image, mapping } = atlasOf(palette);
  return [
    new IconLayer<PointMark>({
      id: key,
      data: marks,
      pickable: true,
      iconAtlas: image as unknown as string,
      iconMapping: mapping,
      getIcon: ({ count }) => (count > 1 ? 'disc' : 'entity'),
      getPosition: ({ position }) => position,
      getSize: (mark) => sizeOf(mark, captionPx),
      sizeUnits: 'pixels',
      parameters: onTop,
      updateTriggers: { getSize: captionPx, getIcon: theme },
    }),
    new TextLayer<PointMark>({
      id: `${key}-count`,
      data: marks.filter(({ count }) => count > 1),
      characterSet: '0123456789',
      fontFamily: 'Inter Variable',
      fontWeight: 500,
      fontSettings: { fontSize: 96, buffer: 8 },
      getText: ({ count }) => String(count),
      getPosition: ({ position }) => position,
      getColor: rgbaOf(palette('text-1')),
      getSize: captionPx * 0.8,
      parameters: onTop,
      updateTriggers: { getSize: captionPx, getColor: theme },
    }),
  ];
};

const dotLayer = (points: Points, rows: number[], { palette, captionPx, theme }: LayerContext) => {
  const { data, coordinateSystem, coordinateOrigin } = dotsOf(points, rows);
  return new ScatterplotLayer({
    id: `${key}-dot`,
    data,
    coordinateSystem,
    coordinateOrigin,
    pickable: true,
    radiusUnits: 'pixels',
    getRadius: captionPx * 0.13,
    getFillColor: rgbaOf(palette('text-2'), 0.75),
    parameters: onTop,
    updateTriggers: { getRadius: captionPx, getFillColor: theme },
  });
};

/** Legal entities and traders (法人和个体) by trade: one neutral glyph each, together from afar; dots where they are too many. */
export const entityPoints = defineLayer({
  key,
  geometry: 'point',
  minZoom: 0,
  maxZoom: 24,
  budget,
  isLive: false,
  selects: ['entity'],
  follows: ['zoom', 'frame'],
  ask: ({ size }) => ({ points: pointsQuery('entity', size) }),
  draw: ({ points }, context) => {
    const { shown } = rowsAt(points, context.view.filters, dayOf(context));
    const ring = selectedRing({ layer: key, kind: 'entity', points }, context);
    if (shown.length > budget) return { deck: [dotLayer(points, shown, context), ring] };
    const marks = indexOf(points, shown, context.captionPx * 4)(context.frame, context.zoom);
    return { deck: [...clusterLayers(marks, context), ring] };
  },
  legend: ({ points }, context) => {
    const { text } = context;
    const { stood } = rowsAt(points, context.view.filters, dayOf(context));
    const counts = new Map<string, number>();
    for (const row of stood)
      counts.set(word(points, 'entityType', row), (counts.get(word(points, 'entityType', row)) ?? 0) + 1);
    return {
      title: text.t(`map.layer.${key}`),
      unit: text.t('common.unit.entity'),
      asOf: null,
      rows: [...counts]
        .sort(([, a], [, b]) => b - a)
        .map(([type, count]) => ({
          token: null,
          label: text.term('entity-type', type),
          isNoData: false,
          count,
          clause: { field: 'entityType' as const, value: type },
        })),
    };
  },
  pick: ({ layerId, properties }, { points }, context) => {
    if (!layerId.startsWith(key)) return null;
    const { count, row, position, splitZoom } = properties as PointMark;
    if (count > 1) {
      const lines = [context.text.t('map.entitiesHere', { count })];
      return { selection: null, lines, camera: { center: position, zoom: splitZoom ?? 17 } };
    }
    const { shown } = rowsAt(points, context.view.filters, dayOf(context));
    const at = layerId.endsWith('-dot') ? shown[Number(properties.index)] : row;
    if (at === undefined) return null;
    const id = idAt(points, at);
    return {
      selection: id === null ? null : `entity:${id}`,
      lines: [
        context.text.term('industry', word(points, 'industry', at)),
        context.text.term('entity-type', word(points, 'entityType', at)),
      ],
    };
  },
});
