import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../db/client';
import { event } from '../db/schema';
import { scopedTo } from '../db/scoped';
import { servers, type TestDatabase, testDatabase } from '../db/testing';
import { appendChanges } from '../live/append';
import { openTransaction, touch } from '../live/testing';
import { readNews } from '../live/window';
import { mostListed } from './board';
import { correctEvent, moveEvent, reportEvent } from './store';
import { myTasks } from './task';
import { townReport, townScope, writeTown } from './testing';

const commander = townScope('R2');
const worker = townScope('R5', 'A1', 'small');
const askers = [worker, townScope('R5', 'A2', 'small'), townScope('R6', 'D', 'small'), townScope('R4', 'A'), commander];

describe.each(servers())('tasks kept by the process on %s', (server) => {
  let database: TestDatabase;
  let other: Connection;
  beforeAll(async () => {
    database = await testDatabase({ server });
    await writeTown(database.connection);
    other = connect(database.url);
  });
  beforeEach(async () => {
    await database.connection.sql`truncate event, change`;
    await reload();
  });
  afterAll(async () => {
    await other.sql.end();
    await database.end();
  });

  const reload = () =>
    appendChanges(database.connection.db, [{ kind: 'reload', id: '*', op: 'put', version: 1, path: null }]);
  /** What an asker is told; a process of its own remembers nothing. */
  const told = async (scope = worker, connection = database.connection, department: string | null = null) =>
    (await myTasks(scopedTo(connection, scope), scope, department)).tasks;
  const toldAnew = (scope = worker, department: string | null = null) =>
    told(scope, { ...database.connection, sql: new Proxy(database.connection.sql, {}) }, department);
  const ids = async (...asked: Parameters<typeof told>) => (await told(...asked)).map(({ id }) => id);
  const report = (grid = 'A1') => reportEvent(database.connection, commander, townReport(grid));
  const move = (row: { id: string; version: number }, to: 'S40' | 'S50' | 'S61') =>
    moveEvent(database.connection, to === 'S61' ? commander : worker, {
      ...{ id: row.id, version: row.version, to, departmentCode: null, note: '', satisfaction: null },
    });
  const correct = (row: { id: string; version: number }, level: 1 | 3 | 4) =>
    correctEvent(database.connection, commander, {
      ...{ id: row.id, version: row.version },
      category: 'auto',
      level,
      note: '',
    });

  it('are what the database holds, whoever wrote it, after every step of a long story', async () => {
    await Promise.all(Array.from({ length: mostListed + 8 }, () => report('A1')));
    let seed = 7;
    const draw = (n: number) => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % n;
    };
    const step = async () => {
      const list = await told(askers[draw(askers.length)], draw(2) ? other : database.connection);
      const row = list[draw(2) ? draw(list.length || 1) : list.length - 1];
      const what = draw(5);
      if (what === 0 || !row) return report(draw(2) ? 'A1' : 'A2');
      if (what === 1 || row.grid !== 'A1') return correct(row, row.level === 3 ? 4 : 3);
      if (what === 2) return correct(row, row.level === 1 ? 4 : 1);
      const taken = row.status === 'S31' ? await move(row, 'S40') : row;
      return what === 3 ? move(taken, 'S50') : taken;
    };
    for (let i = 0; i < 30; i++) {
      await step();
      for (const scope of askers)
        for (const department of scope.role === 'R6' ? ['XFJ', 'SWJ'] : [null]) {
          const now = await toldAnew(scope, department);
          expect(await told(scope, database.connection, department)).toEqual(now);
          expect(await told(scope, other, department)).toEqual(now);
        }
    }
    expect((await told()).length).toBe(mostListed);
    expect((await told(askers[1])).length).toBeGreaterThan(0);
  });

  it('are asked for once: later questions read what the log names', async () => {
    const one = await report();
    expect(await ids()).toEqual([one.id]);
    // past the log, as nothing in the product writes
    await database.connection.db.update(event).set({ status: 'S50' }).where(eq(event.id, one.id));
    expect(await ids()).toEqual([one.id]);
    await reload();
    expect(await ids()).toEqual([]);
  });

  it('show what was committed out of order as soon as it is, and nothing that was rolled back', async () => {
    const [one, two] = [await report(), await report()];
    expect(new Set(await ids())).toEqual(new Set([one.id, two.id]));
    const versions = async () => new Map((await told()).map(({ id, version }) => [id, version]));
    const early = await openTransaction(database.connection);
    const late = await openTransaction(database.connection);
    await touch(late.tx, two.id, worker.path);
    await touch(early.tx, one.id, worker.path);
    await late.commit();
    expect(await versions()).toEqual(
      new Map([
        [one.id, 1],
        [two.id, 2],
      ]),
    );
    const third = await report();
    expect(await versions()).toEqual(
      new Map([
        [one.id, 1],
        [two.id, 2],
        [third.id, 1],
      ]),
    );
    await early.commit();
    expect(await versions()).toEqual(
      new Map([
        [one.id, 2],
        [two.id, 2],
        [third.id, 1],
      ]),
    );
    const undone = await openTransaction(database.connection);
    await touch(undone.tx, one.id, worker.path);
    await undone.rollBack();
    expect((await versions()).get(one.id)).toBe(2);
  });

  it('lose what is deleted, and are told of nothing outside', async () => {
    const [one, elsewhere] = [await report('A1'), await report('B1')];
    expect(await ids()).toEqual([one.id]);
    await database.connection.db.transaction(async (tx) => {
      await tx.delete(event).where(eq(event.id, one.id));
      await touch(tx, elsewhere.id, '/P/C/D/S/B/B1/');
      await appendChanges(tx, [{ kind: 'event', id: one.id, op: 'delete', version: 2, path: worker.path }]);
    });
    expect(await ids()).toEqual([]);
    expect(await ids(townScope('R5', 'B1', 'small'))).toEqual([elsewhere.id]);
  });

  it('the log does not tell all to who comes from another server, a later time, or before a purge', async () => {
    const { sql } = database.connection;
    const first = await readNews(sql, null, 10);
    expect(first).toMatchObject({ isCut: false, lines: [] });
    const one = await report();
    const news = { kind: 'event', id: one.id, path: worker.path };
    expect(await readNews(sql, first, 10)).toMatchObject({ isCut: false, lines: [news] });
    expect(await readNews(sql, first, 0)).toMatchObject({ isCut: true });
    expect(await readNews(sql, { ...first, server: 'another' }, 10)).toMatchObject({ isCut: true });
    const [xmin = '', xmax = ''] = first.snapshot.split(':');
    const later = `${BigInt(xmax) + 1_000_000n}`;
    expect(await readNews(sql, { ...first, snapshot: `${later}:${later}:` }, 10)).toMatchObject({ isCut: true });
    const purged = `${BigInt(xmin) + 1n}`;
    await sql`insert into setting (key, value) values ('change_purged', jsonb_build_object('xid', ${purged}::text))`;
    expect(await readNews(sql, first, 10)).toMatchObject({ isCut: true });
  });
});
