import { IconLayer, ScatterplotLayer, TextLayer } from '@deck.gl/layers';
import { codeAt, idAt, type Points, pointDay } from '@/data/model/points';
import type { View } from '@/data/model/view';
import { abnormalInk, abnormalToken, drawAssetAtlas } from '../map/asset-atlas';
import { dimmedOpacity, type LegendRow } from '../map/encode';
import { defineLayer, type LayerContext } from '../map/layer';
import { choiceOf, classesOff } from '../map/legend-filter';
import { memoLast } from '../map/memo';
import { rgbaOf } from '../map/palette';
import { indexPoints, type PointMark } from '../map/point-cluster';
import { selectedRing } from '../map/point-ring';
import { pointAttributes, pointsQuery, rowPasses, wordAt } from '../map/points';

const key = 'entity-points';
/** More points than this are drawn as dots, straight from their arrays. */
const budget = 20_000;

/** Class 0 is normal, class 1 abnormal (异常). */
const classed = { layer: key, metric: 'entity.count', by: 'state', breaks: [1], unit: '' };
const [normal, abnormal] = [0, 1];

const atlasOf = memoLast((palette: LayerContext['palette']) =>
  drawAssetAtlas(palette, ['entity', 'disc', 'entity-abnormal', 'disc-abnormal']),
);

/** Local day of the clock, as columns count days. */
const dayOf = ({ view, now, text }: LayerContext): number => {
  const at = view.at ? Date.parse(view.at) : now;
  const timeZone = text.installation?.timeZone ?? 'UTC';
  return pointDay(new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(at));
};

/** Rows that stood at the clock, and of these the ones that all clauses let through. */
const rowsAt = memoLast((points: Points, filters: View['filters'], day: number) => {
  const stood: number[] = [];
  for (let row = 0; row < points.n; row++) {
    if (Number(codeAt(points, 'from', row)) > day || Number(codeAt(points, 'until', row)) <= day) continue;
    stood.push(row);
  }
  return { stood, shown: stood.filter(rowPasses(points, filters)) };
});

type State = { ids: string[] | null };

/** Rows of abnormal entities; none where it is not told. */
const abnormalRows = memoLast((points: Points, state: State | undefined): ReadonlySet<number> => {
  const wanted = new Set(state?.ids);
  const rows = wanted.size > 0 ? Array.from({ length: points.n }, (_, row) => row) : [];
  return new Set(rows.filter((row) => wanted.has(idAt(points, row) ?? '')));
});

/** Rows by their class. */
const split = memoLast((rows: number[], marked: ReadonlySet<number>) => ({
  plain: rows.filter((row) => !marked.has(row)),
  marked: rows.filter((row) => marked.has(row)),
}));

const plainIndex = memoLast(indexPoints);
const markedIndex = memoLast(indexPoints);
const dotsOf = memoLast((points: Points, rows: number[]) => {
  const chosen = new Set(rows);
  return pointAttributes(points, (row) => chosen.has(row));
});

const onTop = { depthCompare: 'always', depthWriteEnabled: false } as const;

/** Opacity left to a class. */
const opacityOf = ({ view }: LayerContext, state: number): number =>
  classesOff(choiceOf(view.classes, classed), 2).has(state) ? dimmedOpacity : 1;

/** Height of a mark in captions: a cluster grows slowly with what stands behind it. */
const sizeOf = ({ count }: PointMark, captionPx: number): number =>
  captionPx * (count === 1 ? 1.35 : 1.55 + 0.42 * Math.log10(count));

const clusterLayers = (state: number, marks: PointMark[], context: LayerContext) => {
  const { palette, captionPx, theme } = context;
  const { image, mapping } = atlasOf(palette);
  const [id, ending, ink] = state === abnormal ? [`${key}-abnormal`, '-abnormal', abnormalInk] : [key, '', 'text-1'];
  const opacity = opacityOf(context, state);
  return [
    new IconLayer<PointMark>({
      id,
      data: marks,
      opacity,
      pickable: true,
      iconAtlas: image as unknown as string,
      iconMapping: mapping,
      getIcon: ({ count }) => `${count > 1 ? 'disc' : 'entity'}${ending}`,
      getPosition: ({ position }) => position,
      getSize: (mark) => sizeOf(mark, captionPx),
      sizeUnits: 'pixels',
      parameters: onTop,
      updateTriggers: { getSize: captionPx, getIcon: theme },
    }),
    new TextLayer<PointMark>({
      id: `${id}-count`,
      data: marks.filter(({ count }) => count > 1),
      opacity,
      characterSet: '0123456789',
      fontFamily: 'Inter Variable',
      fontWeight: 500,
      fontSettings: { fontSize: 96, buffer: 8 },
      getText: ({ count }) => String(count),
      getPosition: ({ position }) => position,
      getColor: rgbaOf(palette(ink)),
      getSize: captionPx * 0.8,
      parameters: onTop,
      updateTriggers: { getSize: captionPx, getColor: theme },
    }),
  ];
};

const dotLayer = (points: Points, rows: number[], context: LayerContext) => {
  const { palette, captionPx, theme } = context;
  const { data, coordinateSystem, coordinateOrigin } = dotsOf(points, rows);
  return new ScatterplotLayer({
    id: `${key}-dot`,
    data,
    coordinateSystem,
    coordinateOrigin,
    opacity: opacityOf(context, normal),
    pickable: true,
    radiusUnits: 'pixels',
    getRadius: captionPx * 0.13,
    getFillColor: rgbaOf(palette('text-2'), 0.75),
    parameters: onTop,
    updateTriggers: { getRadius: captionPx, getFillColor: theme },
  });
};

/** Switches of the two classes, with how many there are; none where the abnormal are not told. */
const stateRows = (stood: number[], marked: ReadonlySet<number>, { text }: LayerContext): LegendRow[] => {
  const count = stood.filter((row) => marked.has(row)).length;
  const row = (index: number, words: string, token: string | null, n: number): LegendRow => ({
    ...{ token, label: words, isNoData: false, count: n, class: { index, words } },
  });
  return [
    row(abnormal, text.t('map.entityAbnormal'), abnormalToken, count),
    row(normal, text.t('map.entityNormal'), 'line-2', stood.length - count),
  ];
};

/** Legal entities and traders (法人和个体) by trade: one neutral glyph each, in colour the abnormal alone; together from afar, dots where they are too many. */
export const entityPoints = defineLayer({
  key,
  geometry: 'point',
  minZoom: 0,
  maxZoom: 24,
  budget,
  isLive: true,
  filters: 'rows',
  selects: ['entity'],
  follows: ['zoom', 'frame'],
  ask: ({ view, api, size }) => ({
    points: pointsQuery('entity', size),
    state: {
      ...api.entity.abnormal.queryOptions({ at: view.at, known: view.at === null ? 'now' : view.known }),
      enabled: size !== 'wall',
    },
  }),
  draw: ({ points, state }, context) => {
    const { shown } = rowsAt(points, context.view.filters, dayOf(context));
    const { plain, marked } = split(shown, abnormalRows(points, state));
    const { frame, zoom, captionPx } = context;
    const radius = captionPx * 4;
    return {
      deck: [
        ...(plain.length > budget
          ? [dotLayer(points, plain, context)]
          : clusterLayers(normal, plainIndex(points, plain, radius)(frame, zoom), context)),
        ...clusterLayers(abnormal, markedIndex(points, marked, radius)(frame, zoom), context),
        selectedRing({ layer: key, kind: 'entity', points }, context),
      ],
    };
  },
  legend: ({ points, state }, context) => {
    const { text } = context;
    const { stood } = rowsAt(points, context.view.filters, dayOf(context));
    const counts = new Map<string, number>();
    for (const row of stood)
      counts.set(wordAt(points, 'entityType', row), (counts.get(wordAt(points, 'entityType', row)) ?? 0) + 1);
    const types = [...counts]
      .sort(([, a], [, b]) => b - a)
      .map(([type, count]) => ({
        token: null,
        label: text.term('entity-type', type),
        isNoData: false,
        count,
        clause: { field: 'entityType' as const, value: type },
      }));
    const isTold = (state?.ids ?? null) !== null;
    return {
      title: text.t(`map.layer.${key}`),
      unit: text.t('common.unit.entity'),
      asOf: null,
      rows: [...(isTold ? stateRows(stood, abnormalRows(points, state), context) : []), ...types],
      classed,
    };
  },
  pick: ({ layerId, properties }, { points, state }, context) => {
    if (!layerId.startsWith(key)) return null;
    const { count, row, position, splitZoom } = properties as PointMark;
    if (count > 1) {
      const lines = [context.text.t('map.entitiesHere', { count })];
      return { selection: null, lines, camera: { center: position, zoom: splitZoom ?? 17 } };
    }
    const { shown } = rowsAt(points, context.view.filters, dayOf(context));
    const marked = abnormalRows(points, state);
    const at = layerId.endsWith('-dot') ? split(shown, marked).plain[Number(properties.index)] : row;
    if (at === undefined) return null;
    const id = idAt(points, at);
    return {
      selection: id === null ? null : `entity:${id}`,
      lines: [
        context.text.term('industry', wordAt(points, 'industry', at)),
        context.text.term('entity-type', wordAt(points, 'entityType', at)),
        ...(marked.has(at) ? [context.text.t('map.entityAbnormal')] : []),
      ],
    };
  },
});
