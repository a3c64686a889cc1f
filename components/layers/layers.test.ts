import { describe, expect, it } from 'vitest';
import { packPoints, readPoints } from '@/data/model/points';
import type { FilterField } from '@/data/model/view';
import texts from '@/data/text/map.json';
import { perSquareKilometre } from '../map/block-fill';
import { groupOf, layerGroups } from '../map/layer-group';
import { passesClauses } from '../map/legend-filter';
import { switchLayer } from '../map/picker-list';
import { rowPasses } from '../map/points';
import { layers } from '.';
import { mainUses } from './dwelling-use';
import { bowOf } from './event-flow';

describe('the layer registry', () => {
  it('holds each key once, with its words in both languages', () => {
    const keys = layers.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    const words = texts as Record<string, { zh: string; en: string }>;
    for (const key of keys)
      expect(words[`layer.${key}`]).toMatchObject({ zh: expect.any(String), en: expect.any(String) });
  });
});

it('every layer stands under a heading that has words', () => {
  const words = texts as Record<string, { zh: string; en: string }>;
  for (const group of layerGroups) expect(words[`group.${group}`]?.zh).toBeTruthy();
  expect(new Set(layers.map(({ key }) => groupOf(key)))).toEqual(new Set(layerGroups));
});

it('ground and buildings carry one colour at a time', () => {
  expect(switchLayer(['division-fill', 'division-line'], 'metric-hexagon')).toEqual([
    'division-line',
    'metric-hexagon',
  ]);
  expect(switchLayer(['building-stack', 'event-points'], 'dwelling-use')).toEqual(['event-points', 'dwelling-use']);
  expect(switchLayer(['division-fill', 'event-points'], 'event-points')).toEqual(['division-fill']);
});

it('a row passes a clause on what it carries only by its value, and every other clause', () => {
  const filters = [{ source: 'x', field: 'industry' as const, values: ['F', 'none'] }];
  expect(passesClauses(filters, { industry: 'F' })).toBe(true);
  expect(passesClauses(filters, { industry: 'G' })).toBe(false);
  expect(passesClauses(filters, { industry: null })).toBe(true);
  expect(passesClauses(filters, { level: '1' })).toBe(true);
});

it('points of a pack are held against the clauses on all that the pack carries', () => {
  const rows = ['F', 'G', 'F'].map((industry, i) => ({ id: `${i}`, lng: 114, lat: 22, codes: { industry, from: i } }));
  const points = readPoints(packPoints(rows, ['industry', 'from'], false).slice().buffer);
  const shownBy = (field: FilterField, values: string[]) =>
    [0, 1, 2].filter(rowPasses(points, [{ source: 'x', field, values }]));
  expect(shownBy('industry', ['F'])).toEqual([0, 2]);
  expect(shownBy('level', ['1'])).toEqual([0, 1, 2]);
});

it('a flow bows to the left of its way, so there and back lie apart', () => {
  const [there, back] = [bowOf([114, 22], [115, 22]), bowOf([115, 22], [114, 22])];
  expect(there.at(0)).toEqual([114, 22]);
  expect(there.at(-1)).toEqual([115, 22]);
  expect(there[12]?.[1]).toBeGreaterThan(22);
  expect(back[12]?.[1]).toBeLessThan(22);
});

it('a density divides by the area of the place and keeps withheld cells withheld', () => {
  const areas = new Map([
    ['A', 250_000],
    ['B', 1e6],
  ]);
  const cellOf = (block: string, value: number | null) => ({
    at: { block },
    value,
    numerator: value,
    denominator: 1,
    n: value,
  });
  const answer = {
    metric: 'person.resident',
    code: null,
    unit: 'person' as const,
    kind: 'count' as const,
    polarity: 'neutral' as const,
    decimals: 0,
    revision: 1,
    dimensions: ['block'],
    asOf: '2026-11-22T00:00:00Z',
    from: null,
    to: '2026-11-22T00:00:00Z',
    snapshot: '',
    freshSeconds: 2,
    target: null,
    cells: [cellOf('A', 500), cellOf('B', null), cellOf('C', 7)],
  };
  expect(perSquareKilometre(answer, (code) => areas.get(code) ?? 0).cells.map(({ value }) => value)).toEqual([
    2000,
    null,
    null,
  ]);
});

it('the main use of a building is that of most of its dwellings, of equals the first word', () => {
  const cellOf = (building: string, houseUse: string, value: number) => ({
    at: { building, houseUse },
    value,
    numerator: value,
    denominator: 1,
    n: value,
  });
  const cells = [cellOf('A', '1', 2), cellOf('A', '2', 5), cellOf('B', '4', 3), cellOf('B', '1', 3)];
  const uses = mainUses({ cells });
  expect(uses.get('A')).toEqual({ use: '2', count: 5, of: 7 });
  expect(uses.get('B')).toEqual({ use: '1', count: 3, of: 6 });
});
