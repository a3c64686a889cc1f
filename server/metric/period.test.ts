import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Period, periods } from '@/data/model/view';
import { bucketsOf } from './complete';
import { clampAt, clockOf, daysIn, type Interval, intervalOf, localDay, moveBack, moveInterval } from './period';
import { bandBucket, moveBucket, shiftOf } from './shift';

const shanghai = 'Asia/Shanghai';
const california = 'America/Los_Angeles';

const at = (text: string) => new Date(text);
const written = ({ from, to }: Interval) => [from?.toISOString() ?? null, to.toISOString()];

test('the clock stands at the instant asked for, never in the future', () => {
  const now = at('2026-03-02T04:00:00Z');
  expect(clampAt(null, now)).toEqual(now);
  expect(clampAt('2030-01-01T00:00:00Z', now)).toEqual(now);
  expect(clampAt('2026-03-02T11:59:59+08:00', now)).toEqual(at('2026-03-02T03:59:59Z'));
});

describe('a period ends at the clock and begins at a local midnight', () => {
  test.each([
    ['today', shanghai, '2026-03-02T12:00:00+08:00', '2026-03-02T00:00:00+08:00'],
    ['today', shanghai, '2026-03-02T00:00:00+08:00', '2026-03-02T00:00:00+08:00'],
    ['P7D', shanghai, '2026-03-02T12:00:00+08:00', '2026-02-24T00:00:00+08:00'],
    ['P30D', shanghai, '2024-03-01T08:00:00+08:00', '2024-02-01T00:00:00+08:00'],
    ['P365D', shanghai, '2026-03-02T12:00:00+08:00', '2025-03-03T00:00:00+08:00'],
    ['today', california, '2026-03-08T12:00:00-07:00', '2026-03-08T00:00:00-08:00'],
    ['P7D', california, '2026-03-10T12:00:00-07:00', '2026-03-04T00:00:00-08:00'],
    ['today', california, '2026-11-01T12:00:00-08:00', '2026-11-01T00:00:00-07:00'],
  ] as const)('%s in %s at %s', (period, zone, clock, from) => {
    expect(written(intervalOf(period, at(clock), zone))).toEqual([at(from).toISOString(), at(clock).toISOString()]);
  });

  test('all has no beginning', () => {
    expect(intervalOf('all', at('2026-03-02T04:00:00Z'), shanghai).from).toBeNull();
  });
});

describe('a moved instant keeps its local time', () => {
  test.each([
    ['one year before 29 February', '2024-02-29T10:00:00+08:00', 12, '2023-02-28T10:00:00+08:00'],
    ['one year before 28 February of a leap year', '2024-02-28T10:00:00+08:00', 12, '2023-02-28T10:00:00+08:00'],
    ['one year after a leap day', '2025-02-28T10:00:00+08:00', 12, '2024-02-28T10:00:00+08:00'],
    ['one month before the 31st', '2026-03-31T10:00:00+08:00', 1, '2026-02-28T10:00:00+08:00'],
    ['over the turn of the year', '2026-01-15T00:00:00+08:00', 1, '2025-12-15T00:00:00+08:00'],
  ])('%s', (_, from, n, to) => {
    expect(moveBack(at(from), { unit: 'month', n }, shanghai)).toEqual(at(to));
  });

  test('an hour the clock skipped becomes the hour after, a doubled one the first', () => {
    const days = (text: string, n: number) => moveBack(at(text), { unit: 'day', n }, california).toISOString();
    expect(days('2026-03-09T02:30:00-07:00', 1)).toBe(at('2026-03-08T03:30:00-07:00').toISOString());
    expect(days('2026-11-02T01:30:00-08:00', 1)).toBe(at('2026-11-01T01:30:00-07:00').toISOString());
  });

  test('the interval before has the same elapsed part', () => {
    const now = intervalOf('P7D', at('2026-03-02T12:00:00+08:00'), shanghai);
    expect(written(moveInterval(now, { unit: 'day', n: 7 }, shanghai))).toEqual(
      ['2026-02-17T00:00:00+08:00', '2026-02-23T12:00:00+08:00'].map((text) => at(text).toISOString()),
    );
  });

  test('any instant, any zone: the interval before ends where a period earlier was at the same local time', () => {
    const instant = fc.date({ min: at('2001-01-01'), max: at('2037-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(
        instant,
        fc.constantFrom(shanghai, 'UTC', 'Asia/Kathmandu'),
        fc.constantFrom(...periods),
        (clock, zone, period) => {
          const now = intervalOf(period, clock, zone);
          const shift = shiftOf('previous', period, [], now, zone);
          if (!shift || !now.from) return period === 'all' && !shift;
          const before = moveInterval(now, shift, zone);
          const lengths = [now, before].map(({ from, to }) => to.getTime() - (from?.getTime() ?? 0));
          return lengths[0] === lengths[1] && before.to <= now.from;
        },
      ),
    );
  });
});

describe('comparisons by buckets', () => {
  const now = intervalOf('P90D', at('2026-03-02T12:00:00+08:00'), shanghai);
  test.each([
    ['previous', ['day'], { unit: 'day', n: 90 }],
    ['previous', ['month'], { unit: 'month', n: 4 }],
    ['previous', ['week', 'level'], { unit: 'day', n: 98 }],
    ['lastYear', ['day'], { unit: 'month', n: 12 }],
    ['lastYear', ['week'], { unit: 'day', n: 364 }],
  ] as const)('%s by %j', (operator, dimensions, shift) => {
    expect(shiftOf(operator, 'P90D', dimensions, now, shanghai)).toEqual(shift);
  });

  test('since ever has nothing before it', () => {
    expect(shiftOf('previous', 'all', [], now, shanghai)).toBeNull();
  });

  test.each([
    ['hour', '2026-03-02T09:00', { unit: 'day', n: 1 }, '2026-03-01T09:00'],
    ['day', '2024-02-29', { unit: 'month', n: 12 }, '2023-02-28'],
    ['day', '2024-03-01', { unit: 'month', n: 12 }, '2023-03-01'],
    ['month', '2026-01', { unit: 'month', n: 4 }, '2025-09'],
    ['week', '2026-03-02', { unit: 'day', n: 364 }, '2025-03-03'],
    ['community', '2026-03-02', { unit: 'day', n: 7 }, '2026-03-02'],
  ] as const)('%s %s meets', (dimension, code, shift, base) => {
    expect(moveBucket(dimension, code, shift)).toBe(base);
  });

  test('a band names the weekday, Sunday as 7', () => {
    expect([bandBucket('2026-03-01'), bandBucket('2026-03-02T09:00')]).toEqual(['7', '1T09:00']);
  });
});

describe('buckets of an interval', () => {
  test('today by hour goes to the running hour', () => {
    const today = intervalOf('today', at('2026-03-02T02:30:00+08:00'), shanghai);
    expect(bucketsOf('hour', today, shanghai)).toEqual(['00', '01', '02'].map((hour) => `2026-03-02T${hour}:00`));
  });
  test('a full hour belongs to the bucket before', () => {
    const today = intervalOf('today', at('2026-03-02T02:00:00+08:00'), shanghai);
    expect(bucketsOf('hour', today, shanghai)).toHaveLength(2);
  });
  test('at midnight today has no bucket yet', () => {
    const today = intervalOf('today', at('2026-03-02T00:00:00+08:00'), shanghai);
    expect(bucketsOf('hour', today, shanghai)).toEqual([]);
  });
  test.each(['P7D', 'P30D', 'P90D', 'P365D'] as const)('%s has as many days', (period) => {
    const clock = at('2026-03-10T12:00:00-07:00');
    const days = bucketsOf('day', intervalOf(period, clock, california), california);
    expect(days).toHaveLength(Number(period.slice(1, -1)));
    expect(days.at(-1)).toBe(localDay(clock, california));
  });
  test('weeks are their Mondays, months their years and months', () => {
    const month = intervalOf('P30D', at('2026-03-02T12:00:00+08:00'), shanghai);
    expect(bucketsOf('week', month, shanghai)).toEqual([
      '2026-01-26',
      '2026-02-02',
      '2026-02-09',
      '2026-02-16',
      '2026-02-23',
      '2026-03-02',
    ]);
    expect(bucketsOf('month', month, shanghai)).toEqual(['2026-02', '2026-03']);
  });
});

describe('a fixed period', () => {
  const october = '2026-10-01/2026-10-31' as const;
  const zone = 'Asia/Shanghai';
  const now = new Date('2026-11-22T02:00:00Z');
  const end = '2026-10-30T16:00:00.000Z';
  const clockAt = (at: string | null, period: Period = october) => clockOf({ at, period }, now, zone).toISOString();

  test('ends the clock where it ends itself, and not later than now', () => {
    expect(clockAt(null)).toBe(end);
    expect(clockAt('2026-11-10T00:00:00Z')).toBe(end);
    expect(clockAt('2026-10-12T04:00:00Z')).toBe('2026-10-12T04:00:00.000Z');
    expect(clockAt(null, '2026-11-20/2026-12-01')).toBe(now.toISOString());
    expect(clockAt(null, 'P30D')).toBe(now.toISOString());
  });

  test('counts from its first local midnight as far as the clock has come', () => {
    const over = (clock: string) => intervalOf(october, new Date(clock), zone);
    expect(over(end)).toEqual({ from: new Date('2026-09-30T16:00:00Z'), to: new Date(end) });
    expect(over('2026-10-12T04:00:00Z').to.toISOString()).toBe('2026-10-12T04:00:00.000Z');
    const before = over('2026-09-01T00:00:00Z');
    expect(before.from).toEqual(before.to);
  });

  test('is two real dates in their order, ten years apart at most', () => {
    for (const period of [october, '2024-02-29/2024-03-01', 'P7D', 'all'])
      expect(Period.safeParse(period).success).toBe(true);
    for (const period of [
      '2026-10-31/2026-10-01',
      '2026-02-30/2026-03-05',
      '2026-10-01/',
      '1900-01-01/2026-01-01',
      'x/y',
    ])
      expect(Period.safeParse(period).success, period).toBe(false);
    expect(daysIn(october)).toBe(30);
  });
});
