import { expect, test } from 'vitest';
import { type Candidate, linkNew, madeId } from './rules';

const one = (id: string, rest: Partial<Candidate> = {}): Candidate => ({
  ...{ id, isHere: false, isNumbered: true, isOwn: true },
  ...rest,
});

test.each([
  ['nobody known is entered', [], [], { method: 'made' }],
  ['the same number is the same one', [one('a')], [one('b')], { method: 'number', id: 'a' }],
  ['of several the one at this door', [one('a'), one('b', { isHere: true })], [], { method: 'number', id: 'b' }],
  ['several and none here', [one('a'), one('b')], [], { method: 'none', why: 'several', candidates: ['a', 'b'] }],
  [
    'what stands elsewhere is not taken',
    [one('a', { isOwn: false })],
    [],
    { method: 'none', why: 'elsewhere', candidates: ['a'] },
  ],
  ['a name here whose number is none', [], [one('a', { isNumbered: false })], { method: 'name', id: 'a' }],
  ['a name here with another number', [], [one('a')], { method: 'none', why: 'name', candidates: ['a'] }],
  [
    'two of the name here',
    [],
    [one('a', { isNumbered: false }), one('b')],
    { method: 'none', why: 'name', candidates: ['a', 'b'] },
  ],
] as const)('%s', (_name, byNumber, byName, expected) => {
  expect(linkNew(byNumber, byName)).toEqual(expected);
});

test('an id that is made is the same each time, exact, and above what is imported', () => {
  const id = madeId('0b7f3f0e-8f39-4a3b-9a51-1f6a0c1f0a11', 3, 'person');
  expect(madeId('0b7f3f0e-8f39-4a3b-9a51-1f6a0c1f0a11', 3, 'person')).toBe(id);
  expect(madeId('0b7f3f0e-8f39-4a3b-9a51-1f6a0c1f0a11', 3, 'residence')).not.toBe(id);
  expect(Number.isSafeInteger(id) && id >= 2 ** 48).toBe(true);
});
