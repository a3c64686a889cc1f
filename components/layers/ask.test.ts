import { hashKey, QueryClient } from '@tanstack/react-query';
import { createTRPCClient, httpLink } from '@trpc/client';
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query';
import superjson from 'superjson';
import { describe, expect, it } from 'vitest';
import { metrics } from '@/data/metrics';
import { type DimensionKey, mapDimensions } from '@/data/metrics/dimensions';
import type { DivisionLevel, DivisionNode } from '@/data/model/division';
import { emptyView, type FilterField, filterFields, type View } from '@/data/model/view';
import { indexDivisions } from '../feed/divisions';
import type { Router } from '../feed/trpc';
import type { Layer, LayerQuery } from '../map/layer';
import { layers } from '.';

const client = createTRPCClient<Router>({ links: [httpLink({ url: 'http://localhost', transformer: superjson })] });
const api = createTRPCOptionsProxy<Router>({ client, queryClient: new QueryClient() });

const node = (code: string, parent: string | null, level: DivisionLevel): DivisionNode => ({
  ...{ code, parent, level, name: code, nameEn: code },
  ...{ nationalCode: null, center: null, bbox: null, areaSqm: null },
});
const tree = (['province', 'city', 'district', 'subdistrict', 'community', 'grid'] as const).map((level, i, all) =>
  node(level, all[i - 1] ?? null, level),
);
const divisions = indexDivisions(tree, 'province', 'en');

type Asked = { metric: string; dimensions: string[] };

/** What a layer asks on a desk; looking at a community, where buildings carry colour too. */
const queriesOf = (layer: Layer, patch: Partial<View> = {}, metric = 'event.reported'): LayerQuery[] => {
  if (!divisions) throw new Error('The tree has no root.');
  const view = { ...emptyView, division: 'community', ...patch };
  return Object.values(layer.ask({ view, api, divisions, size: 'desk', metric, period: view.period }));
};
const keysOf = (...asked: Parameters<typeof queriesOf>): string[] =>
  queriesOf(...asked).map(({ queryKey }) => hashKey(queryKey));

/** Figures that a layer asks for, whatever is looked at, of those it would draw. */
const figuresOf = (layer: Layer, metric: string): Asked[] =>
  tree
    .flatMap(({ code }) => queriesOf(layer, { division: code }, metric))
    .flatMap((query) => {
      const [path, options] = query.queryKey as [unknown, { input?: Asked }?];
      const isOn = (query as { enabled?: boolean }).enabled !== false;
      return isOn && String(path) === 'metric,ask' && options?.input ? [options.input] : [];
    });

const layersTelling = (metric: string, dimension: DimensionKey): string[] =>
  layers
    .filter((layer) =>
      figuresOf(layer, metric).some((asked) => asked.metric === metric && asked.dimensions.join() === dimension),
    )
    .map(({ key }) => key);

const clause = (field: FilterField, source = 'test'): View['filters'] => [{ source, field, values: ['1'] }];

describe('every layer and the filters in force', () => {
  it.each(layers.map((layer) => [layer.key, layer] as const))('%s', (key, layer) => {
    const plain = keysOf(layer);
    const isChangedBy = (field: FilterField) => keysOf(layer, { filters: clause(field) }).join() !== plain.join();
    if (layer.filters !== 'question') return expect(filterFields.filter(isChangedBy)).toEqual([]);
    // which line of specialised grids is shown hangs on the department alone
    const fields = key === 'specialised-grid' ? (['department'] as const) : filterFields;
    expect(filterFields.filter(isChangedBy)).toEqual(fields);
  });

  it.each(layers.map((layer) => [layer.key, layer] as const))(
    '%s: classes of a legend are no question',
    (key, layer) => {
      const classes = [{ layer: key, metric: 'event.reported', by: 'grid', breaks: [5, 10], shown: [0] }];
      expect(keysOf(layer, { classes })).toEqual(keysOf(layer));
    },
  );

  it('leaves its own clauses out of what it asks for figures', () => {
    for (const layer of layers.filter(({ filters, key }) => filters === 'question' && key !== 'specialised-grid'))
      expect(keysOf(layer, { filters: clause('level', layer.key) }), layer.key).toEqual(keysOf(layer));
  });
});

describe('every metric is a map', () => {
  it.each(metrics.map((metric) => [metric.key, metric] as const))(
    '%s, by every place it can be told by',
    (key, metric) => {
      // a district is looked at from a city, a sub-district too: the level shown follows the division
      for (const dimension of mapDimensions.filter((place) => metric.dimensions.includes(place)))
        expect(layersTelling(key, dimension), dimension).not.toEqual([]);
    },
  );

  it.each([
    ['person.resident', 'population-density'],
    ['building.count', 'building-density'],
    ['entity.count', 'entity-density'],
    ['event.reported', 'event-density'],
  ])('%s lies on grids, blocks, buildings, points and as a density', (metric, density) => {
    expect(layersTelling(metric, 'grid')).toContain('metric-grid');
    expect(layersTelling(metric, 'block')).toEqual(expect.arrayContaining(['metric-block', 'metric-point', density]));
    expect(layersTelling(metric, 'building')).toContain('building-stack');
  });
});
