import { ScatterplotLayer } from '@deck.gl/layers';
import type { View } from '@/data/model/view';
import { formatClock } from '../base/format';
import type { Outputs } from '../feed/trpc';
import { fontStack } from '../map/basemap';
import { type Drawing, defineLayer, type LayerContext } from '../map/layer';
import { passesClauses } from '../map/legend-filter';
import { memoLast } from '../map/memo';
import { rgbaOf, withOpacity } from '../map/palette';
import { selectedWorker } from '../map/track';

const key = 'worker-position';
type Position = Outputs['workforce']['positions'][number];

/** Milliseconds between two looks: positions come about every ten minutes and travel on no feed. */
const againMs = 60_000;
/** From this zoom each worker carries the masked name. */
const labelZoom = 14;

/** Workers of the types that the filters let through. */
const shownWorkers = memoLast((rows: Position[] | undefined, filters: View['filters']): Position[] =>
  (rows ?? []).filter(({ workerType }) => passesClauses(filters, { workerType })),
);

const onTop = { depthCompare: 'always', depthWriteEnabled: false } as const;

const dots = (rows: Position[], { view, palette, captionPx, theme }: LayerContext) => {
  const selected = selectedWorker(view.selection);
  return new ScatterplotLayer<Position>({
    id: key,
    data: rows,
    pickable: true,
    stroked: true,
    radiusUnits: 'pixels',
    lineWidthUnits: 'pixels',
    getPosition: ({ position }) => position,
    getRadius: ({ worker }) => captionPx * (worker === selected ? 0.6 : 0.42),
    getFillColor: rgbaOf(palette('text-1')),
    getLineColor: ({ worker }) => rgbaOf(palette(worker === selected ? 'accent' : 'bg-0')),
    getLineWidth: ({ worker }) => (worker === selected ? 3 : 2),
    parameters: onTop,
    updateTriggers: {
      getRadius: [captionPx, selected],
      getLineColor: [theme, selected],
      getLineWidth: selected,
      getFillColor: theme,
    },
  });
};

/** Masked names in the map's own engine: it loads their characters first, and labels that collide give way. */
const labels = (rows: Position[], { palette, captionPx, theme }: LayerContext): Drawing => ({
  sources: {
    [key]: {
      type: 'geojson',
      data: {
        type: 'FeatureCollection',
        features: rows.map(({ name, position }) => ({
          type: 'Feature',
          properties: { name },
          geometry: { type: 'Point', coordinates: position },
        })),
      },
    },
  },
  style: [
    {
      id: `${key}-name`,
      slot: 'label',
      type: 'symbol',
      source: key,
      minzoom: labelZoom,
      layout: {
        'text-field': ['get', 'name'],
        'text-font': fontStack.regular,
        'text-size': captionPx,
        'text-anchor': 'bottom',
        'text-offset': [0, -0.6],
      },
      paint: {
        'text-color': palette('text-1'),
        'text-halo-color': withOpacity(palette(theme === 'dark' ? 'bg-0' : 'surface-1'), 0.85),
        'text-halo-width': captionPx * 0.16,
      },
    },
  ],
});

/** Where workers on duty were seen last (在岗人员位置), masked; for the posts that lead them, on a desk alone. */
export const workerPosition = defineLayer({
  key,
  geometry: 'point',
  minZoom: 0,
  maxZoom: 24,
  budget: 2_000,
  isLive: true,
  filters: 'rows',
  selects: ['worker'],
  ask: ({ view, api, size }) => ({
    workers: {
      ...api.workforce.positions.queryOptions({ at: view.at }, { refetchInterval: againMs }),
      enabled: size !== 'wall',
    },
  }),
  draw: ({ workers }, context) => {
    const rows = shownWorkers(workers, context.view.filters);
    return { ...labels(rows, context), deck: [dots(rows, context)] };
  },
  legend: ({ workers }, { text, view }) => ({
    title: text.t(`map.layer.${key}`),
    unit: text.t('map.workersSeen', { n: shownWorkers(workers, view.filters).length }),
    asOf: null,
    rows: [],
  }),
  pick: ({ layerId, properties }, _data, { text }) => {
    if (layerId !== key) return null;
    const { worker, name, workerType, at } = properties as Position;
    const time = formatClock(new Date(at), text.installation?.timeZone ?? 'UTC');
    return {
      selection: `worker:${worker}`,
      lines: [`${name} · ${text.term('gridworker-type', workerType)}`, text.t('map.seenAt', { time })],
    };
  },
});
