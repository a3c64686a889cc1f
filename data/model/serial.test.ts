import fc from 'fast-check';
import { expect, it } from 'vitest';
import { joinCode, splitCode } from './serial';

it.each([
  ['4403070090060500017', '44030700900', 160_500_017],
  ['en000001-2', 'en000001-', 12],
  ['P0007', 'P', 10_007],
  ['桥', '桥', 1],
  ['', '', 1],
])('%s is cut before its last digits', (code, stem, serial) => {
  expect(splitCode(code)).toEqual({ stem, serial });
});

it('is put together again as it was', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[a-z-]{0,3}\d{0,20}$/)), (code) => {
      expect(joinCode(splitCode(code))).toBe(code);
    }),
  );
});
