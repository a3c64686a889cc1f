import { describe, expect, it } from 'vitest';
import type { Answer, Cell } from '@/data/model/answer';
import { gapGroups, gapScale, missesTarget, namesFit, shortName, widthEm, wordedColumns } from './gap';

const cell = (community: string, value: number | null): Cell => ({
  at: { community },
  value,
  numerator: value,
  denominator: 1,
  n: 10,
});

const answer = (cells: Cell[], patch: Partial<Answer> = {}): Answer => ({
  metric: 'event.on_time_close_rate',
  code: 'K10',
  unit: 'share',
  kind: 'rate',
  polarity: 'up_good',
  decimals: 1,
  revision: 1,
  dimensions: ['community'],
  asOf: '2026-07-15T16:42:00+08:00',
  from: '2026-06-16T00:00:00+08:00',
  to: '2026-07-15T16:42:00+08:00',
  snapshot: '1',
  freshSeconds: 2,
  target: 0.95,
  cells,
  ...patch,
});

const names = {
  dimension: 'community',
  parentOf: (code: string) => ({ code: code.slice(0, 1), name: code.slice(0, 1) }),
  nameOf: (code: string) => code,
};

describe('gapGroups', () => {
  it('groups by parent, worst first, and marks what misses the target', () => {
    const groups = gapGroups(answer([cell('a1', 0.97), cell('b1', 0.9), cell('a2', 0.93), cell('a3', null)]), names);
    expect(groups.map(({ code, gaps }) => [code, gaps.map((gap) => [gap.code, gap.isMissed])])).toEqual([
      [
        'a',
        [
          ['a2', true],
          ['a1', false],
        ],
      ],
      ['b', [['b1', true]]],
    ]);
  });
  it('is empty without a target, and leaves out events outside every division', () => {
    expect(gapGroups(answer([cell('a1', 0.9)], { target: null }), names)).toEqual([]);
    expect(gapGroups(answer([cell('none', 0.9)]), names)).toEqual([]);
  });
  it('turns round where less is better', () => {
    const down = answer([cell('a1', 3), cell('a2', 9)], { polarity: 'down_good', target: 5 });
    expect(gapGroups(down, names)[0]?.gaps.map(({ code }) => code)).toEqual(['a2', 'a1']);
    expect(missesTarget(down, 9)).toBe(true);
    expect(missesTarget(down, 3)).toBe(false);
  });
});

describe('gapScale', () => {
  it('gives one pixel ratio to both directions', () => {
    const scale = gapScale(gapGroups(answer([cell('a1', 0.98), cell('a2', 0.86)]), names));
    expect(scale.above).toBeCloseTo(0.25);
    expect(0.03 * scale.perUnit + 0.09 * scale.perUnit).toBeCloseTo(1);
  });
  it('stands in the middle when all meet the target exactly', () => {
    expect(gapScale(gapGroups(answer([cell('a1', 0.95)]), names))).toEqual({ above: 0.5, perUnit: 0 });
  });
});

describe('words', () => {
  it('takes a Han character for one em', () => {
    expect(widthEm('\u8475\u6d8c')).toBe(2);
    expect(widthEm('ab')).toBeCloseTo(1.16);
  });
  it('names all or none: a long name may lean over a short neighbour', () => {
    const groups = gapGroups(answer([cell('abc', 0.9), cell('abcdefgh', 0.91), cell('ab', 0.92)]), names);
    expect(namesFit(groups, 4)).toBe(true);
    expect(namesFit(groups, 3)).toBe(false);
  });
  it.each([
    [['aaaa', 'bbbb'], 10, 2],
    [['aaaa', 'bbbb', 'cccc'], 6, 1],
    [['aaaa'], 3, 0],
    [[], 3, 0],
  ] as const)('%j over three columns of %d em: %d have columns of their own', (words, room, n) => {
    const { widths, rest } = wordedColumns(words, 3, room, { gap: 0.7, more: 1.2, least: 0.5 });
    expect(widths).toHaveLength(n);
    expect(widths.reduce((sum, width) => sum + width, 0) + rest * (3 - n)).toBeCloseTo(room);
  });
  it('words on a seam are left out, and those behind it', () => {
    const room = { gap: 0.7, more: 1.2, least: 0.5 };
    const nWorded = (shut: [number, number]) =>
      wordedColumns(['aaaa', 'bbbb', 'cccc'], 3, 20, { ...room, shut: [shut] }).widths.length;
    expect([nWorded([0.5, 1]), nWorded([3.4, 4]), nWorded([15, 16])]).toEqual([0, 1, 3]);
  });
  it('drops the word of a level only where a name is left', () => {
    expect(shortName('Kuichong Community', ['Community'])).toBe('Kuichong');
    expect(shortName('Grid', ['Grid'])).toBe('Grid');
  });
});
