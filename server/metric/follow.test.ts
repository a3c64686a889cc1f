import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../db/client';
import { servers, type TestDatabase, testDatabase } from '../db/testing';
import { writeInstallation } from '../dictionary/store';
import { type Facts, openFacts } from './follower';
import { loadTown, town } from './testing';
import { catchUp, inFacts, inStore, put } from './testing-follow';

type Tx = postgres.TransactionSql;

const remove = async (tx: Tx, id: string) => {
  await tx`delete from event where id = ${id}`;
  await tx`insert into change (kind, id, op, version) values ('event', ${id}, 'delete', 0)`;
};

/** A transaction held open on a connection of its own until told. */
const openTransaction = async (url: string) => {
  const own = connect(url, { max: 1 });
  const reserved = await own.sql.reserve();
  await reserved`begin`;
  const tx = reserved as unknown as Tx;
  return {
    tx,
    end: async (how: 'commit' | 'rollback') => {
      await reserved.unsafe(how);
      reserved.release();
      await own.sql.end();
    },
  };
};

describe.each(servers())('facts follow the log of %s', (server) => {
  let database: TestDatabase;
  let facts: Facts;

  beforeAll(async () => {
    database = await testDatabase({ server });
    await loadTown(database.connection);
    facts = await openFacts(database.connection, { file: null });
  });
  afterAll(async () => {
    facts?.close();
    await database?.end();
  });

  test('a line of any kind brings the rows it names', async () => {
    const { sql } = database.connection;
    const lines: [string, string, string][] = [
      ['duty', 'W1|2026-03-02T00:00:00.000Z', 'duty'],
      ['alert', 'A1', 'alert'],
      ['weather', 'x', 'weather_hour'],
      ['beach', 'x', 'beach_hour'],
      ['ticket', 'x', 'ticket'],
      ['whistle', 'x', 'whistle'],
      ['care', 'K1', 'care'],
      ['visit', 'K1|1', 'visit'],
      ['call', 'A1|B01-1', 'call'],
      ['errand', 'R1', 'errand'],
      ['volunteer', 'x', 'volunteer'],
      ['turn', 'x', 'volunteer_turn'],
      ['doubt', 'x', 'doubt'],
    ];
    const counted = async (fact: string) => (await facts.query(`select count(*)::int as n from ${fact}`))[0]?.n;
    const before = await Promise.all(lines.map(([, , fact]) => counted(fact)));
    for (const [kind, id] of lines)
      await sql`insert into change (kind, id, op, version) values (${kind}, ${id}, 'put', 1)`;
    await catchUp(facts, sql);
    expect(await Promise.all(lines.map(([, , fact]) => counted(fact)))).toEqual(before);
    await sql`update care_visit set visited_at = '2026-03-02 09:00+08' where care_id = 'K3'`;
    await sql`update care_call set confirmed_at = '2026-03-01 10:00+08' where dwelling_code = 'B09-1' and alert_id = 'A1'`;
    await sql`insert into change (kind, id, op, version) values ('visit', 'K3|1', 'put', 2), ('call', 'A1|B09-1', 'put', 2)`;
    await catchUp(facts, sql);
    const told = await facts.query(`select (select count(*) from visit where visited_at is not null)::int as visits,
      (select count(*) from call where confirmed_at is not null)::int as calls`);
    expect(told[0]).toMatchObject({ visits: 5, calls: 4 });
  });

  test('a row that commits late is counted, and never overwritten by an older image', async () => {
    const { sql } = database.connection;
    const open = await Promise.all(['b', 'c', 'a'].map(() => openTransaction(database.url)));
    const [b, c, a] = open;
    if (!a || !b || !c) throw new Error('three transactions');
    for (const { tx } of [b, c, a]) await tx`select pg_current_xact_id()`;
    await put(a.tx, 'late', 1);
    await a.end('commit');
    await facts.sync();
    expect(await facts.query("select id from event where id = 'late'")).toEqual([]);
    await put(b.tx, 'late', 2, 'S20');
    await b.end('commit');
    await facts.sync();
    const stalled = facts.status();
    await put(c.tx, 'slow', 1);
    await c.end('commit');
    await catchUp(facts, sql);
    expect(await facts.query("select id, version, status from event where id in ('late', 'slow') order by id")).toEqual(
      [
        { id: 'late', version: 2, status: 'S20' },
        { id: 'slow', version: 1, status: 'S10' },
      ],
    );
    await sql.begin((tx) => put(tx, 'late', 3, 'S30'));
    await catchUp(facts, sql);
    expect(await inFacts(facts)).toEqual(await inStore(sql));
    expect(BigInt(facts.status().watermark)).toBeGreaterThan(BigInt(stalled.watermark));
    expect(facts.loads()).toBe(1);
  });

  test('as-of stands still while an older transaction is open, and moves on after it', async () => {
    const { sql } = database.connection;
    await catchUp(facts, sql);
    const open = await openTransaction(database.url);
    await put(open.tx, 'held', 1);
    const [row] = await sql<{ ms: number }[]>`select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms`;
    const between = row?.ms ?? 0;
    await sql.begin((tx) => put(tx, 'free', 1));
    await facts.sync();
    await facts.sync();
    expect(facts.status().asOf.getTime()).toBeLessThan(between);
    await open.end('commit');
    await catchUp(facts, sql);
    expect(facts.status().asOf.getTime()).toBeGreaterThan(between);
    expect(await inFacts(facts)).toEqual(await inStore(sql));
  });

  test('ten writers with deletes and rollbacks leave the same rows in both', async () => {
    const { sql } = database.connection;
    const pool = connect(database.url, { max: 10 });
    let isWriting = true;
    const following = (async () => {
      while (isWriting) await facts.sync();
    })();
    const write = async (writer: number) => {
      for (let round = 0; round < 60; round += 1) {
        const id = `w${(writer * 7 + round * 3) % 40}`;
        await pool.sql
          .begin(async (tx) => {
            const [known] = await tx<{ version: number }[]>`select version from event where id = ${id} for update`;
            if (known && round % 5 === 4) await remove(tx, id);
            else await put(tx, id, (known?.version ?? 0) + 1, round % 2 ? 'S20' : 'S10');
            if (round % 7 === 6) throw new Error('rolled back');
          })
          .catch((error: Error) => {
            if (error.message !== 'rolled back') throw error;
          });
      }
    };
    await Promise.all(Array.from({ length: 10 }, (_, writer) => write(writer)));
    isWriting = false;
    await following;
    await catchUp(facts, sql);
    await pool.sql.end();
    expect(await inFacts(facts)).toEqual(await inStore(sql));
    expect(facts.loads()).toBe(1);
  });

  test('a signing-in changes the shift and no other row', async () => {
    const { sql } = database.connection;
    await sql.begin(async (tx) => {
      await tx`update duty set signed_in_at = '2026-03-02 09:00+08', version = version + 1 where worker_id = 'W2'`;
      await tx`insert into change (kind, id, op, version) values ('duty', 'W2|2026-03-02T00:00:00.000Z', 'put', 2)`;
    });
    await catchUp(facts, sql);
    const signed = await facts.query(
      'select worker_id, version, epoch_ms(signed_in_at)::double as at from duty where version > 1 or signed_in_at is null order by 1',
    );
    expect(signed).toEqual([
      { worker_id: 'W2', version: 2, at: Date.parse('2026-03-02T09:00:00+08:00') },
      { worker_id: 'W5', version: 1, at: null },
    ]);
  });

  test('a bulk load announced in the log is read anew', async () => {
    const { sql } = database.connection;
    const loads = facts.loads();
    await sql.begin(async (tx) => {
      await tx`insert into asset (id, asset_group, asset_type, name, name_en) values ('A9', 'base', 'Z01', 'A9', 'A9')`;
      await tx`update vehicle_holder set to_on = '2026-03-01' where vehicle_id = 5`;
      await tx`insert into vehicle_holder (id, vehicle_id, entity_id, from_on) values (99, 5, 'E1', '2026-03-01')`;
      await tx`insert into change (kind, id, op, version) values ('reload', '*', 'put', 0)`;
    });
    await catchUp(facts, sql);
    expect(facts.loads()).toBe(loads + 1);
    expect(await facts.query('select count(*)::int as n from asset')).toEqual([{ n: 6 }]);
    const held = 'select holder_kind, from_on::varchar as since from vehicle where id = 5 order by from_on';
    expect(await facts.query(held)).toEqual([
      { holder_kind: 'person', since: '2020-01-01' },
      { holder_kind: 'entity', since: '2026-03-01' },
    ]);
    await catchUp(facts, sql);
    expect(facts.loads()).toBe(loads + 1);
  });
});

describe('a replica file', () => {
  let folder: string;
  let database: TestDatabase;
  const file = () => join(folder, 'replica.duckdb');

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gridhall-replica-'));
    database = await testDatabase();
    await loadTown(database.connection);
  });
  afterAll(async () => {
    await database?.end();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Opens the file, hands out what it holds and how it came in, and closes it. */
  const visit = async (store = database.connection) => {
    const facts = await openFacts(store, { file: file() });
    await catchUp(facts, store.sql);
    const seen = { loads: facts.loads(), rows: await inFacts(facts) };
    facts.close();
    return seen;
  };

  test('is followed on from after a stop, with what happened meanwhile', async () => {
    const { sql } = database.connection;
    await sql.begin((tx) => put(tx, 'before', 1));
    expect((await visit()).loads).toBe(1);
    await sql.begin((tx) => put(tx, 'between', 1));
    await sql.begin((tx) => remove(tx, 'e24'));
    const seen = await visit();
    expect(seen.loads).toBe(0);
    expect(seen.rows).toEqual(await inStore(sql));
    expect((await visit()).loads).toBe(0);
  });

  test('is loaded anew when the log has been purged past it', async () => {
    const { sql } = database.connection;
    await sql.begin((tx) => put(tx, 'unseen', 1));
    await sql`delete from change`;
    const seen = await visit();
    expect(seen.loads).toBe(1);
    expect(seen.rows).toEqual(await inStore(sql));
  });

  test('is loaded anew for another database, cluster or installation', async () => {
    const other = await testDatabase();
    await loadTown(other.connection);
    await other.connection.sql`delete from event where id <> 'e01'`;
    expect(await visit(other.connection)).toMatchObject({ loads: 1, rows: [{ id: 'e01' }] });
    await writeInstallation(other.connection.db, { ...town, timeZone: 'UTC' });
    expect((await visit(other.connection)).loads).toBe(1);
    expect((await visit(other.connection)).loads).toBe(0);
    await other.end();
  });

  test('that cannot be read is begun anew', async () => {
    for (const path of [file(), `${file()}.wal`]) rmSync(path, { force: true });
    writeFileSync(file(), 'half a file');
    const seen = await visit();
    expect(seen.loads).toBe(1);
    expect(seen.rows).toEqual(await inStore(database.connection.sql));
  });

  test('of a process killed at work is followed on from', async () => {
    rmSync(file(), { force: true });
    // a file is followed on from by the last line it has applied: there is one, however soon the process is killed
    await database.connection.sql.begin((tx) => put(tx, 'first', 1));
    const script = `
      import { connect } from './server/db/client';
      import { openFacts } from './server/metric/follower';
      void (async () => {
        const facts = await openFacts(connect(process.argv[1] ?? ''), { file: process.argv[2] ?? '' });
        console.log('following');
        for (;;) await facts.sync();
      })();`;
    const child = spawn('npx', ['tsx', '-e', script, database.url, file()], {
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    });
    await once(child.stdout, 'data');
    const { sql } = database.connection;
    for (let n = 1; n <= 20; n += 1) await sql.begin((tx) => put(tx, 'killed', n, n % 2 ? 'S10' : 'S20'));
    process.kill(-(child.pid ?? 0), 'SIGKILL');
    await once(child, 'close');
    await sql.begin((tx) => put(tx, 'after', 1));
    const seen = await visit();
    expect(seen.loads).toBe(0);
    expect(seen.rows).toEqual(await inStore(sql));
  });

  test('is loaded anew by a running replica that finds another server behind the same address', async () => {
    const facts = await openFacts(database.connection, { file: null });
    await writeInstallation(database.connection.db, { ...town, seededAt: '2026-11-01T00:00:00Z' });
    await database.connection.sql`delete from event`;
    await facts.sync();
    expect(facts.loads()).toBe(1);
    facts.doubt();
    await facts.sync();
    expect(facts.loads()).toBe(2);
    expect(await inFacts(facts)).toEqual([]);
    facts.close();
  });
});
