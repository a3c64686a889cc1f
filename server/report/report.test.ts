import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answer } from '@/data/model/answer';
import type { Ask } from '@/data/model/ask';
import { asksOf, type ReportKey, type ReportPlace, reportKeys, stretchesOf, usualStretch } from '@/data/model/report';
import { FixedPeriod, type Known } from '@/data/model/view';
import { reports } from '@/data/reports';
import { type TestDatabase, testDatabase } from '../db/testing';
import { answer } from '../metric/answer';
import { type Facts, openFacts } from '../metric/follower';
import { loadTown, scopeIn, townClock } from '../metric/testing';
import { docxOf, makeReport } from './file';
import { type AnsweredSection, answerReport } from './rules';

let database: TestDatabase;
let facts: Facts;

beforeAll(async () => {
  database = await testDatabase();
  await loadTown(database.connection);
  facts = await openFacts(database.connection, { file: null });
});
afterAll(async () => {
  facts?.close();
  await database?.end();
});

const townWeek: FixedPeriod = '2026-02-24/2026-03-03';

const reportIn = (post: string, report: ReportKey, place: Partial<ReportPlace> = {}): Promise<AnsweredSection[]> => {
  const scope = scopeIn(facts, post);
  const level = facts.meta().divisions.get(place.division ?? post)?.level ?? scope.level;
  const full = { division: null, period: townWeek, at: townClock, known: 'now' as Known, level, ...place };
  return answerReport(reports[report], full, (ask: Ask) => answer({ facts, db: database.connection.db, scope }, ask));
};

const blocksOf = (sections: readonly AnsweredSection[]) => sections.flatMap(({ blocks }) => blocks);
const answersOf = (sections: readonly AnsweredSection[]): Answer[] =>
  blocksOf(sections).flatMap(({ answers }) => Object.values(answers));
const firstOf = (sections: readonly AnsweredSection[], key: string): Answer | undefined =>
  Object.values(blocksOf(sections).find(({ block }) => block.key === key)?.answers ?? {})[0];

describe('definitions', () => {
  test.each(reportKeys)('%s: every block answers at every level, and names of blocks are its own', async (key) => {
    const keys = reports[key].sections.flatMap(({ blocks }) => blocks.map((block) => block.key));
    expect(new Set(keys).size).toBe(keys.length);
    const posts: Partial<Record<ReportKey, string[]>> = { population: ['T1', 'T11', 'T1101'], weekly: ['T1101'] };
    for (const post of posts[key] ?? []) {
      const blocks = blocksOf(await reportIn(post, key));
      expect(blocks.length).toBeGreaterThan(5);
      for (const { asks, answers } of blocks) expect(Object.keys(answers)).toEqual(asks.map(([name]) => name));
    }
    expect(blocksOf(await reportIn('T', key)).map(({ block }) => block.key)).toEqual(keys);
  });

  test('a grid has no divisions below it: blocks by them are left out', () => {
    const place = { division: 'T1101', period: townWeek, at: null, known: 'now', level: 'grid' } as const;
    const left = reports.population.sections.flatMap(({ blocks }) => blocks.filter((block) => !asksOf(block, place)));
    expect(left.map(({ key }) => key)).toEqual(['placeMap', 'placeMost', 'placeBelow', 'placeDeep', 'dwellingBelow']);
  });

  test.each(reportKeys)('%s is offered for whole stretches of the calendar, each beside the next', (key) => {
    for (const today of ['2026-03-01', '2024-02-29', '2027-01-01']) {
      const stretches = stretchesOf(key, today);
      expect(stretches.filter((period) => !FixedPeriod.safeParse(period).success)).toEqual([]);
      for (const [i, period] of stretches.entries())
        if (i > 0) expect(stretches[i - 1]?.split('/')[0]).toBe(period.split('/')[1]);
      expect(stretches).toContain(usualStretch(key, today));
    }
    expect(usualStretch('weekly', '2026-03-01')).toBe('2026-02-16/2026-02-23');
    expect(usualStretch('monthly', '2026-03-01')).toBe('2026-02-01/2026-03-01');
  });
});

describe('whose and what', () => {
  test('a post gets its own place alone', async () => {
    const own = await reportIn('T11', 'weekly');
    const same = await reportIn('T', 'weekly', { division: 'T11' });
    expect(firstOf(own, 'overall')?.cells).toEqual(firstOf(same, 'overall')?.cells);
    const area = firstOf(own, 'areaBelow');
    expect(area?.cells.length).toBeGreaterThan(0);
    expect(area?.cells.filter(({ at }) => !at.grid?.startsWith('T11'))).toEqual([]);
    await expect(reportIn('T11', 'weekly', { division: 'T2' })).rejects.toMatchObject({ code: 'not_allowed' });
  });

  test('what is withheld stays withheld', async () => {
    const sections = await reportIn('T1', 'population');
    const withheld = answersOf(sections).flatMap(({ cells }) => cells.filter((cell) => cell.withheld));
    expect(withheld.length).toBeGreaterThan(0);
    for (const { value, numerator, n, share } of withheld)
      expect([value, numerator, n, share ?? null]).toEqual([null, null, null, null]);
  });
});

const textOf = (file: Uint8Array): string => {
  const xml = new TextDecoder().decode(unzipSync(file)['word/document.xml']);
  return xml
    .replace(/<w:tbl>|<\/w:tr>/g, '\n')
    .replace(/<\/w:tc>/g, '|')
    .replace(/<[^>]+>/g, '');
};

test.each(['zh', 'en'] as const)('the file opens and holds the figures of the page, %s', async (lang) => {
  const scope = scopeIn(facts, 'T');
  const place = { division: null, period: townWeek, at: townClock, known: 'now' } as const;
  const context = { connection: database.connection, scope, facts };
  const mark = [['number', 'EX20260302-000007']] as const;
  const file = await docxOf(context, await makeReport(context, { page: 'weekly', place, lang }), mark);
  const text = textOf(file);
  const sections = await reportIn('T', 'weekly');
  const reported = firstOf(sections, 'overall')?.cells[0]?.value;
  expect(reported).toBe(14);
  expect(text).toContain(lang === 'zh' ? '本期上报 14 件' : '14 events were reported');
  for (const { at, value } of firstOf(sections, 'areaBelow')?.cells ?? []) {
    const name = lang === 'zh' ? `${at.subdistrict} 街道` : `Sub-district ${at.subdistrict}`;
    if (at.subdistrict !== 'none') expect(text).toContain(`${name}|${value}|`);
  }
  expect(text).not.toMatch(/[\uE000\uE001{}]|report\.\w/);
});
