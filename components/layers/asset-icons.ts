import { IconLayer } from '@deck.gl/layers';
import type { View } from '@/data/model/view';
import type { Divisions } from '../feed/divisions';
import { type AssetIconName, drawAssetAtlas } from '../map/asset-atlas';
import { defineLayer, type LayerContext } from '../map/layer';
import { memoLast } from '../map/memo';

const key = 'asset-icons';
const groups: AssetIconName[] = ['force', 'base', 'key_part', 'key_area'];
const minZoom = 13.5;

const atlasOf = memoLast((palette: LayerContext['palette']) => drawAssetAtlas(palette, groups));

const closeNode = (view: View, divisions: Divisions) => {
  const node = divisions.byCode(view.division);
  return node && ['community', 'grid'].includes(node.level) ? node : null;
};

/** Forces, bases, key parts and key areas of the community looked at (平安队伍、阵地、重点部件、重点区域). */
export const assetIcons = defineLayer({
  key,
  geometry: 'point',
  minZoom,
  maxZoom: 24,
  budget: 5_000,
  isLive: false,
  follows: ['zoom'],
  ask: ({ view, api, divisions }) => {
    const node = closeNode(view, divisions);
    return { assets: { ...api.asset.points.queryOptions({ bbox: node?.bbox ?? null }), enabled: node !== null } };
  },
  draw: ({ assets }, context) => {
    const { captionPx, palette, zoom, theme } = context;
    const { image, mapping } = atlasOf(palette);
    const points = assets?.points ?? [];
    return {
      deck: [
        new IconLayer<(typeof points)[number]>({
          id: key,
          data: points,
          visible: zoom >= minZoom,
          pickable: true,
          iconAtlas: image as unknown as string,
          iconMapping: mapping,
          getIcon: ({ group }) => group,
          getPosition: ({ position }) => position,
          getSize: captionPx * 1.4,
          sizeUnits: 'pixels',
          parameters: { depthCompare: 'always', depthWriteEnabled: false },
          updateTriggers: { getSize: captionPx, getIcon: theme },
        }),
      ],
    };
  },
  pick: ({ layerId, properties }, _data, { text }) => {
    if (layerId !== key) return null;
    const { name, nameEn, type } = properties as { name: string; nameEn: string; type: string };
    return { selection: null, lines: [text.lang === 'zh' ? name : nameEn, text.term('resource-type', type)] };
  },
});
