import { expect, it } from 'vitest';
import { fillPeriodOf } from './metric-encoding';

const own = { period: 'today', metric: 'event.on_time_close_rate', fillPeriod: 'P30D' } as const;

it('areas are filled over the period of a scene for its own metric, and over that of the View where it says anything', () => {
  const { period, metric } = own;
  expect(fillPeriodOf({ period, metric }, own)).toBe('P30D');
  expect(fillPeriodOf({ period: 'P7D', metric }, own)).toBe('P7D');
  expect(fillPeriodOf({ period, metric: 'event.open' }, own)).toBe('today');
  expect(fillPeriodOf({ period, metric: null }, { period })).toBe('today');
});
