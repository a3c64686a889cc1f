import superjson from 'superjson';
import { expect, test } from 'vitest';
import { transformer } from './transformer';

const row = {
  id: 'a',
  n: 0,
  at: '2026-11-22T02:00:00.000Z',
  none: null,
  is: false,
  place: [114.5, 22.5],
  deep: { x: [] },
};

test('what is sent is what SuperJSON would send, plain or not', () => {
  const plain = [
    row,
    [{ ...row, place: [1, 2], deep: {} }, { id: 'b' }],
    {},
    [],
    'text',
    1.5,
    true,
    null,
    Object.create(null),
  ];
  const noted = [
    new Date(0),
    { ...row, at: new Date(0) },
    { list: [row, undefined] },
    { gone: undefined },
    [Number.NaN, -0, Number.POSITIVE_INFINITY],
    new Map([['a', row]]),
    { big: 1n },
    undefined,
  ];
  for (const value of [...plain, ...noted]) expect(transformer.serialize(value)).toEqual(superjson.serialize(value));
  for (const value of noted) expect(transformer.deserialize(transformer.serialize(value))).toEqual(value);
});
