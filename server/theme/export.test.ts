import { parse } from 'csv-parse/sync';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ExportAsk } from '@/data/model/export';
import type { Role, Scope } from '@/data/model/scope';
import { resolveScope } from '../access/store';
import { audit_line, export_log } from '../db/schema';
import { type TestDatabase, testDatabase } from '../db/testing';
import { makeExport } from '../export/store';
import { type Facts, openFacts } from '../metric/follower';

let database: TestDatabase;
let facts: Facts;
beforeAll(async () => {
  database = await testDatabase({ demo: 'tiny' });
  facts = await openFacts(database.connection, { file: null });
});
afterAll(async () => {
  facts?.close();
  await database?.end();
});

const scopeOf = async (role: Role): Promise<Scope> => {
  const scope = await resolveScope(database.connection, { badge: undefined, screen: 'mid' });
  return { ...scope, role, actorId: `${role}:${scope.division}` };
};

const take = async (theme: string, conditions: Record<string, string>, role: Role = 'R4') => {
  const what = { kind: 'theme', ask: { theme, purpose: 'check', conditions } };
  const wish = ExportAsk.parse({ what, panel: 'theme-list', format: 'csv', purpose: 'review', note: '' });
  const { connection } = database;
  const file = await makeExport({ connection, scope: await scopeOf(role), facts }, wish);
  const rows: string[][] = parse(new TextDecoder().decode(file.bytes), { bom: true });
  return { file, head: rows[0] ?? [], rows: rows.slice(1), mark: new Map(rows.map(([name, value]) => [name, value])) };
};

test('a search goes as a file: masked, marked with what was searched and what for, and both looks on record', async () => {
  const { file, head, rows, mark } = await take('person', { ageBand: '30-34' });
  const people = rows.filter((row) => row.at(-1) === file.number && row[0] !== head.at(-1));
  expect(people.length).toBeGreaterThan(10);
  expect(people.every(([name]) => /^.\*+$/.test(name ?? ''))).toBe(true);
  expect(file.name).toBe(`theme-person-${file.number}.csv`);
  expect([...mark.values()].some((value) => value?.includes('30'))).toBe(true);
  const [taken, look] = await database.connection.db.select().from(audit_line).orderBy(sql`seq desc`).limit(2);
  expect(look).toMatchObject({ action: 'theme.list', purpose: 'check', n_rows: people.length });
  expect(taken).toMatchObject({ action: 'file.export', n_rows: people.length });
  const [kept] = await database.connection.db.select().from(export_log).orderBy(sql`id desc`).limit(1);
  expect(kept).toMatchObject({ panel: 'theme-list', purpose: 'review', n_rows: people.length });
});

test('every theme has its file; persons in care and quarrels without their doors', async () => {
  for (const [theme, conditions] of [
    ['dwelling', {}],
    ['case', { kind: 'dispute', state: 'all' }],
    ['care', { group: 'C02' }],
    ['vehicle', {}],
  ] as const) {
    const { file, rows, head } = await take(theme, conditions);
    expect(rows.filter((row) => row.at(-1) === file.number).length, theme).toBeGreaterThan(0);
    expect(head.includes('房号'.normalize()), theme).toBe(theme === 'dwelling');
  }
});

test('the log keeps no part of a plate that was looked for', async () => {
  await take('vehicle', { tail: '07' });
  const [kept] = await database.connection.db.select().from(export_log).orderBy(sql`id desc`).limit(1);
  expect(JSON.stringify(kept?.what)).not.toContain('07');
});

test('who may not search may not take along', async () => {
  await expect(take('person', {}, 'R7')).rejects.toMatchObject({ code: 'not_allowed' });
  await expect(take('vehicle', {}, 'R6')).rejects.toMatchObject({ code: 'not_allowed' });
  await expect(take('care', { group: 'C14' }, 'R2')).rejects.toMatchObject({ code: 'not_allowed' });
});
