import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OwnBlock, OwnReport } from '@/data/model/own-report';
import type { Scope } from '@/data/model/scope';
import { type TestDatabase, testDatabase } from '../db/testing';
import { answer } from '../metric/answer';
import { openFacts } from '../metric/follower';
import { scopeIn } from '../metric/testing';
import { makeReport } from './file';
import { changeReport, listReports, readReport, removeReport, saveReport } from './store';

let town: TestDatabase;
let scope: Scope;
beforeAll(async () => {
  town = await testDatabase({ demo: 'tiny' });
  const facts = await openFacts(town.connection, { file: null });
  const { root } = facts.meta().installation;
  scope = { ...scopeIn(facts, root), actorId: `R2:${root}` };
  facts.close();
});
afterAll(() => town?.end());

const figures = (
  kind: 'figures' | 'table' | 'trend' | 'map' | 'bars',
  metric: string,
  by: ('level' | 'community')[] = [],
) => ({ kind, metric, by, filters: [] }) satisfies OwnBlock;
const blocks: OwnBlock[] = [
  { kind: 'heading', text: '本月重点' },
  { kind: 'note', text: '第一段\n第二段' },
  figures('figures', 'event.open'),
  figures('figures', 'event.reported'),
  figures('table', 'event.reported', ['community', 'level']),
  figures('bars', 'event.reported', ['level']),
  figures('trend', 'event.reported'),
  figures('map', 'event.reported'),
];
const draft = { name: '月度重点', isShared: true, blocks, division: null, period: 'P30D' as const, at: null };

/** All figures of a kept report, from facts loaded anew. */
const tell = async ({ id, version, division, period, at }: OwnReport, known: 'now' | 'then' = 'then') => {
  const facts = await openFacts(town.connection, { file: null });
  const place = { division, period, at, known };
  const context = { connection: town.connection, scope, facts };
  const { sections } = await makeReport(context, { page: `own.${id}.${version}`, place, lang: 'zh' });
  facts.close();
  return sections.flatMap(({ blocks: told }) =>
    told.flatMap(({ answers }) =>
      Object.values(answers).map(({ metric, dimensions, cells }) => ({ metric, dimensions, cells })),
    ),
  );
};

test('a kept report tells the same figures after later events, late entries and corrections', async () => {
  const report = await saveReport(town.connection, scope, draft);
  expect(report).toMatchObject({ version: 1, division: scope.division, isOwn: true, name: '月度重点' });
  const [before, today] = [await tell(report), await tell(report, 'now')];
  expect(before.flatMap(({ cells }) => cells).length).toBeGreaterThan(20);
  const { sql } = town.connection;
  await sql`
    insert into event select (jsonb_populate_record(e, jsonb_build_object('id', e.id || x, 'number', e.id || x,
      'client_key', null, 'recorded_at', now(), 'version', 1,
      'reported_at', case x when '-late' then e.reported_at else now() end))).*
    from event e, unnest(array['-late', '-next']) x where hashtext(e.id) % 5 = 0`;
  await sql`
    insert into event_transition (event_id, seq, to_status, at, recorded_at, actor_id, actor_role)
    select id, 1, 'S10', reported_at, now(), 'x', 'R2' from event where id like '%-late' or id like '%-next'`;
  await sql`
    insert into event_correction (event_id, seq, from_category, to_category, from_category_l1, to_category_l1,
      from_level, to_level, at, recorded_at, actor_id, actor_role)
    select id, 90, category_code, category_code, category_l1, category_l1, level, 1 + level % 4, reported_at, now(), 'x', 'R2'
    from event where hashtext(id) % 3 = 0 and id not like '%-late' and id not like '%-next'`;
  await sql`update event set level = 1 + level % 4, recorded_at = now()
    where hashtext(id) % 3 = 0 and id not like '%-late' and id not like '%-next'`;
  expect(await tell(report)).toEqual(before);
  expect(await tell(report, 'now')).not.toEqual(today);
}, 60_000);

test('a change appends a version, the old one stays; the second of two changes meets a conflict', async () => {
  const first = await saveReport(town.connection, scope, draft);
  const next = { ...draft, id: first.id, version: 1, name: '改后', blocks: blocks.slice(0, 3) };
  const second = await changeReport(town.connection, scope, next);
  expect(second).toMatchObject({ version: 2, newest: 2, name: '改后' });
  expect(await readReport(town.connection, scope, { id: first.id, version: 1 })).toEqual({ ...first, newest: 2 });
  await expect(changeReport(town.connection, scope, next)).rejects.toMatchObject({ code: 'conflict' });
  await removeReport(town.connection, scope, { id: first.id, version: 2 });
  expect((await listReports(town.connection, scope)).map(({ id }) => id)).not.toContain(first.id);
  expect((await readReport(town.connection, scope, { id: first.id, version: 1 })).name).toBe('月度重点');
  const other = { ...scope, actorId: 'R1:other' };
  await expect(readReport(town.connection, other, { id: first.id, version: 1 })).rejects.toMatchObject({
    code: 'not_found',
  });
  await expect(town.connection.sql`update saved_report set name = 'x'`).rejects.toThrow(/kept as they were written/);
});

test('what the catalogue cannot tell is not kept', async () => {
  for (const bad of [
    figures('figures', 'no.such'),
    figures('table', 'event.open'),
    figures('trend', 'person.resident'),
  ])
    await expect(saveReport(town.connection, scope, { ...draft, blocks: [bad] })).rejects.toMatchObject({
      code: 'invalid',
    });
});

test('the same question in a report and on a screen has the same answer', async () => {
  const report = await saveReport(town.connection, scope, draft);
  const facts = await openFacts(town.connection, { file: null });
  const { division, period, at } = report;
  const question = { division, period, at, known: 'then' as const, filters: [] };
  const asked = { facts, db: town.connection.db, scope };
  const { cells } = await answer(asked, { metric: 'event.open', question });
  facts.close();
  expect((await tell(report))[0]?.cells[0]?.value).toBe(cells[0]?.value);
});
