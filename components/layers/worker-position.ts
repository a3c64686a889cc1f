import { ScatterplotLayer, TextLayer } from '@deck.gl/layers';
import { formatClock } from '../base/format';
import type { Outputs } from '../feed/trpc';
import { defineLayer, type LayerContext } from '../map/layer';
import { rgbaOf } from '../map/palette';
import { selectedWorker } from '../map/track';

const key = 'worker-position';
type Position = Outputs['workforce']['positions'][number];

/** Milliseconds between two looks: positions come about every ten minutes and travel on no feed. */
const againMs = 60_000;
/** From this zoom each worker carries the masked name. */
const labelZoom = 14;

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

/** Every character of the labels, so that the font atlas holds them. */
const labels = (rows: Position[], { palette, captionPx, theme, zoom }: LayerContext) =>
  new TextLayer<Position>({
    id: `${key}-name`,
    data: rows,
    visible: zoom >= labelZoom,
    characterSet: 'auto',
    fontFamily: 'Inter Variable, Noto Sans SC Variable',
    fontWeight: 500,
    fontSettings: { fontSize: 64, buffer: 8, sdf: true },
    outlineWidth: 3,
    outlineColor: rgbaOf(palette('bg-0')),
    getText: ({ name }) => name,
    getPosition: ({ position }) => position,
    getColor: rgbaOf(palette('text-1')),
    getSize: captionPx,
    getPixelOffset: [0, -captionPx],
    parameters: onTop,
    updateTriggers: { getSize: captionPx, getColor: theme, getPixelOffset: captionPx },
  });

/** Where workers on duty were seen last (在岗人员位置), masked; for the posts that lead them, on a desk alone. */
export const workerPosition = defineLayer({
  key,
  geometry: 'point',
  minZoom: 0,
  maxZoom: 24,
  budget: 2_000,
  isLive: true,
  follows: ['zoom'],
  ask: ({ view, api, size }) => ({
    workers: {
      ...api.workforce.positions.queryOptions({ at: view.at }, { refetchInterval: againMs }),
      enabled: size !== 'wall',
    },
  }),
  draw: ({ workers }, context) => {
    const rows = workers ?? [];
    return { deck: [dots(rows, context), labels(rows, context)] };
  },
  legend: ({ workers }, { text }) => ({
    title: text.t(`map.layer.${key}`),
    unit: text.t('map.workersSeen', { n: workers?.length ?? 0 }),
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
