import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ageBandOf, ageOn, maskName, maskPhone } from './rules';

test.each([
  ['王小明', '王**'],
  ['王明', '王*'],
  ['王', '王*'],
  ['欧阳小明', '欧**'],
  ['\u{20000}小明', '\u{20000}**'],
  ['Alexander', 'A**'],
  ['', '—'],
])('name %s is shown as %s', (name, shown) => {
  expect(maskName(name)).toBe(shown);
});

test('a masked phone never holds more than seven of its digits', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\d{0,15}$/), (phone) => {
      const shown = maskPhone(phone).replace(/\D/g, '');
      expect(shown.length).toBeLessThanOrEqual(7);
      if (phone.length < 8) expect(shown).toBe('');
    }),
  );
  expect(maskPhone('13812345521')).toBe('138****5521');
});

test('age counts full years; bands are five years wide', () => {
  expect(ageOn('1980-11-22', '2026-11-22')).toBe(46);
  expect(ageOn('1980-11-23', '2026-11-22')).toBe(45);
  expect(ageOn('2024-02-29', '2025-02-28')).toBe(0);
  expect([0, 4, 5, 84, 85, 101].map(ageBandOf)).toEqual(['0-4', '0-4', '5-9', '80-84', '85+', '85+']);
});
