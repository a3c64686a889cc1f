import { expect, test } from 'vitest';
import { emptyView } from '@/data/model/view';
import { makeDrawer } from './draw';
import { defineLayer, type LayerContext } from './layer';
import { noSeams } from './map-seams';

/** A layer that counts how often it is drawn. */
const counted = (part: Partial<Parameters<typeof defineLayer>[0]>) => {
  let n = 0;
  const layer = defineLayer({
    ...{ key: 'counted', geometry: 'area', minZoom: 0, maxZoom: 24, budget: 1, isLive: false, ask: () => ({}) },
    filters: 'question',
    ...part,
    draw: () => {
      n += 1;
      return {};
    },
  });
  const draw = makeDrawer();
  const show = (selection: string | null, now = 0) => {
    const context = { view: { ...emptyView, selection }, text: { lang: 'zh' }, seams: noSeams, now } as LayerContext;
    draw([{ layer, data: {} }], context);
    return n;
  };
  return show;
};

test('a layer is drawn anew by a selection of its own kinds alone', () => {
  const show = counted({ selects: ['event'] });
  expect(show(null)).toBe(1);
  expect(show('division:440307')).toBe(1);
  expect(show('event:1')).toBe(2);
  expect(show('event:2')).toBe(3);
});

test('what was drawn before is not drawn again, up to 24 drawings of a layer', () => {
  const show = counted({});
  const each = (from: number, n: number) => Array.from({ length: n }, (_, i) => show(`event:${from + i}`)).at(-1);
  expect(each(0, 24)).toBe(24);
  expect(each(0, 24)).toBe(24);
  expect(each(24, 1)).toBe(25);
  expect(each(0, 1)).toBe(26);
});

test('a layer that names no kinds follows every selection', () => {
  const show = counted({});
  expect([show(null), show('division:440307'), show('event:1')]).toEqual([1, 2, 3]);
});

test('the tick draws a layer anew only when what it takes from the clock differs', () => {
  const still = counted({});
  const hourly = counted({ clockPart: (_, { now }) => Math.floor(now / 3_600_000) });
  expect([0, 10_000, 3_600_000].map((now) => still(null, now))).toEqual([1, 1, 1]);
  expect([0, 10_000, 3_600_000].map((now) => hourly(null, now))).toEqual([1, 1, 2]);
});

test('answers asked anew that say the same keep the drawing, and with it its picture', () => {
  const layer = defineLayer({
    ...{ key: 'told', geometry: 'label', minZoom: 0, maxZoom: 24, budget: 1, isLive: false, filters: 'question' },
    ask: () => ({}),
    draw: (data) => {
      const { answer } = data as unknown as { answer: { value: number } };
      const geometry = { type: 'Point' as const, coordinates: [0, 0] };
      const features = [{ type: 'Feature' as const, geometry, properties: { value: answer.value } }];
      return { sources: { told: { type: 'geojson', data: { type: 'FeatureCollection', features } } } };
    },
  });
  const draw = makeDrawer();
  const context = { view: emptyView, text: { lang: 'zh' }, seams: noSeams, now: 0 } as LayerContext;
  const show = (value: number, asOf: string) => draw([{ layer, data: { answer: { value, asOf } } }], context)[0];
  const first = show(1, '10:00');
  expect(show(1, '10:01')).toBe(first);
  expect(show(2, '10:02')).not.toBe(first);
  expect(show(1, '10:03')).toBe(first);
});
