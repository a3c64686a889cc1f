import { fontStack } from './basemap';
import type { LayerContext, PlacedLayer } from './layer';
import { withOpacity } from './palette';

/** Names of areas at points of a source of the same id, once for each, in the language of the page. */
export const areaNames = (id: string, { palette, theme, captionPx, text }: LayerContext): PlacedLayer =>
  ({
    id,
    slot: 'label',
    type: 'symbol',
    source: id,
    layout: {
      'text-field': ['get', text.lang === 'zh' ? 'name' : 'nameEn'],
      'text-font': fontStack.semibold,
      'text-size': captionPx,
      'text-max-width': 7,
      'text-padding': captionPx * 0.5,
    },
    paint: {
      'text-color': palette('text-1'),
      'text-halo-color': withOpacity(palette(theme === 'dark' ? 'bg-0' : 'surface-1'), 0.8),
      'text-halo-width': captionPx * 0.16,
    },
  }) as unknown as PlacedLayer;
