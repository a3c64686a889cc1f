import { describe, expect, it } from 'vitest';
import { classScale } from '@/data/model/class-scale';
import { colourExpression, type Encoding, legendOf, noDataOpacity, tooltipOf } from './encode';

const encoding: Encoding = {
  of: { layer: 'test', metric: 'test.rate', by: 'area' },
  off: new Set(),
  title: 'Rate',
  unit: '%',
  scale: classScale('seq', [10, 20, 40]),
  values: new Map([
    ['a', 5],
    ['b', 10],
    ['c', 39.9],
    ['d', 400],
    ['e', null],
  ]),
  format: (value) => String(value),
  asOf: '16:42',
  noData: 'hatch',
};
const codes = ['a', 'b', 'c', 'd', 'e', 'f'];
const palette = (token: string) => `#${token}`;

describe('an encoding', () => {
  it('gives every feature the colour of its class, and those without data the rest', () => {
    expect(colourExpression(encoding, codes, { palette, rest: '#none' })).toEqual([
      'match',
      ['get', 'code'],
      ...[['a'], '#seq-1', ['b'], '#seq-2', ['c'], '#seq-4', ['d'], '#seq-5'],
      '#none',
    ]);
  });

  it('dims what the legend has switched off, and hides none of it', () => {
    const off = { ...encoding, off: new Set([0, 2, 4]) };
    expect(colourExpression(off, codes, { palette: () => '#102030', rest: '#none' })).toEqual([
      'match',
      ['get', 'code'],
      ...[['a'], 'rgba(16,32,48,0.35)', ['b'], '#102030', ['c'], 'rgba(16,32,48,0.35)', ['d'], '#102030'],
      '#none',
    ]);
    expect(noDataOpacity(off)).toBe(0.35);
    expect(noDataOpacity(encoding)).toBe(1);
  });

  it('is told by its legend: unit, time, lower limits, an open top, no data apart', () => {
    const legend = legendOf(encoding, codes, 'no data');
    expect(legend).toMatchObject({ title: 'Rate', unit: '%', asOf: '16:42' });
    expect(legend.rows.map(({ label, token, isNoData }) => [label, token, isNoData])).toEqual([
      ['0', 'seq-1', false],
      ['10', 'seq-2', false],
      ['20', 'seq-4', false],
      ['≥40', 'seq-5', false],
      ['no data', null, true],
    ]);
  });

  it('says of every class all that it holds, and what it is a class of', () => {
    const { rows, classed } = legendOf(encoding, codes, 'no data');
    expect(rows.map((row) => row.class)).toEqual(
      ['0–10', '10–20', '20–40', '≥40', 'no data'].map((words, index) => ({ index, words })),
    );
    expect(classed).toEqual({ layer: 'test', metric: 'test.rate', by: 'area', breaks: [10, 20, 40], unit: '%' });
    const open = legendOf({ ...encoding, isOpenBelow: true }, codes, 'no data');
    expect(open.rows[0]).toMatchObject({ label: '<10', class: { words: '<10' } });
  });

  it('has no row for no data where every feature has some', () => {
    expect(legendOf(encoding, ['a', 'b'], 'no data').rows.some(({ isNoData }) => isNoData)).toBe(false);
  });

  it('draws what chance explains in the middle class and says so, where any is shown', () => {
    const change = classScale('seq', [-60, -30, -10, 10, 30, 60]);
    const even = { ...encoding, scale: change, even: { codes: new Set(['d', 'e']), words: 'by chance' } };
    const colours = colourExpression(even, codes, { palette, rest: '#none' });
    const middle = `#${change.tokens[3]}`;
    expect(colours.at((colours.indexOf(middle as never) as number) - 1)).toEqual(['a', 'd']);
    expect(legendOf(even, codes, 'no data').note).toBe('by chance');
    expect(legendOf(even, ['a'], 'no data').note).toBeUndefined();
  });

  it('speaks of one feature', () => {
    expect(tooltipOf(encoding, 'c', 'no data')).toBe('Rate 39.9 %');
    expect(tooltipOf(encoding, 'e', 'no data')).toBe('Rate no data');
    expect(tooltipOf(encoding, 'unknown', 'no data')).toBe('Rate no data');
  });
});
