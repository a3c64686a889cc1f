import { describe, expect, test } from 'vitest';
import type { DimensionKey } from '@/data/metrics/dimensions';
import type { Cell } from '@/data/model/answer';
import type { Operator } from '@/data/model/ask';
import { metricOf } from './answer';
import { derive } from './derive';
import { withhold } from './suppress';

const cell = (at: Cell['at'], numerator: number, denominator = 1): Cell => ({
  ...{ at, numerator, denominator, n: numerator },
  value: denominator === 0 ? null : numerator / denominator,
});

type Given = {
  metric?: string;
  dimensions: DimensionKey[];
  operator: Operator;
  from?: string;
  to?: string;
  withheldTotal?: number | null;
};

const told = (given: Given, cells: readonly Cell[]) => {
  const { operator, from, to, metric = 'event.reported', withheldTotal = 0 } = given;
  const interval = { from: from ? new Date(`${from}+08:00`) : null, to: new Date(`${to ?? '2026-03-02T12:00'}+08:00`) };
  const input = { metric: metricOf(metric), dimensions: given.dimensions, operators: [operator], interval };
  const derived = derive({ ...input, timeZone: 'Asia/Shanghai', withheldTotal }, cells);
  return derived.map((each) => each[operator as 'share']);
};

const days = (...counts: [day: string, n: number][]) => counts.map(([day, n]) => cell({ day }, n));

describe('share of the whole', () => {
  const byCommunity: Given = { dimensions: ['community'], operator: 'share' };
  const cells = [cell({ community: 'A' }, 3), cell({ community: 'B' }, 1), withhold(cell({ community: 'C' }, 4))];

  test('counts the withheld cells in, and tells none of them', () => {
    expect(told({ ...byCommunity, withheldTotal: 4 }, cells)).toEqual([0.375, 0.125, null]);
  });

  test('is not told where the whole must not be, or is zero', () => {
    expect(told({ ...byCommunity, withheldTotal: null }, cells)).toEqual([null, null, null]);
    expect(told(byCommunity, [cell({ community: 'A' }, 0)])).toEqual([null]);
  });

  test('is refused where cells overlap or do not add up', () => {
    for (const metric of ['event.close_rate', 'alert.in_force'])
      expect(() => told({ ...byCommunity, metric }, [])).toThrow(/no shares/);
  });
});

test('rank: the greatest first, equal values alike, none without a value', () => {
  const cells = [5, 9, 5, 1].map((n, i) => cell({ community: `C${i}` }, n));
  const empty = cell({ community: 'E' }, 0, 0);
  const hidden = withhold(cell({ community: 'H' }, 7));
  expect(told({ dimensions: ['community'], operator: 'rank' }, [...cells, empty, hidden])).toEqual([
    ...[2, 1, 2, 4, null, null],
  ]);
});

describe('cumulative', () => {
  const byDay: Given = {
    dimensions: ['day'],
    operator: 'cumulative',
    from: '2024-02-27T00:00',
    to: '2024-03-02T12:00',
  };

  test('runs on over 29 February and days without a row', () => {
    const cells = days(['2024-02-27', 2], ['2024-02-29', 3], ['2024-03-02', 1]);
    expect(told(byDay, cells)).toEqual([2, 5, 6]);
  });

  test('adds up both parts of a ratio; a zero base has no value', () => {
    const cells = [
      cell({ day: '2024-02-27' }, 0, 0),
      cell({ day: '2024-02-28' }, 1, 4),
      cell({ day: '2024-03-01' }, 5, 6),
    ];
    expect(told({ ...byDay, metric: 'event.close_rate' }, cells)).toEqual([null, 0.25, 0.6]);
  });

  test('ends at a withheld bucket, each line by itself', () => {
    const line = (level: string) =>
      days(['2024-02-27', 2], ['2024-02-28', 3]).map((c) => ({ ...c, at: { ...c.at, level } }));
    const [first, second] = line('1');
    const cells = [withhold(first as Cell), second as Cell, ...line('2')];
    expect(told({ ...byDay, dimensions: ['day', 'level'] }, cells)).toEqual([null, null, 2, 5]);
  });

  test('needs one bucket and a beginning, and a metric that runs on', () => {
    for (const wrong of [
      { ...byDay, from: undefined },
      { ...byDay, dimensions: ['community'] as DimensionKey[] },
      { ...byDay, dimensions: ['day', 'hour'] as DimensionKey[] },
      { ...byDay, metric: 'event.per_ten_thousand' },
      { ...byDay, metric: 'duty.rostered_at', dimensions: ['hour'] as DimensionKey[] },
    ])
      expect(() => told(wrong, [])).toThrow(/runs on/);
  });
});

describe('moving average', () => {
  const byDay: Given = { dimensions: ['day'], operator: 'moving', from: '2024-02-24T00:00', to: '2024-03-03T12:00' };

  test('over seven whole days; none before, none for the day that still runs', () => {
    const cells = days(['2024-02-24', 7], ['2024-02-29', 7], ['2024-03-01', 7], ['2024-03-02', 14], ['2024-03-03', 70]);
    expect(told(byDay, cells)).toEqual([null, null, 3, 4, null]);
  });

  test('the last day counts once it is over', () => {
    expect(told({ ...byDay, to: '2024-03-02T00:00' }, days(['2024-03-01', 7]))).toEqual([1]);
  });

  test('a week or month cut by the beginning is no whole one', () => {
    const months = ['2026-01', '2026-02', '2026-03', '2026-04'].map((month) => cell({ month }, 3));
    const byMonth: Given = { dimensions: ['month'], operator: 'moving', to: '2026-05-01T00:00' };
    expect(told({ ...byMonth, from: '2026-01-01T00:00' }, months)).toEqual([null, null, 3, 3]);
    expect(told({ ...byMonth, from: '2026-01-02T00:00' }, months)).toEqual([null, null, null, 3]);
  });
});
