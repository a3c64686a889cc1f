import { describe, expect, it } from 'vitest';
import { colourExpression, colourOf, type Encoding, legendOf, tooltipOf, triggerOf } from './encode';
import { classScale } from './scale';

const encoding: Encoding = {
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
    expect(colourExpression(encoding, codes, palette, '#none')).toEqual([
      'match',
      ['get', 'code'],
      ...[['a'], '#seq-1', ['b'], '#seq-2', ['c'], '#seq-3', ['d'], '#seq-4'],
      '#none',
    ]);
  });

  it('gives deck the same colours as the style', () => {
    const hex = () => '#102030';
    expect(colourOf(encoding, 'd', hex, 0.5)).toEqual([16, 32, 48, 128]);
    expect(colourOf(encoding, 'e', hex, 0.5)[3]).toBe(0);
  });

  it('is told by its legend: unit, time, lower limits, an open top, no data apart', () => {
    const legend = legendOf(encoding, codes, 'no data');
    expect(legend).toMatchObject({ title: 'Rate', unit: '%', asOf: '16:42' });
    expect(legend.rows.map(({ label, token, isNoData }) => [label, token, isNoData])).toEqual([
      ['0', 'seq-1', false],
      ['10', 'seq-2', false],
      ['20', 'seq-3', false],
      ['≥40', 'seq-4', false],
      ['no data', null, true],
    ]);
  });

  it('has no row for no data where every feature has some', () => {
    expect(legendOf(encoding, ['a', 'b'], 'no data').rows.some(({ isNoData }) => isNoData)).toBe(false);
  });

  it('speaks of one feature', () => {
    expect(tooltipOf(encoding, 'c', 'no data')).toBe('Rate 39.9 %');
    expect(tooltipOf(encoding, 'e', 'no data')).toBe('Rate no data');
    expect(tooltipOf(encoding, 'unknown', 'no data')).toBe('Rate no data');
  });

  it('tells deck to draw anew when theme, values or classes change, and only then', () => {
    const trigger = triggerOf(encoding, 'dark');
    expect(triggerOf({ ...encoding, title: 'Other' }, 'dark')).toEqual(trigger);
    expect(triggerOf(encoding, 'light')).not.toEqual(trigger);
    expect(triggerOf({ ...encoding, scale: classScale('seq', [10]) }, 'dark')).not.toEqual(trigger);
    expect(triggerOf({ ...encoding, values: new Map() }, 'dark')[1]).not.toBe(trigger[1]);
  });
});
