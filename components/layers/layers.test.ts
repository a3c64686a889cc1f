import { describe, expect, it } from 'vitest';
import texts from '@/data/text/map.json';
import { perSquareKilometre } from '../map/block-fill';
import { layers } from '.';

describe('the layer registry', () => {
  it('holds each key once, with its words in both languages', () => {
    const keys = layers.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    const words = texts as Record<string, { zh: string; en: string }>;
    for (const key of keys)
      expect(words[`layer.${key}`]).toMatchObject({ zh: expect.any(String), en: expect.any(String) });
  });
});

it('a density divides by the area of the block and keeps withheld cells withheld', () => {
  const blockOf = (code: string, areaSqm: number) => ({
    type: 'Feature' as const,
    properties: { code, name: code, nameEn: code, center: null, bbox: null, areaSqm },
    geometry: { type: 'Polygon' as const, coordinates: [] },
  });
  const blocks = { type: 'FeatureCollection' as const, features: [blockOf('A', 250_000), blockOf('B', 1e6)] };
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
  expect(perSquareKilometre(answer, blocks).cells.map(({ value }) => value)).toEqual([2000, null, null]);
});
