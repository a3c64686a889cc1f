import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OfflineItem, OnlineItem } from '@/data/model/assessment';
import { codeBefore, codesUpTo, datesOfCode, faultOf, planFor } from '@/data/model/assessment';
import { type ItemFigures, moveOf, pointsOf, scoreAll } from './rules';

const onTime: OnlineItem = {
  ...{ kind: 'online', key: 'on_time', metric: 'event.on_time_close_rate', weight: 60 },
  ...{ target: 0.95, floor: 0.75, direction: 'up', rule: 'linear' },
};
const rework: OnlineItem = {
  ...{ kind: 'online', key: 'rework', metric: 'event.rework_rate', weight: 20 },
  ...{ target: 0, floor: 0.1, direction: 'down', rule: 'linear' },
};
const site: OfflineItem = { kind: 'offline', key: 'site', zh: '督查', en: 'Site', weight: 20 };
const items = [onTime, rework, site];

const of = (x: number, n: number) => ({ value: n === 0 ? null : x / n, numerator: x, denominator: n, n });
const figuresOf = (whole: [number, number], own: Record<string, [number, number]>): ItemFigures => ({
  ...{ model: 'share', scale: 1, whole: of(...whole) },
  bySubject: new Map(Object.entries(own).map(([code, [x, n]]) => [code, of(x, n)])),
});

describe('points of an item', () => {
  test.each([
    [0.95, 60],
    [1, 60],
    [0.85, 30],
    [0.75, 0],
    [0.2, 0],
  ])('%d of a rate that should rise', (value, points) => expect(pointsOf(onTime, value)).toBeCloseTo(points, 9));
  test.each([
    [0, 20],
    [0.05, 10],
    [0.3, 0],
  ])('%d of a rate that should fall', (value, points) => expect(pointsOf(rework, value)).toBeCloseTo(points, 9));
  test('met or not knows nothing in between', () => {
    expect([0.94, 0.95].map((value) => pointsOf({ ...onTime, rule: 'met' }, value))).toEqual([0, 60]);
    expect([0.01, 0].map((value) => pointsOf({ ...rework, rule: 'met' }, value))).toEqual([0, 20]);
  });
});

const figures = new Map([
  ['on_time', figuresOf([850, 1000], { a: [900, 1000], b: [850, 1000], c: [1, 1] })],
  ['rework', figuresOf([50, 1000], { a: [50, 1000], b: [20, 1000], c: [0, 1] })],
]);
const scored = { items, subjects: ['a', 'b', 'c', 'd'], figures, offline: new Map([['site a', 80]]) };

describe('scores of a period', () => {
  const rows = new Map(scoreAll(scored).map((row) => [row.code, row]));
  test('online and by hand apart, worked out by hand', () => {
    expect(rows.get('a')).toMatchObject({ online: 45 + 10, offline: 16, total: 71 });
    expect(rows.get('b')).toMatchObject({ online: 30 + 16, offline: null, total: 46 });
  });
  test('few cases stand at the figures of the whole and take no place', () => {
    for (const code of ['c', 'd'])
      expect(rows.get(code)).toMatchObject({
        online: 30 + 10,
        total: 40,
        place: null,
        items: [{ isSmall: true }, {}, {}],
      });
  });
  test('places come with those that chance leaves open', () => {
    expect([rows.get('a')?.place, rows.get('b')?.place]).toEqual([
      { place: 1, first: 1, last: 1, isOpen: false },
      { place: 2, first: 2, last: 2, isOpen: false },
    ]);
    const few = new Map([['on_time', figuresOf([85, 100], { a: [18, 20], b: [17, 20] })]]);
    const close = scoreAll({ ...scored, subjects: ['a', 'b'], figures: few, offline: new Map() });
    expect(close.map(({ place }) => place)).toEqual([
      { place: 1, first: 1, last: 2, isOpen: true },
      { place: 2, first: 1, last: 2, isOpen: true },
    ]);
  });
  test('what an item changed adds up to the change of the score', () => {
    const part = fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 50, max: 90 }));
    const quarter = fc.record({ onTime: part, rework: part, site: fc.option(fc.integer({ min: 0, max: 100 })) });
    const scoreOf = ({
      onTime: t,
      rework: r,
      site: points,
    }: {
      onTime: [number, number];
      rework: [number, number];
      site: number | null;
    }) =>
      scoreAll({
        ...{ items, subjects: ['a'], offline: new Map(points === null ? [] : [['site a', points]]) },
        figures: new Map([
          ['on_time', figuresOf(t, { a: t })],
          ['rework', figuresOf(r, { a: r })],
        ]),
      })[0];
    fc.assert(
      fc.property(quarter, quarter, (before, now) => {
        const [then, here] = [scoreOf(before), scoreOf(now)];
        const move = here && moveOf(here, then);
        expect(move?.items.reduce((sum, { change }) => sum + change, 0)).toBeCloseTo(move?.change ?? Number.NaN, 4);
        if ((before.site === null) === (now.site === null))
          expect(move?.change).toBeCloseTo((here?.total ?? 0) - (then?.total ?? 0), 4);
      }),
    );
  });
});

describe('plans', () => {
  test('a period is governed by the newest version valid as it begins', () => {
    const plans = [
      { version: 1, validFrom: '2026-01-01', cycle: 'quarter' as const },
      { version: 2, validFrom: '2026-07-01', cycle: 'quarter' as const },
      { version: 3, validFrom: '2026-08-10', cycle: 'quarter' as const },
    ];
    expect(['2025Q4', '2026Q2', '2026Q3', '2026Q4'].map((code) => planFor(plans, code)?.version ?? null)).toEqual([
      ...[null, 1, 2, 3],
    ]);
    expect(codesUpTo(plans, '2026-11-22')).toEqual(['2026Q4', '2026Q3', '2026Q2', '2026Q1']);
    expect(codesUpTo([], '2026-11-22')).toEqual([]);
  });
  test('periods and their dates', () => {
    expect(datesOfCode('2026Q4')).toEqual({ from: '2026-10-01', until: '2027-01-01' });
    expect(datesOfCode('2026Q1')).toEqual({ from: '2026-01-01', until: '2026-04-01' });
    expect(datesOfCode('2026')).toEqual({ from: '2026-01-01', until: '2027-01-01' });
    expect(['2026Q1', '2026Q3', '2026'].map(codeBefore)).toEqual(['2025Q4', '2026Q2', '2025']);
  });
  test('what makes no plan is told', () => {
    expect(faultOf(items)).toBeNull();
    expect(faultOf([onTime, rework])).toBe('weights');
    expect(faultOf([onTime, { ...rework, key: 'on_time' }, site])).toBe('keys');
    expect(
      faultOf([
        { ...onTime, weight: 40 },
        { ...site, weight: 60 },
      ]),
    ).toBe('online');
    expect(faultOf([{ ...onTime, floor: 0.95 }, rework, site])).toBe('targets');
  });
});
