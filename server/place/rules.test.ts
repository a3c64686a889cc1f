import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addressFault, buildingCodeLength, dwellingCodeLength, parseAddressCode } from './rules';

test('the published examples split as published', () => {
  expect(parseAddressCode('4403070030030400042000003')?.segments).toEqual({
    province: '44',
    city: '03',
    district: '07',
    subdistrict: '003',
    community: '003',
    grid: '04',
    building: '00042',
    dwelling: '000003',
  });
  expect(parseAddressCode('4403070090151100001')).toMatchObject({
    kind: 'building',
    dwelling: null,
    segments: { subdistrict: '009', community: '015', grid: '11', building: '00001' },
  });
});

const number = (length: number) =>
  fc.integer({ min: 1, max: 10 ** length - 1 }).map((n) => String(n).padStart(length, '0'));
const building = fc
  .tuple(fc.integer({ min: 11, max: 82 }).map(String), ...[2, 2, 3, 3, 2, 5].map(number))
  .map((parts) => parts.join(''));

test('any code made of valid segments is valid, and its segments join to it again', () => {
  fc.assert(
    fc.property(building, fc.option(number(6)), (code, room) => {
      const parsed = parseAddressCode(code + (room ?? ''));
      expect(Object.values(parsed?.segments ?? {}).join('')).toBe(code + (room ?? ''));
      expect(parsed?.building).toBe(code);
      expect(parsed?.dwelling).toBe(room === null ? null : code + room);
      expect(parsed?.dwelling?.startsWith(parsed.building) ?? true).toBe(true);
    }),
  );
});

test('any other length, character or an empty segment is refused', () => {
  fc.assert(
    fc.property(building, fc.integer({ min: 0, max: 24 }), (code, cut) => {
      const text = code.padEnd(dwellingCodeLength, '1').slice(0, cut);
      if (cut !== buildingCodeLength) expect(parseAddressCode(text)).toBeNull();
    }),
  );
  fc.assert(
    fc.property(building, fc.nat({ max: 18 }), fc.string({ minLength: 1, maxLength: 1 }), (code, at, character) => {
      const text = code.slice(0, at) + character + code.slice(at + 1);
      if (!/\d/.test(character)) expect(addressFault(text)).not.toBeNull();
    }),
  );
  expect(addressFault('4403070000151100001')).toBe('subdistrict');
  expect(addressFault('4403070090151100000')).toBe('building');
  expect(addressFault('9903070090151100001')).toBe('province');
  expect(addressFault('4403070090151100001000000')).toBe('dwelling');
});
