import { IconLayer, TextLayer } from '@deck.gl/layers';
import { assetGroups } from '@/data/model/asset';
import { formatCount, scaleCharacters } from '@/data/model/format';
import { idAt, type Points } from '@/data/model/points';
import type { View } from '@/data/model/view';
import { widthEm } from '../chart/gap';
import { type AssetIconName, drawAssetAtlas } from '../map/asset-atlas';
import { defineLayer, type LayerContext } from '../map/layer';
import { memoLast } from '../map/memo';
import { rgbaOf } from '../map/palette';
import { indexPoints, type PointMark } from '../map/point-cluster';
import { selectedRing } from '../map/point-ring';
import { pointsQuery, rowPasses, wordAt } from '../map/points';

const key = 'asset-icons';

const atlasOf = memoLast((palette: LayerContext['palette']) => drawAssetAtlas(palette, [...assetGroups, 'disc']));

/** Rows that all clauses on what they carry let through. */
const shownRows = memoLast((points: Points, filters: View['filters']): number[] =>
  Array.from({ length: points.n }, (_, row) => row).filter(rowPasses(points, filters)),
);

const indexOf = memoLast(indexPoints);

const onTop = { depthCompare: 'always', depthWriteEnabled: false } as const;

const countWords = ({ count }: PointMark, lang: 'zh' | 'en'): string => {
  const { digits, scale } = formatCount(count, lang);
  return `${digits}${scale}`;
};

/** Height of the words of a count, in captions. */
const countSize = 0.8;

/** Height of a mark in captions: the disc of a cluster holds the words of its count. */
const sizeOf = (mark: PointMark, captionPx: number, lang: 'zh' | 'en'): number =>
  captionPx * (mark.count === 1 ? 1.4 : Math.max(1.55, widthEm(countWords(mark, lang)) * countSize + 0.8));

const iconOf = (points: Points, { row }: PointMark): AssetIconName =>
  assetGroups.find((group) => group === wordAt(points, 'assetGroup', row)) ?? 'disc';

const markLayers = (points: Points, marks: PointMark[], { palette, captionPx, theme, text }: LayerContext) => {
  const { lang } = text;
  const { image, mapping } = atlasOf(palette);
  return [
    new IconLayer<PointMark>({
      id: key,
      data: marks,
      pickable: true,
      iconAtlas: image as unknown as string,
      iconMapping: mapping,
      getIcon: (mark) => (mark.count > 1 ? 'disc' : iconOf(points, mark)),
      getPosition: ({ position }) => position,
      getSize: (mark) => sizeOf(mark, captionPx, lang),
      sizeUnits: 'pixels',
      parameters: onTop,
      updateTriggers: { getSize: [captionPx, lang], getIcon: theme },
    }),
    new TextLayer<PointMark>({
      id: `${key}-count`,
      data: marks.filter(({ count }) => count > 1),
      characterSet: `0123456789.,${scaleCharacters}`,
      fontFamily: '"Inter Variable", "Noto Sans SC Variable"',
      fontWeight: 500,
      fontSettings: { fontSize: 96, buffer: 8 },
      getText: (mark) => countWords(mark, lang),
      getPosition: ({ position }) => position,
      getColor: rgbaOf(palette('text-1')),
      getSize: captionPx * countSize,
      parameters: onTop,
      updateTriggers: { getSize: captionPx, getColor: theme, getText: lang },
    }),
  ];
};

/** Forces, bases, key parts and key areas (平安队伍、阵地、重点部件、重点区域): one glyph a group, counts from afar. */
export const assetIcons = defineLayer({
  key,
  geometry: 'point',
  minZoom: 0,
  maxZoom: 24,
  budget: 60_000,
  isLive: false,
  filters: 'rows',
  selects: ['asset'],
  follows: ['zoom', 'frame'],
  ask: ({ size }) => ({ points: pointsQuery('asset', size) }),
  draw: ({ points }, context) => {
    const rows = shownRows(points, context.view.filters);
    const marks = indexOf(points, rows, context.captionPx * 4)(context.frame, context.zoom);
    return {
      deck: [...markLayers(points, marks, context), selectedRing({ layer: key, kind: 'asset', points }, context)],
    };
  },
  legend: ({ points }, { text, size }) => {
    const title = text.t(`map.layer.${key}`);
    // a wall is sent no force that is one person: what it draws is fewer than there are
    if (size === 'wall') return { title, unit: text.t('map.withoutPersons'), asOf: null, rows: [] };
    const counts = new Map<string, number>();
    for (let row = 0; row < points.n; row++) {
      const group = wordAt(points, 'assetGroup', row);
      counts.set(group, (counts.get(group) ?? 0) + 1);
    }
    return {
      title,
      unit: text.t('common.unit.asset'),
      asOf: null,
      rows: assetGroups.map((group) => ({
        token: null,
        label: text.term('asset-group', group),
        isNoData: false,
        count: counts.get(group) ?? 0,
        clause: { field: 'assetGroup' as const, value: group },
      })),
    };
  },
  pick: ({ layerId, properties }, { points }, { text }) => {
    if (!layerId.startsWith(key)) return null;
    const { count, row, position, splitZoom } = properties as PointMark;
    if (count > 1) {
      const lines = [text.t('map.assetsHere', { count })];
      return { selection: null, lines, camera: { center: position, zoom: splitZoom ?? 17 } };
    }
    const id = idAt(points, row);
    return {
      selection: id === null ? null : `asset:${id}`,
      lines: [
        text.term('resource-type', wordAt(points, 'assetType', row)),
        text.term('asset-group', wordAt(points, 'assetGroup', row)),
      ],
    };
  },
});
