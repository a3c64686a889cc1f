import { expect, it } from 'vitest';
import type { Answer } from '@/data/model/answer';
import { emptyView } from '@/data/model/view';
import type { LayerContext } from './layer';
import { encodeAnswer, fillPeriodOf } from './metric-encoding';

const own = { period: 'today', metric: 'event.on_time_close_rate', fillPeriod: 'P30D' } as const;

it('areas are filled over the period of a scene for its own metric, and over that of the View where it says anything', () => {
  const { period, metric } = own;
  expect(fillPeriodOf({ period, metric }, own)).toBe('P30D');
  expect(fillPeriodOf({ period: 'P7D', metric }, own)).toBe('P7D');
  expect(fillPeriodOf({ period, metric: 'event.open' }, own)).toBe('today');
  expect(fillPeriodOf({ period, metric: null }, { period })).toBe('today');
});

it('few cases tell little of a rate, unless it is of who stands there at an instant by residents', () => {
  const text = { lang: 'zh', t: (key: string) => key, installation: null };
  const context = { text, view: emptyView, period: 'P30D' } as unknown as LayerContext;
  const fewOf = (metric: string, from: string | null) => {
    const cells = [4, 40].map((n) => ({ at: { community: `C${n}` }, value: 0.5, numerator: 1, denominator: 2, n }));
    const answer = { metric, kind: 'rate', unit: 'share', decimals: 1, from, asOf: '2026-11-22T02:00:00Z', cells };
    const options = { layer: 'division-fill', dimension: 'community', noData: 'hatch' } as const;
    return [...(encodeAnswer(answer as unknown as Answer, context, options).few ?? [])];
  };
  const from = '2026-10-23T16:00:00Z';
  expect(fewOf('event.on_time_close_rate', from)).toEqual(['C4']);
  expect(fewOf('event.per_ten_thousand', from)).toEqual(['C4']);
  expect(fewOf('duty.on_duty_share', null)).toEqual(['C4']);
  expect(fewOf('duty.per_ten_thousand', null)).toEqual([]);
});
