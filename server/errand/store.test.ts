import { randomUUID } from 'node:crypto';
import { asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Errand, ErrandIssue, ErrandKind, ErrandMove } from '@/data/model/errand';
import type { Connection } from '../db/client';
import { building, change, errand, errand_move } from '../db/schema';
import { type TestDatabase, testDatabase } from '../db/testing';
import { moveEvent, reportEvent } from '../event/store';
import { townReport, townScope, writeTown } from '../event/testing';
import { batchById, issueErrands, listBatches, moveErrand, myErrands, voidErrands } from './store';

let database: TestDatabase;
let connection: Connection;
const house = (code: string, grid: string) => ({
  ...{
    code,
    name: code,
    name_en: code,
    address: `${code} Road`,
    house_type: '1',
    storeys: 3,
    area_sqm: 100,
    footprint: [],
  },
  ...{ lng: 114, lat: 22, grid_code: grid, community_code: grid.slice(0, 1), subdistrict_code: 'S' },
});

beforeAll(async () => {
  database = await testDatabase();
  connection = database.connection;
  await writeTown(connection);
  await connection.db.delete(building);
  const houses = ['A1', 'A1', 'A1', 'A2', 'B1'].map((grid, i) => house(`H${i}`, grid));
  await connection.db.insert(building).values(houses as never);
});
afterAll(() => database.end());
beforeEach(async () => {
  await connection.sql`truncate errand, errand_batch`;
});

const desk = townScope('R2');
const grid = (code: string) => townScope('R5', code);
const issue = async (kind: ErrandKind, rest: Partial<ErrandIssue> = {}, scope = desk): Promise<string> => {
  const draft = { id: randomUUID(), kind, division: 'D', perGrid: 2, note: '', ...rest };
  await issueErrands(connection, scope, { dueAt: new Date(Date.now() + 86_400_000).toISOString(), ...draft });
  return draft.id;
};
const step = (one: Pick<Errand, 'id' | 'version'>, rest: Partial<ErrandMove> = {}): ErrandMove => ({
  ...{ id: one.id, version: one.version, step: 'receive', result: null, note: '', clientKey: randomUUID(), ...rest },
});
const does = (code: string, move: ErrandMove) => moveErrand(connection, grid(code), move);
const first = async (code: string): Promise<Errand> => {
  const [one] = await myErrands(connection, grid(code));
  if (!one) throw new Error('none');
  return one;
};

describe('errands', () => {
  it('a patrol goes from the desk to each grid, is received, done and counted, every step on record', async () => {
    const id = await issue('patrol');
    expect((await myErrands(connection, grid('A1'))).map(({ subject }) => subject)).toEqual([
      'building:H0',
      'building:H1',
    ]);
    expect((await myErrands(connection, grid('B2'))).length).toBe(0);
    const one = await first('A1');
    const { version } = await does('A1', step(one));
    await does('A1', step({ ...one, version }, { step: 'finish', result: 'found', note: 'blocked exit' }));
    expect(await batchById(connection, desk, id, null)).toMatchObject({
      ...{ issued: 4, received: 1, finished: 1, late: 0, results: { found: 1 } },
      errands: [{ id: one.id, result: 'found', answer: 'blocked exit' }, {}, {}, {}],
    });
    const moves = await connection.db.select().from(errand_move).where(eq(errand_move.errand_id, one.id));
    expect(moves.map(({ step: made, actor_role }) => [made, actor_role])).toEqual([
      ['issue', 'R2'],
      ['receive', 'R5'],
      ['finish', 'R5'],
    ]);
    const lines = await connection.db.select().from(change).where(eq(change.kind, 'errand')).orderBy(asc(change.seq));
    expect(lines.filter((line) => line.id === one.id).map((line) => line.version)).toEqual([1, 2, 3]);
    await expect(connection.sql`update errand_move set note = 'x'`).rejects.toThrow();
  });

  it('the next batch looks at what was not seen longest, and at nothing that still waits', async () => {
    await issue('patrol', { division: 'A1' });
    const one = await first('A1');
    const { version } = await does('A1', step(one));
    await does('A1', step({ ...one, version }, { step: 'finish', result: 'normal' }));
    await issue('patrol', { division: 'A1', perGrid: 1 });
    const waiting = await myErrands(connection, grid('A1'));
    expect(waiting.map(({ subject }) => subject).sort()).toEqual(['building:H1', 'building:H2']);
  });

  it('an inspection goes to another grid than the one that closed the case, once a case', async () => {
    const row = await reportEvent(connection, desk, townReport('A1', { category: 'hand' }));
    await expect(issue('inspect')).rejects.toMatchObject({ code: 'invalid' });
    await connection.sql`update event set status = 'S61', closed_at = now() where id = ${row.id}`;
    await issue('inspect');
    expect(await myErrands(connection, grid('A1'))).toEqual([]);
    expect(await myErrands(connection, grid('A2'))).toMatchObject([
      { subject: `event:${row.id}`, name: row.number, category: 'hand' },
    ]);
    await expect(issue('inspect')).rejects.toMatchObject({ code: 'invalid' });
    const one = await first('A2');
    const { version } = await does('A2', step(one));
    const finish = (result: 'normal' | 'failed') => does('A2', step({ ...one, version }, { step: 'finish', result }));
    await expect(finish('normal'), 'a result of another kind').rejects.toMatchObject({ code: 'invalid' });
    await finish('failed');
    await expect(
      moveEvent(connection, grid('A2'), { ...row, to: 'S50', departmentCode: null, note: '', satisfaction: null }),
      'inspecting gives no hand in the case',
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  it('a step sent again is one step; another version, key or grid is told so', async () => {
    await issue('patrol');
    const one = await first('A1');
    const move = step(one);
    expect([await does('A1', move), await does('A1', move)]).toEqual([{ version: 2 }, { version: 2 }]);
    await expect(does('A1', step(one))).rejects.toMatchObject({ code: 'conflict' });
    await expect(does('A2', step(one)), 'of another grid').rejects.toMatchObject({ code: 'not_found' });
    await expect(
      does('A1', { ...step({ ...one, version: 2 }), clientKey: move.clientKey, step: 'finish', result: 'normal' }),
    ).rejects.toMatchObject({ code: 'conflict' });
    const both = await Promise.allSettled(
      [1, 2].map(() => does('A1', step({ ...one, version: 2 }, { step: 'finish', result: 'normal' }))),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('what is taken back waits for nobody; what was finished stays counted; outside the territory nothing is issued', async () => {
    const id = await issue('patrol', { division: 'A' }, townScope('R4', 'A'));
    const one = await first('A2');
    const { version } = await does('A2', step(one));
    await does('A2', step({ ...one, version }, { step: 'finish', result: 'normal' }));
    const open = await first('A1');
    await expect(voidErrands(connection, townScope('R4', 'B'), id)).rejects.toMatchObject({ code: 'not_found' });
    await voidErrands(connection, townScope('R4', 'A'), id);
    expect(await myErrands(connection, grid('A1'))).toEqual([]);
    await expect(does('A1', step(open))).rejects.toMatchObject({ code: 'conflict' });
    expect(await listBatches(connection, desk, null)).toMatchObject([{ id, issued: 3, finished: 1, late: 0 }]);
    await expect(issue('patrol', { division: 'B' }, townScope('R4', 'A'))).rejects.toMatchObject({ code: 'not_found' });
  });

  it('a batch issued twice under one id is one batch; two at once share nothing', async () => {
    const id = randomUUID();
    await issue('patrol', { id });
    await issue('patrol', { id });
    await Promise.all(
      [issue('patrol', { perGrid: 1 }), issue('patrol', { perGrid: 1 })].map((one) => one.catch(() => null)),
    );
    const rows = await connection.db.select({ subject: errand.subject }).from(errand);
    expect(rows.map(({ subject }) => subject).sort()).toEqual([
      'building:H0',
      'building:H1',
      'building:H2',
      'building:H3',
      'building:H4',
    ]);
  });
});
