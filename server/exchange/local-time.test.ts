import { describe, expect, test } from 'vitest';
import { timeParser } from './local-time';

const pattern = 'yyyy-MM-dd HH:mm:ss';

describe('timeParser', () => {
  test.each([
    ['America/Los_Angeles', '2012-12-04 15:21:00', '2012-12-04T23:21:00.000Z'],
    ['America/Los_Angeles', '2012-07-04 15:21:00', '2012-07-04T22:21:00.000Z'],
    ['Asia/Shanghai', '2026-11-22 00:00:00', '2026-11-21T16:00:00.000Z'],
    // The clock went back at 02:00: of two 01:30 the first.
    ['America/Los_Angeles', '2015-11-01 01:30:00', '2015-11-01T08:30:00.000Z'],
    // The clock went from 02:00 to 03:00: 02:30 was never.
    ['America/Los_Angeles', '2015-03-08 02:30:00', '2015-03-08T10:30:00.000Z'],
  ])('%s %s', (timeZone, text, iso) => {
    expect(timeParser(pattern, timeZone)(text)?.toISOString()).toBe(iso);
  });

  test.each(['2015-02-30 08:00:00', '2015-13-01 08:00:00', '2015-01-01 24:00:00', '2015-01-01', 'NA', ''])(
    '%s is no time',
    (text) => {
      expect(timeParser(pattern, 'UTC')(text)).toBeNull();
    },
  );

  test('reads other orders and times with an offset', () => {
    expect(timeParser('dd/MM/yyyy HH:mm', 'UTC')('04/12/2012 15:21')?.toISOString()).toBe('2012-12-04T15:21:00.000Z');
    expect(timeParser('iso', 'UTC')('2012-12-04T15:21:00+08:00')?.toISOString()).toBe('2012-12-04T07:21:00.000Z');
    expect(timeParser('iso', 'UTC')('2012-12-04T15:21:00')).toBeNull();
  });
});
