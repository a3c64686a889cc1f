import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { change } from '../db/schema';
import { servers, type TestDatabase, testDatabase } from '../db/testing';
import { townScope, writeTown } from '../event/testing';
import { openFacts } from '../metric/follower';
import { appendChanges } from './append';
import { createFeed } from './feed';
import { purgeLog } from './purge';
import { listenTo, openTransaction, until } from './testing';
import { currentXmin, readWindow } from './window';

const commander = townScope('R2');

describe.each(servers())('purge of the change log on %s', (server) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase({ server });
    await writeTown(database.connection);
  });
  beforeEach(() => database.connection.sql`delete from change`);
  afterAll(() => database.end());

  /** Logs one change as of some days ago. */
  const log = async (id: string, days: number, db = database.connection.db as Parameters<typeof appendChanges>[0]) => {
    await appendChanges(db, [{ kind: 'duty', id, op: 'put', version: 1, path: commander.path }]);
    const { sql } = database.connection;
    if (db === database.connection.db)
      await sql`update change set at = now() - make_interval(days => ${days}) where id = ${id}`;
  };
  /** Purges until so many lines are gone: a transaction in another database of the server can hold the edge back. */
  const purge = async (n: number) => {
    let gone = 0;
    await until(`${n} lines are purged`, async () => {
      gone += await purgeLog(database.connection.sql);
      return gone >= n;
    });
    return gone;
  };
  const left = async () =>
    (await database.connection.db.select({ id: change.id }).from(change).orderBy(change.seq)).map(({ id }) => id);

  it('removes what is older than a week, up to the first younger line', async () => {
    await log('old 1', 9);
    await log('old 2', 8);
    await log('young', 6);
    await log('old, but later', 9);
    expect(await purge(2)).toBe(2);
    expect(await left()).toEqual(['young', 'old, but later']);
    expect(await purgeLog(database.connection.sql)).toBe(0);
  });

  it('keeps every line from the oldest open transaction on', async () => {
    const { tx, commit } = await openTransaction(database.connection);
    await log('after it', 9);
    await appendChanges(tx, [{ kind: 'duty', id: 'late', op: 'put', version: 1, path: null }]);
    expect(await purgeLog(database.connection.sql)).toBe(0);
    await commit();
    expect(await left()).toEqual(expect.arrayContaining(['after it', 'late']));
  });

  it('tells readers that would miss something, and only those', async () => {
    const { sql } = database.connection;
    const before = await currentXmin(sql);
    await log('gone', 9);
    await log('stays', 1);
    expect((await readWindow(sql, before)).isCut).toBe(false);
    expect(await purge(1)).toBe(1);
    await until('the window is past it', async () =>
      (await readWindow(sql, before)).lines.some(({ id }) => id === 'stays'),
    );
    expect(await readWindow(sql, before)).toMatchObject({ isCut: true, lines: [{ id: 'stays' }] });
    const [line] = await database.connection.db.select({ xid: change.xid }).from(change);
    expect(await readWindow(sql, line?.xid ?? '')).toMatchObject({ isCut: false, lines: [{ id: 'stays' }] });
  });

  it('sends a subscriber whose place was purged to ask again, and resumes the others', async () => {
    const feed = createFeed(database.connection);
    const first = await listenTo(feed, commander);
    await first.settle(database.connection);
    const away = first.cursor() ?? '';
    await log('gone', 9);
    await until('it came', () => first.items.some((item) => 'id' in item && item.id === 'gone'));
    await log('stays', 1);
    await until('it came', () => first.items.some((item) => 'id' in item && item.id === 'stays'));
    const near = first.items.find((item) => 'id' in item && item.id === 'stays')?.cursor ?? '';
    await database.connection.sql`update change set at = now() - interval '9 days' where id <> 'stays'`;
    expect(await purge(2)).toBe(2);
    const late = await listenTo(feed, commander, away);
    expect(late.items.map(({ kind }) => kind)).toEqual(['refetch']);
    const soon = await listenTo(feed, commander, near);
    expect(soon.items[0]?.kind).toBe('clock');
    await Promise.all([first.cut(), late.cut(), soon.cut()]);
    feed.end();
  });

  it('happens by itself while the feed is followed', async () => {
    await log('old', 9);
    const feed = createFeed(database.connection);
    const listener = await listenTo(feed, commander);
    await until('the old line is gone', async () => !(await left()).includes('old'));
    await listener.cut();
    feed.end();
  });

  it('makes figures load anew when lines were purged before they were read', async () => {
    const facts = await openFacts(database.connection, { file: null });
    const loads = facts.loads();
    await log('gone unread', 9);
    await log('stays', 1);
    await purge(1);
    await facts.sync();
    expect(facts.loads()).toBe(loads + 1);
    await facts.sync();
    expect(facts.loads()).toBe(loads + 1);
    facts.close();
  });
});
