import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { EventRow, LiveItem } from '@/data/model/event';
import { connect } from '../db/client';
import { servers, type TestDatabase, testDatabase } from '../db/testing';
import { reportEvent } from '../event/store';
import { centerOf, townReport, townScope, writeTown } from '../event/testing';
import { appendChanges } from './append';
import { createFeed, type Feed } from './feed';
import { itemsFrom, listenTo, openTransaction, touch, until } from './testing';
import { currentXmin, type LoggedChange, readWindow } from './window';

const commander = townScope('R2');
const pathOf = (row: EventRow) => `/P/C/D/S/${row.community}/${row.grid}/`;
const asOfOf = (items: LiveItem[]) =>
  items.flatMap((item) => (item.kind === 'clock' ? [Date.parse(item.asOf)] : [])).at(-1) ?? 0;

describe.each(servers())('live feed on %s', (server) => {
  let database: TestDatabase;
  let feed: Feed;
  const cuts: (() => Promise<unknown>)[] = [];
  const opened: (() => Promise<unknown>)[] = [];
  beforeAll(async () => {
    database = await testDatabase({ server });
    await writeTown(database.connection);
    feed = createFeed(database.connection);
  });
  afterEach(() => Promise.all(opened.splice(0).map((rollBack) => rollBack())));
  afterAll(async () => {
    await Promise.all(cuts.map((cut) => cut()));
    feed.end();
    await database.end();
  });

  const listen = async (scope = commander, from: string | null = null, source = feed) => {
    const listener = await listenTo(source, scope, from);
    cuts.push(listener.cut);
    if (from === null) await listener.settle(database.connection);
    return listener;
  };
  const open = async (connection = database.connection) => {
    const transaction = await openTransaction(connection);
    opened.push(transaction.rollBack);
    return transaction;
  };
  const report = (grid = 'A1') => reportEvent(database.connection, commander, townReport(grid));
  const touched = (row: EventRow) => database.connection.db.transaction((tx) => touch(tx, row.id, pathOf(row)));

  it('delivers what commits late, in any order, and the newest version wins', async () => {
    const [one, two] = [await report(), await report()];
    const { cut, newest, items } = await listen();
    const b = await open();
    const c = await open();
    const openedAt = Date.now();
    const a = await open();
    expect(await touch(a.tx, one.id, pathOf(one))).toBe(2);
    await a.commit();
    expect(await touch(b.tx, one.id, pathOf(one))).toBe(3);
    await touch(c.tx, two.id, pathOf(two));
    await b.commit();
    await until('the line of B is there', () => newest.get(one.id) === 3);
    expect(newest.has(two.id)).toBe(false);
    expect(asOfOf(items)).toBeLessThanOrEqual(openedAt);
    await c.commit();
    await until('the lines of C and A are there', () => newest.get(two.id) === 2);
    const lines = items.filter((item) => item.kind === 'event').map(({ id }) => id);
    expect(lines).toEqual([one.id, two.id, one.id]);
    expect(newest.get(one.id)).toBe(3);
    await cut();
  });

  it('reads every committed line once and no other, under ten writers that roll back', async () => {
    const rows = await Promise.all(Array.from({ length: 12 }, (_, i) => report(i % 2 ? 'A1' : 'B1')));
    const listener = await listen();
    const start = await currentXmin(database.connection.sql);
    const writers = connect(database.url, { max: 10 });
    const committed: string[] = [];
    const write = async (writer: number) => {
      for (let round = 0; round < 25; round++) {
        const row = rows[(writer * 7 + round * 5) % rows.length] as EventRow;
        const transaction = await open(writers);
        const version = await touch(transaction.tx, row.id, pathOf(row));
        await new Promise((resolve) => setTimeout(resolve, (writer * 13 + round * 29) % 17));
        if ((writer + round) % 3 === 0) {
          await transaction.rollBack();
          continue;
        }
        await transaction.commit();
        committed.push(`${row.id} ${version}`);
      }
    };
    const lines: LoggedChange[] = [];
    let watermark = start;
    let isWriting = true;
    const read = async () => {
      const window = await readWindow(database.connection.sql, watermark);
      watermark = window.upto;
      lines.push(...window.lines);
    };
    const reading = (async () => {
      while (isWriting) await read();
    })();
    await Promise.all(Array.from({ length: 10 }, (_, i) => write(i)));
    isWriting = false;
    await reading;
    // transactions of other databases of the server hold the edge of the log back
    await until('the log has all', async () => {
      await read();
      return lines.length >= committed.length;
    });
    expect(committed.length).toBeGreaterThan(150);
    expect(lines.map(({ id, version }) => `${id} ${version}`).sort()).toEqual(committed.sort());
    const newest = new Map<string, number>();
    for (const { id, version } of lines) newest.set(id, Math.max(version, newest.get(id) ?? 0));
    await until('the feed has all', () => [...newest].every(([id, version]) => listener.newest.get(id) === version));
    await writers.sql.end();
    await listener.cut();
  });

  it('resumes after a cut with exactly what was missed', async () => {
    const rows = [await report('A1'), await report('B1'), await report('A2')];
    const first = await listen();
    for (const row of rows) await touched(row);
    await until('all came', () => rows.every(({ id }) => first.newest.get(id) === 2));
    await first.cut();
    for (const row of rows.slice(0, 2)) await touched(row);
    const last = first.items.filter(({ kind }) => kind === 'event').at(-1)?.cursor ?? null;
    const second = await listen(commander, last);
    await until('the missed came', () => second.newest.size === 2);
    expect([...second.newest]).toEqual(rows.slice(0, 2).map(({ id }) => [id, 3]));
    const middle = first.items.find((item) => item.kind === 'event' && item.id === rows[1]?.id)?.cursor ?? null;
    const third = await listen(commander, middle);
    await until('the clock came', () => third.items.some(({ kind }) => kind === 'clock'));
    expect(new Set(third.newest.keys())).toEqual(new Set(rows.map(({ id }) => id)));
    await Promise.all([second.cut(), third.cut()]);
  });

  it('says refetch to a cursor it does not know, one of the future, and one too far behind', async () => {
    const listener = await listen();
    const known = listener.cursor() ?? '';
    const [system] = known.split('.');
    const kinds = async (cursor: string) => {
      const late = await listen(commander, cursor);
      await late.cut();
      return late.items.map(({ kind }) => kind);
    };
    expect(await kinds('nonsense')).toEqual(['refetch']);
    expect(await kinds('another_1.5.0')).toEqual(['refetch']);
    expect(await kinds(`${system}.999999999999.0`)).toEqual(['refetch']);
    expect(await kinds(known)).toContain('clock');
    const path = '/P/C/D/';
    const lines = Array.from({ length: 2_001 }, (_, i) => ({
      ...{ kind: 'event' as const, id: `gone-${i}`, op: 'delete' as const, version: 1, path },
    }));
    await appendChanges(database.connection.db, lines);
    // A transaction of another test's database holds the window of all back for a while.
    await expect.poll(async () => [...new Set(await kinds(known))], { timeout: 40_000 }).toEqual(['refetch']);
    await listener.cut();
  });

  it('drops a subscriber that does not read to refetch, without harm to others', async () => {
    const stop = new AbortController();
    const slow = itemsFrom(feed, commander, null, stop.signal);
    await slow.next();
    const quick = await listen();
    const path = '/P/C/D/S/A/';
    const deletions = Array.from({ length: 2_100 }, (_, i) => ({
      ...{ kind: 'event' as const, id: `gone-${i}`, op: 'delete' as const, version: 1, path },
    }));
    await appendChanges(database.connection.db, deletions.slice(0, 1_500));
    await until('the quick one has them', () => quick.newest.size >= 1_500);
    await appendChanges(database.connection.db, deletions.slice(1_500));
    await until('the quick one has all', () => quick.newest.size >= 2_100);
    expect((await slow.next()).value).toMatchObject({ kind: 'refetch' });
    stop.abort();
    await quick.cut();
  });

  it('sends a territory its own changes only, and walls no person', async () => {
    const secret = townReport('A1', { position: [114.0012, 22.0034], title: 'Mr. Secret of No. 5' });
    const listeners = {
      all: await listen(),
      a: await listen(townScope('R4', 'A')),
      b: await listen(townScope('R4', 'B')),
      wall: await listen(townScope('R2', 'D', 'big')),
    };
    const inA = await reportEvent(database.connection, commander, secret);
    const inB = await report('B2');
    const duty = { kind: 'duty', id: 'W1|2026-11-22T00:00:00.000Z', op: 'put', version: 1, path: pathOf(inB) } as const;
    await appendChanges(database.connection.db, [duty]);
    await until('the wall has all', () => listeners.wall.items.filter(({ kind }) => kind === 'duty').length > 1);
    await until('everybody has all', () => listeners.all.newest.size === 2 && listeners.b.newest.size === 1);
    expect([...listeners.a.newest.keys()]).toEqual([inA.id]);
    expect([...listeners.b.newest.keys()]).toEqual([inB.id]);
    const wallText = JSON.stringify(listeners.wall.items);
    for (const word of ['Secret', 'Test Road', '114.0012', 'W1|']) expect(wallText).not.toContain(word);
    const seen = listeners.wall.items.find((item) => item.kind === 'event' && item.id === inA.id);
    expect(seen).toMatchObject({ event: { position: centerOf('A1'), address: null, building: null } });
    expect(JSON.stringify(listeners.a.items)).toContain('Mr. Secret of No. 5');
    expect(listeners.a.items.filter(({ kind }) => kind === 'duty').length).toBeLessThanOrEqual(1);
    await Promise.all(Object.values(listeners).map(({ cut }) => cut()));
  });

  it('behaves as one through two servers on one database', async () => {
    const other = connect(database.url);
    const second = createFeed(other);
    const feeds = [feed, second] as const;
    const listeners = await Promise.all(feeds.map((source) => listen(commander, null, source)));
    const rows = [
      await reportEvent(database.connection, commander, townReport('A1')),
      await reportEvent(other, commander, townReport('B1')),
    ];
    for (const { newest } of listeners) await until('both came', () => rows.every(({ id }) => newest.has(id)));
    const [here, there] = listeners;
    await here?.cut();
    await touched(rows[0] as EventRow);
    const moved = await listen(commander, here?.cursor() ?? null, feeds[1]);
    await until('the other server goes on', () => moved.newest.get(rows[0]?.id ?? '') === 2);
    expect([...moved.newest.keys()]).toEqual([rows[0]?.id]);
    await Promise.all([there?.cut(), moved.cut()]);
    second.end();
    await other.sql.end();
  });

  it('loses nothing when the server ends its connections again and again', async () => {
    const row = await report();
    const listener = await listen();
    const pids = new Set<number>();
    for (let round = 2; round < 12; round++) {
      const killed = await database.connection.sql<{ pid: number }[]>`
        select pid, pg_terminate_backend(pid) from pg_stat_activity
        where application_name = 'gridhall-feed' and datname = current_database()`;
      for (const { pid } of killed) pids.add(pid);
      expect(await touched(row)).toBe(round);
    }
    await until('the last version came', () => listener.newest.get(row.id) === 11);
    expect(pids.size).toBeGreaterThan(1);
    await touched(row);
    await until('it goes on', () => listener.newest.get(row.id) === 12);
    await listener.cut();
  });

  it('says refetch after a bulk load', async () => {
    const listener = await listen(townScope('R4', 'A'));
    await appendChanges(database.connection.db, [{ kind: 'reload', id: '*', op: 'put', version: 1, path: null }]);
    await until('it says so', () => listener.items.some(({ kind }) => kind === 'refetch'));
    await listener.cut();
  });

  it('tells the time it is up to while nothing happens', async () => {
    const listener = await listen();
    const begun = Date.now();
    await until('the clock goes on', () => asOfOf(listener.items) > begun + 1_500);
    expect(asOfOf(listener.items)).toBeLessThanOrEqual(Date.now() + 50);
    await listener.cut();
  });

  it('lets go at once on abort and when the server stops', async () => {
    const listener = await listen();
    const before = Date.now();
    expect(await listener.cut()).toBeNull();
    expect(Date.now() - before).toBeLessThan(100);
    const ending = createFeed(database.connection);
    const last = await listenTo(ending, commander);
    ending.end();
    expect(await last.cut()).toMatchObject({ code: 'unavailable' });
    await expect(itemsFrom(ending, commander, null, new AbortController().signal).next()).rejects.toMatchObject({
      code: 'unavailable',
    });
  });
});
