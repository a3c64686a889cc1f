import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listNames } from '@/data/generated/codes';
import { type TestDatabase, testDatabase } from '../db/testing';
import { addNewWords, loadTerms, readTerms, writeTerms } from './seed';
import { listWords } from './store';
import { term } from './table';

describe('readTerms', () => {
  const terms = readTerms();

  test('reads every list with its words', () => {
    expect([...new Set(terms.map((term) => term.list))]).toEqual([...listNames]);
    const count = (list: string) => terms.filter((term) => term.list === list).length;
    expect(count('event-category')).toBe(224);
    expect(count('event-category-l1')).toBe(18);
    expect(count('event-status')).toBe(16);
    expect(count('resource-type')).toBe(40);
    expect(count('region')).toBe(34);
  });

  test('keeps the columns particular to a list, empty ones left out', () => {
    expect(terms.find((term) => term.list === 'event-category' && term.code === '0101')).toEqual({
      list: 'event-category',
      code: '0101',
      zh: expect.stringMatching(/^\p{Script=Han}+$/u),
      en: 'Fire lane blocked',
      parent: '01',
      attrs: {
        level: '2',
        accept_minutes: '30',
        handle_hours: '24',
        lead_department: 'XFJ',
        dispatch_mode: 'auto',
        in_community_list: '1',
        iot_source: '0',
        kind: 'event',
        close_condition: 'C04',
      },
      valid_from: new Date('2020-01-01T00:00:00Z'),
      source: expect.stringContaining('own plausible value'),
    });
  });
});

describe('addNewWords', () => {
  test('brings a list nobody has a word of and a word a list lacks, and leaves the others as they were edited', async () => {
    const database = await testDatabase();
    const { db } = database.connection;
    await loadTerms(db);
    await db.delete(term).where(eq(term.list, 'notice-channel'));
    await db.delete(term).where(and(eq(term.list, 'retention'), eq(term.code, 'identity')));
    await db.update(term).set({ zh: 'X' }).where(eq(term.list, 'event-level'));
    await addNewWords(db);
    expect(await db.$count(term)).toBe(readTerms().length);
    expect((await listWords(db)).filter(({ list }) => list === 'event-level').map(({ zh }) => zh)).toEqual(
      Array(4).fill('X'),
    );
    await database.end();
  });
});

describe('loadTerms', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database?.end());

  test('loads every word once, however often it runs', async () => {
    const { db } = database.connection;
    await loadTerms(db);
    await loadTerms(db);
    expect(await listWords(db)).toHaveLength(readTerms().length);
  });

  test('writes over a changed word and leaves the others', async () => {
    const { db } = database.connection;
    const [first] = readTerms();
    if (!first) throw new Error('The lists are empty.');
    await writeTerms(db, [{ ...first, en: 'Changed' }]);
    const words = await listWords(db);
    expect(words.filter((word) => word.en === 'Changed')).toHaveLength(1);
    expect(words).toHaveLength(readTerms().length);
  });
});
