import { expect, test } from 'vitest';
import type { LngLat } from '@/data/model/geo';
import { walkOrder } from './route';

const at = (id: string, position: LngLat | null) => ({ id, position });
const ids = (places: readonly { id: string }[]) => places.map(({ id }) => id).join('');

test('walks from the westernmost place, or from where one is, to whichever is nearest; places without a position last', () => {
  const street = [at('c', [114.03, 22.5]), at('x', null), at('a', [114.01, 22.5]), at('b', [114.02, 22.5])];
  expect(ids(walkOrder(street, null))).toBe('abcx');
  expect(ids(walkOrder(street, [114.05, 22.5]))).toBe('cbax');
  expect(ids(walkOrder([at('x', null)], null))).toBe('x');
  expect(walkOrder([], null)).toEqual([]);
});

test('a degree of longitude is shorter than one of latitude', () => {
  const places = [at('north', [114, 60.015]), at('east', [114.02, 60])];
  expect(ids(walkOrder(places, [114, 60]))).toBe('eastnorth');
});
