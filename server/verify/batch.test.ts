import { spawn } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { roles, type Scope, screenKeys } from '@/data/model/scope';
import { type DoubtTask, doubtRules, type Visit } from '@/data/model/verify';
import { type TestDatabase, testDatabase } from '../db/testing';
import { buildingOf, dwellingsOf, grids, loadTown, townScope } from '../db/testing-town';
import { loadTerms } from '../dictionary/seed';
import { runDueJobs, runJobOnce } from '../job/worker';
import { inPlain } from '../person/testing';
import { createCaller } from '../trpc/root';
import { verifyJobs } from './run';
import { writeVisit } from './visit';

let database: TestDatabase;
const sqlOf = () => database.connection.sql;
const callerOf = (role: Scope['role'], division = 'DP', screen: Scope['screen'] = 'mid') =>
  createCaller({ scope: townScope(role, division, screen), connection: database.connection });
const [north] = grids;
const people = ['440307198005060019', '440307201501010019', '440307193012310019'];

beforeAll(async () => {
  database = await testDatabase();
  await loadTown(database.connection);
  await loadTerms(database.connection.db);
  const sql = sqlOf();
  // Sound people, and in each grid a vacant dwelling somebody lives in and somebody entered twice.
  await inPlain(database.connection, async () => {
    for (const k of [0, 1, 2])
      await sql`update person set id_number = left(${people[k] ?? ''}, 14) || lpad((id / 10)::text, 2, '0') || '11', name = name || id
      where id % 10 = ${k}`;
    await sql`update entity set credit_code = id`;
    await sql`update dwelling set house_use = '4' where code like '%000201'`;
    await sql`insert into person (id, name, id_number, phone, sex, birth_on, population_type, origin)
      select id + 100, name, '999' || substr(id_number, 4), phone, sex, birth_on, population_type, origin
    from person where id % 10 = 0`;
  });
  await sql`insert into residence select id, id, ${dwellingsOf(north)[0]}, '1', '2021-01-01', null from person where id >= 100`;
});
afterAll(() => database.end());

const draft = (id: string, division = 'DP') => ({ id, name: '全量核查', division, rules: [...doubtRules] });
const opened = async (division = 'DP'): Promise<string> => {
  const id = crypto.randomUUID();
  await callerOf('R2').verify.open(draft(id, division));
  await runDueJobs(database.connection, verifyJobs);
  return id;
};
const visitOf = ({ id, version, stamp }: DoubtTask, result: Visit['result'], values: Visit['values'] = {}): Visit => ({
  ...{ id, version, stamp, result, values, note: '', clientKey: crypto.randomUUID() },
  happenedAt: new Date().toISOString(),
});

describe('one batch, end to end', () => {
  let id: string;
  test('rules find what is doubtful, once; nothing waits before it is sent', async () => {
    id = await opened();
    const card = await callerOf('R2').verify.byId({ id });
    expect(card).toMatchObject({ state: 'found', nRules: doubtRules.length, nRun: doubtRules.length, sentAt: null });
    expect(card.rules.filter(({ found }) => found > 0).map(({ rule, found }) => [rule, found])).toEqual([
      ['P02', 4],
      ['U01', 4],
    ]);
    expect(card.gain.find(({ field }) => field === 'use')).toEqual({ field: 'use', seen: 8, found: 4, open: 4 });
    expect((await callerOf('R5', north).verify.mine({})).all).toBe(0);
    expect((await callerOf('R2').verify.byId({ id: await opened() })).figures.found).toBe(0);
  });

  test('sent once, each grid gets its own, masked and building by building', async () => {
    expect(await callerOf('R3', '440307009').verify.list({})).toEqual([]);
    await expect(callerOf('R3', '440307009').verify.send({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await callerOf('R2').verify.send({ id })).toEqual({ nSent: 8 });
    await expect(callerOf('R2').verify.send({ id })).rejects.toMatchObject({ code: 'CONFLICT' });
    const own = await callerOf('R5', north).verify.mine({});
    expect(own.tasks.map(({ rule, grid }) => [rule, grid])).toEqual([
      ...Array.from({ length: 4 }, () => ['P02', north]),
      ['U01', north],
    ]);
    expect(JSON.stringify(own)).not.toMatch(/王小|19800506|13800005521/);
    expect(JSON.stringify(own)).toContain('王**');
    const all = await callerOf('R2').verify.mine({ from: [114.53, 22.53] });
    expect(all.tasks.map(({ grid }) => grid).filter((grid, i, list) => grid !== list[i - 1])).toEqual([
      ...[grids[2], grids[1], grids[0], grids[3]],
    ]);
  });

  test('visits are merged with their history; figures reconcile at every step', async () => {
    const grid = callerOf('R5', north);
    const [one, two, three, four, vacant] = (await grid.verify.mine({})).tasks as [
      ...[DoubtTask, DoubtTask, DoubtTask, DoubtTask, DoubtTask],
    ];
    const first = visitOf(one, 'gone');
    expect(await grid.verify.visit(first)).toEqual({ version: 2 });
    // Sent again, it is the same visit; another one comes too late.
    expect(await grid.verify.visit(first)).toEqual({ version: 2 });
    await expect(grid.verify.visit(visitOf(one, 'confirmed'))).rejects.toMatchObject({ code: 'CONFLICT' });
    // Whoever opened and sent the batch settles nothing of it.
    await expect(callerOf('R2').verify.visit(visitOf(two, 'confirmed'))).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await grid.verify.visit(visitOf(two, 'confirmed'));
    await grid.verify.visit(visitOf(three, 'unreachable'));
    await grid.verify.visit(visitOf(vacant, 'changed', { house_use: '2' }));
    await expect(grid.verify.visit(visitOf(four, 'changed', {}))).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await expect(grid.verify.visit(visitOf(four, 'changed', { name: 'x' }))).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
    const { figures, gain } = await callerOf('R2').verify.byId({ id });
    expect(figures).toEqual({
      ...{ found: 8, sent: 8, waiting: 4, verified: 3, confirmed: 1, changed: 1, unreachable: 1, gone: 1 },
    });
    expect(gain.find(({ field }) => field === 'use')).toEqual({ field: 'use', seen: 8, found: 4, open: 3 });
    const sql = sqlOf();
    const [dwelling] = await sql`select house_use from dwelling where code = ${dwellingsOf(north)[1]}`;
    expect(dwelling?.house_use).toBe('2');
    const history = await sql`select result, before, after, actor_id, actor_role from verify_result
      where doubt_id = ${vacant.id}`;
    expect(history).toEqual([
      {
        ...{ result: 'changed', before: { house_use: '4' }, after: { house_use: '2' } },
        ...{ actor_id: `R5:${north}`, actor_role: 'R5' },
      },
    ]);
    const [ended] = await sql`select count(*)::int as n from residence where id = 100 and to_on is not null`;
    expect(ended?.n).toBe(1);
    // Somebody met at the second try.
    const again = (await grid.verify.mine({})).tasks.find((task) => task.id === three.id);
    expect(again).toMatchObject({ state: 'unreachable', version: 2 });
    if (again) await grid.verify.visit(visitOf(again, 'gone'));
    expect(await sql`select seq, result from verify_result where doubt_id = ${three.id} order by seq`).toEqual([
      { seq: 2, result: 'unreachable' },
      { seq: 3, result: 'gone' },
    ]);
    await expect(sql`update verify_result set note = 'x'`).rejects.toThrow(/kept as they were written/);
    await expect(sql`delete from verify_result`).rejects.toThrow(/kept as they were written/);
  });

  test('every state a record can be in is counted in exactly one place, in SQL, at any clock', async () => {
    const sql = sqlOf();
    const [row] = await sql<Record<string, number>[]>`
      select count(*)::int as sent, count(*) filter (where state = 'sent')::int as waiting,
        count(*) filter (where state = 'unreachable')::int as unreachable,
        count(*) filter (where done_at is not null)::int as verified
      from doubt where batch_id = ${id} and sent_at is not null`;
    const { figures } = await callerOf('R2').verify.byId({ id });
    expect(figures).toMatchObject(row ?? {});
    const told = await sql<{ at: string }[]>`select at from verify_result union select sent_at from doubt order by 1`;
    const clocks = told.map(({ at }) => new Date(at).toISOString());
    expect(clocks.length).toBeGreaterThan(4);
    for (const at of clocks) {
      const card = await callerOf('R2').verify.byId({ id, at });
      for (const each of [card.figures, ...card.rules]) {
        expect(each.waiting + each.unreachable + each.verified).toBe(each.sent);
        expect(each.confirmed + each.changed + each.gone).toBe(each.verified);
        expect(each.sent).toBeLessThanOrEqual(each.found);
      }
    }
    const before = await callerOf('R2').verify.byId({ id, at: clocks[0] ?? null });
    expect(before.figures).toMatchObject({ sent: 8, waiting: 8 });
  });

  test('what was confirmed is doubted again only once it says something else', async () => {
    const sql = sqlOf();
    const [kept] = await sql`select record_id from doubt where batch_id = ${id} and state = 'confirmed'`;
    const finds = async () => {
      const next = await opened();
      return (await sql`select record_id from doubt where batch_id = ${next} order by 1`).map((row) => row.record_id);
    };
    expect(await finds()).toEqual([]);
    await inPlain(
      database.connection,
      () => sql`update person set id_number = '888' || substr(id_number, 4) where id = ${kept?.record_id}`,
    );
    expect(await finds()).toEqual([kept?.record_id]);
  });
});

test('two visits at once: one is merged, the other told so', async () => {
  const grid = callerOf('R5', grids[1]);
  const [task] = (await grid.verify.mine({})).tasks as [DoubtTask];
  const both = await Promise.allSettled([
    grid.verify.visit(visitOf(task, 'changed', { house_use: '1' })),
    grid.verify.visit(visitOf(task, 'changed', { house_use: '2' })),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(await sqlOf()`select 1 from verify_result where doubt_id = ${task.id}`).toHaveLength(1);
});

test('a record that was changed since it was shown is not overwritten', async () => {
  const grid = callerOf('R5', grids[2]);
  const [task] = (await grid.verify.mine({})).tasks as [DoubtTask];
  await sqlOf()`update dwelling set house_use = '1' where code = ${dwellingsOf(grids[2])[1]}`;
  await expect(grid.verify.visit(visitOf(task, 'changed', { house_use: '2' }))).rejects.toMatchObject({
    code: 'CONFLICT',
  });
  const [row] = await sqlOf()`select house_use from dwelling where code = ${dwellingsOf(grids[2])[1]}`;
  expect(row?.house_use).toBe('1');
});

test('a merge that breaks leaves nothing behind: neither the record nor its history', async () => {
  const [task] = (await callerOf('R5', grids[3]).verify.mine({})).tasks as [DoubtTask];
  const sql = sqlOf();
  const visit = visitOf(task, 'changed', { house_use: '2' });
  await sql.unsafe(`create function break_it() returns trigger language plpgsql as $$ begin raise 'broken'; end $$;
    create trigger break_it before update on doubt for each row execute function break_it()`);
  const scope = townScope('R5', grids[3]);
  await expect(writeVisit(database.connection, scope, visit)).rejects.toThrow();
  await sql`drop trigger break_it on doubt`;
  expect(await sql`select house_use from dwelling where code = ${dwellingsOf(grids[3])[1]}`).toEqual([
    { house_use: '4' },
  ]);
  expect(await sql`select 1 from verify_result where doubt_id = ${task.id}`).toEqual([]);
  expect(await writeVisit(database.connection, scope, visit)).toEqual({ version: 2 });
});

test('places and entities are put right by a position or a building on the register', async () => {
  const sql = sqlOf();
  await sql`update entity set building_code = repeat('9', 19) where id = 'F1'`;
  await sql`update building set grid_code = null where code = ${buildingOf(grids[1])}`;
  const id = await opened();
  await callerOf('R2').verify.send({ id });
  const desk = callerOf('R2');
  const tasks = await desk.verify.doubts({ id });
  const taskOf = (rule: string) => tasks.find((task) => task.rule === rule) as DoubtTask;
  expect(tasks.map(({ rule }) => rule)).toEqual(['L01', 'L02']);
  await expect(desk.verify.visit(visitOf(taskOf('L01'), 'changed', { position: [100, 10] }))).rejects.toMatchObject({
    code: 'BAD_REQUEST',
  });
  await desk.verify.visit(visitOf(taskOf('L01'), 'changed', { position: [114.5075, 22.5225] }));
  const found = visitOf(taskOf('L02'), 'changed', { building_code: buildingOf(grids[1]) });
  // What lies in a grid is settled there; what lies in none is the root's alone.
  await expect(desk.verify.visit(found)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await callerOf('R5', grids[1]).verify.visit(found);
  expect(await sql`select grid_code, block_code from building where code = ${buildingOf(grids[1])}`).toEqual([
    { grid_code: grids[1], block_code: `${grids[1]}-1` },
  ]);
  expect(await sql`select building_code, grid_code from entity where id = 'F1'`).toEqual([
    { building_code: buildingOf(grids[1]), grid_code: grids[1] },
  ]);
  expect((await desk.verify.byId({ id })).state).toBe('done');
});

test('each role on each screen: batches by those who lead, records by those who see residents, no wall any of it', async () => {
  const id = await opened();
  const forbidden = { code: 'FORBIDDEN' };
  for (const role of roles)
    for (const screen of screenKeys)
      for (const division of ['DP', '440307010', grids[3]]) {
        const { verify } = callerOf(role, division, screen);
        const where = `${role} ${screen} ${division}`;
        const mayRead = screen !== 'big' && ['R1', 'R2', 'R3', 'R4'].includes(role);
        const mayKeep = mayRead && role !== 'R1';
        const mayVisit = screen !== 'big' && (mayKeep || role === 'R5');
        const isAbove = division === 'DP';
        if (!mayRead) await expect(verify.list({}), where).rejects.toMatchObject(forbidden);
        else
          expect(
            (await verify.list({})).some((batch) => batch.id === id),
            where,
          ).toBe(isAbove);
        if (!mayRead) await expect(verify.byId({ id }), where).rejects.toMatchObject(forbidden);
        else if (!isAbove) await expect(verify.byId({ id }), where).rejects.toMatchObject({ code: 'NOT_FOUND' });
        else expect((await verify.byId({ id })).mayKeep, where).toBe(mayKeep);
        if (!mayKeep) await expect(verify.doubts({ id }), where).rejects.toMatchObject(forbidden);
        if (!mayKeep || !isAbove)
          await expect(verify.send({ id }), where).rejects.toMatchObject({ code: mayKeep ? 'NOT_FOUND' : 'FORBIDDEN' });
        if (!mayKeep)
          await expect(verify.open(draft(crypto.randomUUID(), division)), where).rejects.toMatchObject(forbidden);
        else if (!isAbove)
          await expect(verify.open(draft(crypto.randomUUID())), where).rejects.toMatchObject({ code: 'NOT_FOUND' });
        if (!mayVisit) await expect(verify.mine({}), where).rejects.toMatchObject(forbidden);
        else {
          const { tasks } = await verify.mine({});
          const own = (grid: string | null) => isAbove || grid?.startsWith(division.slice(0, 9));
          expect(
            tasks.every(({ grid }) => own(grid)),
            where,
          ).toBe(true);
        }
      }
});

test('a record of another grid is not there to be visited', async () => {
  const [task] = (await callerOf('R2').verify.mine({})).tasks as [DoubtTask];
  const other = grids.find((grid) => grid !== task.grid) ?? '';
  await expect(callerOf('R5', other).verify.visit(visitOf(task, 'confirmed'))).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
});

test('killed while rules run, it goes on with the next one: none is run twice, none left out', async () => {
  const id = crypto.randomUUID();
  const sql = sqlOf();
  await sql`update dwelling set house_use = '4'`;
  await callerOf('R2').verify.open(draft(id));
  const chunks = () => sql<{ rule: string }[]>`select rule from verify_chunk where batch_id = ${id} order by seq`;
  await runJobOnce(database.connection, verifyJobs);
  expect(await chunks()).toEqual([{ rule: doubtRules[0] }]);
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/verify/testing-worker.ts', database.url]);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  while ((await chunks()).length < 3) await new Promise((resolve) => setTimeout(resolve, 2));
  child.kill('SIGKILL');
  await ended;
  await vi.waitFor(
    async () => {
      await runDueJobs(database.connection, verifyJobs);
      expect((await callerOf('R2').verify.byId({ id })).state).toBe('found');
    },
    { timeout: 60_000, interval: 200 },
  );
  expect((await chunks()).map(({ rule }) => rule)).toEqual([...doubtRules]);
  const [told] = await sql`select (select sum(n_found)::int from verify_chunk where batch_id = ${id}) as counted,
    (select count(*)::int from doubt where batch_id = ${id}) as there, (select count(distinct (rule, record_id))::int
    from doubt where batch_id = ${id}) as distinct`;
  expect(told?.there).toBeGreaterThan(0);
  expect(told).toEqual({ counted: told?.there, there: told?.there, distinct: told?.there });
});
