import { afterAll, beforeAll, expect, test } from 'vitest';
import { randomFor } from '@/data/demo/random';
import type { DimensionKey } from '@/data/metrics/dimensions';
import type { Scope, ScreenKey } from '@/data/model/scope';
import { type Known, knowns, type Period } from '@/data/model/view';
import { type TestDatabase, testDatabase, testNow } from '../db/testing';
import { listEvents, listOpenEvents } from '../event/store';
import { answer } from './answer';
import { type Facts, openFacts } from './follower';
import { type Figures, figuresAt, openBy, type RawEvent, readRawEvents, stoodAt } from './testing-history';

let database: TestDatabase;
let facts: Facts;
let raws: RawEvent[];

/** Far more late and corrected records than a demo has, the same every time: several corrections of one event too. */
const disturb = () =>
  database.connection.sql.unsafe(`
  update event_transition set recorded_at = at + make_interval(mins => (hashtext(event_id || seq) & 4095))
    where hashtext(event_id) % 3 = 0;
  insert into event_correction (event_id, seq, from_category, to_category, from_category_l1, to_category_l1,
      from_level, to_level, at, recorded_at, actor_id, actor_role)
    select e.id, 10 + n, category_code, category_code, category_l1, category_l1, 1 + (level + n) % 4, 1 + (level + n + 1) % 4,
      reported_at + make_interval(hours => n * 20), reported_at + make_interval(hours => n * 31), 'x', 'R2'
    from event e, generate_series(0, 2) n where hashtext(e.id) % 5 = 0
      and not exists (select from event_correction c where c.event_id = e.id);
  update event e set level = 1 + (level + 3) % 4 where hashtext(id) % 5 = 0
    and exists (select from event_correction c where c.event_id = e.id and c.seq = 12);
  update event e set recorded_at = (select max(recorded_at) from event_transition t where t.event_id = e.id);
`);

beforeAll(async () => {
  database = await testDatabase({ demo: 'tiny' });
  await disturb();
  facts = await openFacts(database.connection, { file: null });
  raws = await readRawEvents(database.connection.sql);
});
afterAll(async () => {
  facts?.close();
  await database?.end();
});

const scopeOn = (screen: ScreenKey): Scope => {
  const { root, rootPath } = facts.meta().installation;
  return { division: root, path: rootPath, level: 'district', role: 'R2', screen, post: root, actorId: 'R2' };
};

const questionAt = (at: number, known: Known, period: Period) => ({
  ...{ division: null, period, at: new Date(at).toISOString(), known, filters: [] },
});

/** Fifty instants of the last 60 days from a fixed seed; among them the very moments things happened or were recorded. */
const instants = (): number[] => {
  const random = randomFor('instants of the proof');
  const moments = raws.flatMap(({ steps }) => steps.flatMap(({ at, known }) => [at, known]));
  const end = testNow.getTime();
  return Array.from({ length: 50 }, (_, i) => {
    const drawn = i % 3 === 0 ? random.pick(moments) : end - Math.floor(random.between(0, 60) * 86_400_000);
    return Math.max(end - 300 * 86_400_000, Math.min(end, drawn));
  });
};

const askAt = (
  screen: ScreenKey,
  metric: string,
  dimensions: DimensionKey[],
  question: ReturnType<typeof questionAt>,
) =>
  answer(
    { facts, db: database.connection.db, scope: scopeOn(screen) },
    { metric, dimensions, question, operators: metric === 'event.overdue' ? ['previous'] : [] },
  );

const near = (given: number | null | undefined, wanted: number, name: string) =>
  expect(given ?? 0, name).toBeCloseTo(wanted, 6);

/** On the first screens at every instant; the rest of the catalogue at every fifth. */
const isHeadline = (name: string) => /^event\.(reported today|open|overdue|on_time|reached)/.test(name);

/** One ask for each metric and period; stages and the day before are cells of it. */
const checkAt = async (screen: ScreenKey, at: number, known: Known, figures: Figures) => {
  const asked = new Map<string, Awaited<ReturnType<typeof askAt>>>();
  for (const [name, [numerator, denominator]] of Object.entries(figures)) {
    const [metric = '', period = '', stage] = name.split(' ');
    const isPrevious = period === 'previous';
    const question = questionAt(at, known, isPrevious ? 'today' : (period as Period));
    const key = `${metric} ${question.period}`;
    const given = asked.get(key) ?? (await askAt(screen, metric, stage ? ['stage'] : [], question));
    asked.set(key, given);
    const cell = given.cells.find((each) => !stage || each.at.stage === stage);
    const where = `${name} ${known} ${new Date(at).toISOString()}`;
    near((isPrevious ? cell?.previous : cell)?.numerator, numerator, where);
    if (given.kind !== 'count') near(cell?.denominator, denominator, where);
  }
};

test('figures at 50 instants, by both records, are those of the raw logs on wall and desk', async () => {
  let nDiffer = 0;
  for (const [i, at] of instants().entries()) {
    const byKnown = knowns.map((known) => figuresAt(raws, at, known));
    if (JSON.stringify(byKnown[0]) !== JSON.stringify(byKnown[1])) nDiffer += 1;
    for (const [k, known] of knowns.entries()) {
      const figures = Object.entries(byKnown[k] ?? {}).filter(([name]) => i % 5 === 0 || isHeadline(name));
      await checkAt((i + k) % 2 === 0 ? 'mid' : 'big', at, known, Object.fromEntries(figures));
    }
  }
  expect(nDiffer).toBeGreaterThan(10);
}, 300_000);

test('open events by level, status and department, and their lists, are those of the raw logs', async () => {
  const codes = {
    level: ({ level }: { level: number }) => String(level),
    status: ({ status }: { status: string }) => status,
    department: ({ department }: { department: string | null }) => department ?? 'none',
    category: ({ category }: { category: string }) => category,
  };
  for (const at of instants().slice(0, 20))
    for (const known of knowns) {
      const question = questionAt(at, known, 'P30D');
      for (const [key, codeOf] of Object.entries(codes)) {
        const { cells } = await askAt('mid', 'event.open', [key as DimensionKey], question);
        const given = Object.fromEntries(cells.map((cell) => [cell.at[key], cell.value]));
        expect(given, `${key} ${known} ${at}`).toEqual(openBy(raws, at, known, codeOf));
      }
      const paging = { sort: 'newest' as const, limit: 500, offset: 0 };
      for (const list of [listOpenEvents, listEvents])
        for (const row of (await list(database.connection, scopeOn('mid'), question, paging)).rows) {
          const raw = raws.find(({ id }) => id === row.id);
          const stood = raw && stoodAt(raw, at, known);
          const { level, category, status, dueAt, department } = row;
          const due = stood?.dueAt ? new Date(stood.dueAt).toISOString() : null;
          const wanted = { level: stood?.level, category: stood?.category, status: stood?.status };
          expect({ level, category, status, dueAt, department }).toEqual({
            ...{ ...wanted, dueAt: due, department: stood?.department },
          });
        }
      const open = await listOpenEvents(database.connection, scopeOn('mid'), question, paging);
      const sum = (counts: Record<string, number>) => Object.values(counts).reduce((a, b) => a + b, 0);
      expect(open.total).toBe(sum(openBy(raws, at, known, () => 'all')));
    }
}, 300_000);

test('what was known then is told again by a later reading of the same instant', async () => {
  const at = testNow.getTime() - 20 * 86_400_000;
  const before = await askAt('mid', 'event.open', ['level', 'status'], questionAt(at, 'then', 'P30D'));
  await database.connection.sql`
    insert into event_correction (event_id, seq, from_category, to_category, from_category_l1, to_category_l1,
      from_level, to_level, at, actor_id, actor_role)
    select id, 90, category_code, category_code, category_l1, category_l1, level, 1 + level % 4, reported_at, 'x', 'R2'
    from event where hashtext(id) % 2 = 0`;
  await database.connection.sql`update event set level = 1 + level % 4, version = version + 1, recorded_at = now()
    where hashtext(id) % 2 = 0`;
  const again = await openFacts(database.connection, { file: null });
  const read = (known: Known) =>
    answer(
      { facts: again, db: database.connection.db, scope: scopeOn('mid') },
      { metric: 'event.open', dimensions: ['level', 'status'], question: questionAt(at, known, 'P30D') },
    );
  expect((await read('then')).cells).toEqual(before.cells);
  expect((await read('now')).cells).not.toEqual(before.cells);
  again.close();
});
