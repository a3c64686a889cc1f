import type { Feature, FeatureCollection, Point } from 'geojson';
import { cornersOf } from '@/data/model/geo';
import type { RecutProposal } from '@/data/model/recut';
import { recutDraft } from '../feed/recut-draft';
import { areaNames } from '../map/area-name';
import { type Areas, outlineQuery } from '../map/geo-query';
import { defineLayer, type LayerContext, type PlacedLayer } from '../map/layer';

const key = 'recut-outline';

/** Outlines that end and outlines that begin: which of both each is, and its name. */
type Side = 'old' | 'new';

const sidesOf = (proposal: RecutProposal | null, grids: Areas): FeatureCollection => {
  const old = grids.features.filter(({ properties }) => proposal?.ends.includes(properties.code));
  const side = (of: Side, feature: Feature): Feature => ({ ...feature, properties: { ...feature.properties, of } });
  return {
    type: 'FeatureCollection',
    features: [
      ...old.map((feature) => side('old', feature)),
      ...(proposal?.grids ?? []).map(({ geometry, ...properties }) =>
        side('new', { type: 'Feature', properties, geometry } as Feature),
      ),
    ],
  };
};

/** Names of the grids that begin, in the middle of the box of each. */
const namesOf = (proposal: RecutProposal | null): FeatureCollection<Point> => ({
  type: 'FeatureCollection',
  features: (proposal?.grids ?? []).map(({ name, nameEn, geometry }) => {
    const corners = cornersOf(geometry);
    const middle = (of: 0 | 1) => {
      const along = corners.map((corner) => corner[of]);
      return (Math.min(...along) + Math.max(...along)) / 2;
    };
    return {
      type: 'Feature',
      properties: { name, nameEn },
      geometry: { type: 'Point', coordinates: [middle(0), middle(1)] },
    };
  }),
});

const line = (id: string, of: Side, paint: Record<string, unknown>): PlacedLayer =>
  ({
    ...{ id: `${key}-${id}`, slot: 'line', type: 'line', source: key },
    filter: ['==', ['get', 'of'], of],
    layout: { 'line-join': 'round' },
    paint,
  }) as unknown as PlacedLayer;

const styleOf = (context: LayerContext): PlacedLayer[] => {
  const { palette, captionPx } = context;
  const px = Math.max(1, captionPx / 26);
  return [
    {
      ...{ id: `${key}-fill`, slot: 'area', type: 'fill', source: key },
      filter: ['==', ['get', 'of'], 'new'],
      paint: { 'fill-color': palette('accent'), 'fill-opacity': 0.14 },
    } as unknown as PlacedLayer,
    // where both run together the new one lies inside the old one
    line('old', 'old', { 'line-color': palette('text-3'), 'line-width': 7 * px }),
    line('new', 'new', { 'line-color': palette('accent'), 'line-width': 2.5 * px }),
    areaNames(`${key}-name`, context),
  ];
};

/** Grids that a proposal ends, and over them those it begins, before anything is cut (区划调整草案). On the desk alone. */
export const recutOutline = defineLayer({
  key,
  geometry: 'area',
  minZoom: 0,
  maxZoom: 24,
  budget: 800,
  isLive: false,
  filters: { none: 'a proposal stands whatever is counted within it' },
  selects: [],
  ask: ({ divisions, size }) => ({ proposal: recutDraft, grids: outlineQuery('grid', size, divisions.era) }),
  draw: ({ proposal, grids }, context) => ({
    sources: {
      [key]: { type: 'geojson', data: sidesOf(proposal, grids), tolerance: 0.2 },
      [`${key}-name`]: { type: 'geojson', data: namesOf(proposal) },
    },
    style: styleOf(context),
  }),
  legend: ({ proposal }, { text }) =>
    proposal && {
      title: text.t('map.recut'),
      unit: '',
      asOf: null,
      rows: [
        { token: 'text-3', label: text.t('map.recutOld'), isNoData: false, shape: { kind: 'line' } },
        { token: 'accent', label: text.t('map.recutNew'), isNoData: false, shape: { kind: 'line' } },
      ],
    },
});
