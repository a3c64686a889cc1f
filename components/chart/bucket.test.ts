import { describe, expect, it } from 'vitest';
import { labelOfBucket } from '@/data/model/bucket';
import { bucketAt, bucketOf, endOf, endOfPeriod, instantOf, localStamp, periodOver, startOf } from './bucket';

const shanghai = 'Asia/Shanghai';
const pacific = 'America/Los_Angeles';

describe('bucket', () => {
  it('names the bucket of an instant in local time', () => {
    const at = new Date('2026-11-21T18:30:00Z');
    expect(localStamp(at, shanghai)).toBe('2026-11-22T02:30');
    expect(bucketAt(at, 'hour', shanghai)).toBe('2026-11-22T02:00');
    expect(bucketAt(at, 'day', shanghai)).toBe('2026-11-22');
    expect(bucketAt(at, 'week', shanghai)).toBe('2026-11-16');
    expect(bucketAt(at, 'month', shanghai)).toBe('2026-11');
  });

  it('starts and ends a bucket at local midnight, over clock changes too', () => {
    expect(startOf('2026-11-22', 'day', shanghai).toISOString()).toBe('2026-11-21T16:00:00.000Z');
    expect(endOf('2026-11-16', 'week', shanghai).toISOString()).toBe('2026-11-22T16:00:00.000Z');
    expect(endOf('2026-11', 'month', shanghai).toISOString()).toBe('2026-11-30T16:00:00.000Z');
    expect(endOf('2026-11-22T23:00', 'hour', shanghai).toISOString()).toBe('2026-11-22T16:00:00.000Z');
    expect(startOf('2026-03-08', 'day', pacific).toISOString()).toBe('2026-03-08T08:00:00.000Z');
    expect(endOf('2026-03-08', 'day', pacific).toISOString()).toBe('2026-03-09T07:00:00.000Z');
    expect(endOf('2026-11-01', 'day', pacific).toISOString()).toBe('2026-11-02T08:00:00.000Z');
  });

  it('turns local time into the instant it came from', () => {
    for (const zone of [shanghai, pacific, 'UTC'])
      for (let hour = 0; hour < 24 * 366; hour += 7) {
        const at = new Date(Date.UTC(2026, 0, 1, hour));
        const back = instantOf(localStamp(at, zone), zone);
        expect(localStamp(back, zone)).toBe(localStamp(at, zone));
      }
  });

  it('labels in both languages', () => {
    expect(labelOfBucket('2026-11-22', 'day', 'zh')).toBe('11/22');
    expect(labelOfBucket('2026-11-22', 'day', 'en')).toBe('22 Nov');
    expect(labelOfBucket('2026-11-22T09:00', 'hour', 'en')).toBe('09:00');
    expect(labelOfBucket('2026-11', 'month', 'zh')).toBe('2026-11');
  });

  it('makes a fixed period of the local dates a brushed stretch touches', () => {
    const over = (from: string, to: string) => periodOver(new Date(from), new Date(to), shanghai);
    expect(over('2026-10-31T16:00:00Z', '2026-11-21T16:00:00Z')).toBe('2026-11-01/2026-11-22');
    expect(over('2026-11-21T20:00:00Z', '2026-11-21T23:00:00Z')).toBe('2026-11-22/2026-11-23');
    expect(endOfPeriod('2026-11-01/2026-11-22', shanghai)?.toISOString()).toBe('2026-11-21T16:00:00.000Z');
    expect(endOfPeriod('P30D', shanghai)).toBeNull();
  });

  it('draws a fixed period in buckets that suit its length', () => {
    const lengths = [
      '2026-11-20/2026-11-22',
      '2026-10-01/2026-11-01',
      '2025-01-01/2026-01-01',
      '2020-01-01/2026-01-01',
    ];
    expect(lengths.map((period) => bucketOf(period as `${string}/${string}`))).toEqual([
      'hour',
      'day',
      'week',
      'month',
    ]);
  });
});
