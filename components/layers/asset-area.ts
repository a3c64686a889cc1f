import type { View } from '@/data/model/view';
import { type AssetAreas, assetAreaQuery } from '../map/geo-query';
import { defineLayer, type LayerContext, type PlacedLayer } from '../map/layer';
import { passesClauses } from '../map/legend-filter';
import { memoLast } from '../map/memo';
import { withOpacity } from '../map/palette';

const key = 'asset-area';

/** Areas that all clauses on what they carry let through. */
const shownAreas = memoLast(
  (areas: AssetAreas, filters: View['filters']): AssetAreas => ({
    type: 'FeatureCollection',
    features: areas.features.filter(({ properties: { group, type } }) =>
      passesClauses(filters, { assetGroup: group, assetType: type }),
    ),
  }),
);

const styleOf = ({ view, highlight, palette, theme, captionPx }: LayerContext): PlacedLayer[] => {
  const px = Math.max(1, captionPx / 26);
  const ground = palette(theme === 'dark' ? 'bg-0' : 'surface-1');
  const marked = [view.selection, highlight].flatMap((name) =>
    name?.startsWith('asset:') ? [name.slice('asset:'.length)] : [],
  );
  const line = (id: string, paint: Record<string, unknown>, filter?: unknown): PlacedLayer =>
    ({
      ...{ id: `${key}-${id}`, slot: 'line', type: 'line', source: key, paint, layout: { 'line-join': 'round' } },
      ...(filter ? { filter } : {}),
    }) as unknown as PlacedLayer;
  return [
    {
      ...{ id: key, slot: 'area', type: 'fill', source: key },
      paint: { 'fill-color': palette('text-1'), 'fill-opacity': 0.06, 'fill-antialias': false },
    } as PlacedLayer,
    line('casing', { 'line-color': withOpacity(ground, 0.7), 'line-width': 4 * px }),
    line('edge', { 'line-color': palette('text-3'), 'line-width': 1.6 * px, 'line-dasharray': [3, 2] }),
    line('marked', { 'line-color': palette('select'), 'line-width': 3.5 * px }, [
      'in',
      ['get', 'id'],
      ['literal', marked],
    ]),
  ];
};

/** Outlines of key areas (重点区域范围) by type, where they have one: neutral, dashed. */
export const assetArea = defineLayer({
  key,
  geometry: 'area',
  minZoom: 0,
  maxZoom: 24,
  budget: 3_000,
  isLive: false,
  filters: 'rows',
  selects: ['asset'],
  follows: ['highlight'],
  ask: ({ size }) => ({ areas: assetAreaQuery(size) }),
  draw: ({ areas }, context) => ({
    sources: { [key]: { type: 'geojson', data: shownAreas(areas, context.view.filters), tolerance: 0.2 } },
    style: styleOf(context),
  }),
  legend: ({ areas }, { text }) => {
    const counts = new Map<string, number>();
    for (const { properties } of areas.features) counts.set(properties.type, (counts.get(properties.type) ?? 0) + 1);
    return {
      title: text.t(`map.layer.${key}`),
      unit: text.t('common.unit.asset'),
      asOf: null,
      rows: [...counts].sort().map(([type, count]) => ({
        token: null,
        label: text.term('resource-type', type),
        isNoData: false,
        count,
        clause: { field: 'assetType' as const, value: type },
      })),
    };
  },
  pick: ({ layerId, properties }, { areas }, { text }) => {
    const found = layerId.startsWith(key) && areas.features.find((area) => area.properties.id === properties.id);
    if (!found) return null;
    const { id, type, name, nameEn } = found.properties;
    return { selection: `asset:${id}`, lines: [text.lang === 'zh' ? name : nameEn, text.term('resource-type', type)] };
  },
});
