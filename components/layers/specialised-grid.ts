import type { FeatureCollection, Point } from 'geojson';
import { areaNames } from '../map/area-name';
import { type SpecialisedAreas, specialisedQuery } from '../map/geo-query';
import { defineLayer, type LayerAsk, type LayerContext, type PlacedLayer } from '../map/layer';
import { withOpacity } from '../map/palette';

const key = 'specialised-grid';

const codeOf = (selection: string | null): string | null =>
  selection?.startsWith('specialised_grid:') ? selection.slice('specialised_grid:'.length) : null;

/** The line shown: that of the selected specialised grid, else of the one department filtered by, else the first. */
const lineAsk = ({ view }: Pick<LayerAsk, 'view'>): string => {
  const of = codeOf(view.selection);
  if (of) return `?of=${of}`;
  const [department, ...others] = view.filters
    .filter(({ field }) => field === 'department')
    .flatMap(({ values }) => values);
  return department && department !== 'none' && others.length === 0 ? `?department=${department}` : '';
};

const outlines = (context: LayerContext): PlacedLayer[] => {
  const { palette, theme, captionPx, view } = context;
  const px = Math.max(1, captionPx / 26);
  const ground = palette(theme === 'dark' ? 'bg-0' : 'surface-1');
  const line = (id: string, paint: Record<string, unknown>, only: string | null = null): PlacedLayer =>
    ({
      id: `${key}-${id}`,
      slot: 'line',
      type: 'line',
      source: key,
      ...(only === null ? {} : { filter: ['==', ['get', 'code'], only] }),
      layout: { 'line-join': 'round' },
      paint,
    }) as unknown as PlacedLayer;
  const selected = codeOf(view.selection) ?? '';
  return [
    line('casing', { 'line-color': withOpacity(ground, 0.8), 'line-width': 5 * px }),
    line('edge', { 'line-color': palette('text-2'), 'line-width': 2 * px, 'line-dasharray': [4, 1.5] }),
    line('selected-casing', { 'line-color': ground, 'line-width': 7 * px }, selected),
    line('selected', { 'line-color': palette('select'), 'line-width': 3.5 * px }, selected),
  ];
};

const labelPoints = (areas: SpecialisedAreas): FeatureCollection<Point> => ({
  type: 'FeatureCollection',
  features: areas.features.map(({ properties }) => ({
    type: 'Feature',
    properties,
    geometry: { type: 'Point', coordinates: properties.center },
  })),
});

const lineWord = (areas: SpecialisedAreas, { text }: Pick<LayerContext, 'text'>): string =>
  text.term('specialised-grid', areas.features[0]?.properties.line);

/** Specialised grids of one line (专业网格): which of them answers for a place, over the base grids. */
export const specialisedGrid = defineLayer({
  key,
  geometry: 'area',
  minZoom: 0,
  maxZoom: 24,
  budget: 300,
  isLive: false,
  filters: 'question',
  selects: ['specialised_grid'],
  ask: ({ view, size }) => ({ areas: specialisedQuery(lineAsk({ view }), size) }),
  draw: ({ areas }, context) => ({
    sources: {
      [key]: { type: 'geojson', data: areas, tolerance: 0.2 },
      [`${key}-label`]: { type: 'geojson', data: labelPoints(areas) },
    },
    style: [
      {
        id: key,
        slot: 'area',
        type: 'fill',
        source: key,
        paint: { 'fill-color': context.palette('text-1'), 'fill-opacity': 0.03 },
      } as PlacedLayer,
      ...outlines(context),
      areaNames(`${key}-label`, context),
    ],
  }),
  legend: ({ areas }, context) => ({
    title: context.text.t('map.specialisedLine', { line: lineWord(areas, context) }),
    unit: context.text.t('map.specialisedCount', { n: areas.features.length }),
    asOf: null,
    rows: [],
  }),
  pick: ({ layerId, properties }, { areas }, context) => {
    const { code } = properties;
    if (!layerId.startsWith(key)) return null;
    const found = areas.features.find((area) => area.properties.code === code)?.properties;
    if (!found) return null;
    const { text } = context;
    return {
      selection: `specialised_grid:${found.code}`,
      lines: [
        text.lang === 'zh' ? found.name : found.nameEn,
        `${text.term('department', found.department)} · ${text.t('map.specialisedGrids', { n: found.nGrids })}`,
      ],
    };
  },
});
