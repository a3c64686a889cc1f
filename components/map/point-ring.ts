import { ScatterplotLayer } from '@deck.gl/layers';
import type { LngLat } from '@/data/model/geo';
import { type Points, positionOf, rowOf } from '@/data/model/points';
import type { LayerContext } from './layer';
import { rgbaOf } from './palette';

type Ringed = { layer: string; kind: 'asset' | 'entity'; points: Points };

/** Ring around the point of a pack that is selected as `kind:id`; empty while none of them is. */
export const selectedRing = ({ layer, kind, points }: Ringed, context: LayerContext) => {
  const { view, palette, captionPx, theme } = context;
  const row = view.selection?.startsWith(`${kind}:`) ? rowOf(points, view.selection.slice(kind.length + 1)) : -1;
  return new ScatterplotLayer<{ position: LngLat }>({
    id: `${layer}-ring`,
    data: row < 0 ? [] : [{ position: positionOf(points, row) }],
    stroked: true,
    filled: false,
    radiusUnits: 'pixels',
    lineWidthUnits: 'pixels',
    getPosition: ({ position }) => position,
    getRadius: captionPx * 0.95,
    getLineWidth: Math.max(2, captionPx * 0.1),
    getLineColor: rgbaOf(palette('select')),
    parameters: { depthCompare: 'always', depthWriteEnabled: false },
    updateTriggers: { getRadius: captionPx, getLineColor: theme },
  });
};
