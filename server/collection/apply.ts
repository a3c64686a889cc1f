import type { CollectItem } from '@/data/model/collection';
import { checkWord } from '../dictionary/store';
import type { Writing } from './door';
import { moveEntity } from './link-entity';
import type { Outcome } from './outcome';
import { type Change, putColumns, type Stood, unchanged } from './record';

type Known = Extract<CollectItem, { key: string }>;

const differing = (stood: Stood, values: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(values).filter(([name, value]) => value !== undefined && stood.image[name] !== value),
  );

const put = (
  { tx }: Writing,
  table: 'dwelling' | 'residence' | 'entity',
  stood: Stood,
  values: Record<string, unknown>,
): Promise<Change> => {
  const columns = differing(stood, values);
  return Object.keys(columns).length === 0 ? Promise.resolve(unchanged) : putColumns(tx, table, stood, columns);
};

/** A phone number is sealed with its person, and stands in no history. */
const putPhone = async (writing: Writing, stood: Stood, phone: string): Promise<Change> => {
  const { tx, cipher } = writing;
  const key = String(stood.image.person_id);
  const mark = cipher.mark('phone', phone);
  if (stood.image.phone_mark === `\\x${mark.toString('hex')}`) return unchanged;
  const sealed = { phone_sealed: cipher.seal('phone', Number(key), phone), phone_mark: mark };
  return putColumns(tx, 'person', { ...stood, key }, sealed);
};

const changeOf = async (writing: Writing, stood: Stood, item: Known): Promise<Change> => {
  const { tx, day } = writing;
  switch (item.told) {
    case 'confirm':
      return unchanged;
    case 'gone': {
      if (item.kind === 'entity') return put(writing, 'entity', stood, { closed_on: day });
      const [, last] = [String(stood.image.from_on), day].toSorted();
      return put(writing, 'residence', stood, { to_on: last });
    }
    case 'use':
      await checkWord(tx, 'house-use', item.values.house_use);
      return put(writing, 'dwelling', stood, item.values);
    case 'trade':
      if (item.values.industry !== undefined) await checkWord(tx, 'industry', item.values.industry);
      return put(writing, 'entity', stood, item.values);
    case 'resident': {
      const { relation, phone } = item.values;
      if (relation !== undefined) await checkWord(tx, 'residence-relation', relation);
      const home = await put(writing, 'residence', stood, { relation });
      const called = phone === undefined ? unchanged : await putPhone(writing, stood, phone);
      return { before: { ...home.before, ...called.before }, after: { ...home.after, ...called.after } };
    }
    case 'move':
      throw new Error('A move is placed by its address.');
  }
};

/** Writes what was found of a record that was shown, which is linked by that. */
export const applyKnown = async (writing: Writing, stood: Stood, item: Known): Promise<Outcome> => {
  if (item.told === 'move') return moveEntity(writing, stood, item.values.address);
  const change = await changeOf(writing, stood, item);
  return { ...change, method: 'shown', record: stood.key, why: null, candidates: [] };
};
