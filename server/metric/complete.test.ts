import { describe, expect, test } from 'vitest';
import { cutBucketsOf } from './complete';

const zone = 'Asia/Shanghai';
const at = (local: string) => new Date(`${local}+08:00`);
const cut = (key: 'hour' | 'day' | 'week' | 'month', from: string | null, to: string) =>
  cutBucketsOf(key, { from: from === null ? null : at(from), to: at(to) }, zone);

describe('buckets a period cuts off', () => {
  test('the last 30 days begin and end inside a month and a week', () => {
    const period = ['2026-10-24T00:00', '2026-11-22T10:00'] as const;
    expect(cut('month', ...period)).toEqual(['2026-10', '2026-11']);
    expect(cut('week', ...period)).toEqual(['2026-10-19', '2026-11-16']);
    expect(cut('day', ...period)).toEqual(['2026-11-22']);
    expect(cut('hour', ...period)).toEqual([]);
    expect(cut('hour', '2026-11-22T00:00', '2026-11-22T10:20')).toEqual(['2026-11-22T10:00']);
  });

  test('whole months are whole, one that holds the whole period is not', () => {
    expect(cut('month', '2026-09-01T00:00', '2026-11-01T00:00')).toEqual([]);
    expect(cut('month', '2026-09-05T00:00', '2026-09-20T00:00')).toEqual(['2026-09']);
    expect(cut('month', '2026-09-01T00:00', '2026-09-20T00:00')).toEqual(['2026-09']);
  });

  test('since ever cuts its last bucket alone', () => {
    expect(cut('month', null, '2026-11-22T10:00')).toEqual(['2026-11']);
    expect(cut('month', null, '2026-12-01T00:00')).toEqual([]);
  });
});
