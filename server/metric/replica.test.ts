import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../db/testing';
import { readEnv } from '../env';
import { appendChanges } from '../live/append';
import { type Replica, replicaFile, startReplica } from './replica';
import { loadTown } from './testing';

let database: TestDatabase;
let replica: Replica | undefined;

beforeEach(async () => {
  database = await testDatabase();
});
afterEach(async () => {
  await replica?.stop();
  replica = undefined;
  await database.end();
});

/** Waits until the condition holds; the milliseconds it took. */
const until = async (condition: () => Promise<boolean>, limitMs: number): Promise<number> => {
  const started = performance.now();
  while (!(await condition())) {
    if (performance.now() - started > limitMs) throw new Error(`Not within ${limitMs} ms.`);
    await sleep(10);
  }
  return performance.now() - started;
};

const nOf = async (id: string): Promise<number> => {
  const facts = await replica?.ready();
  return facts ? (await facts.query('select id from event where id = $id', { id })).length : 0;
};

const report = (id: string) =>
  database.connection.db.transaction(async (tx) => {
    await tx.execute(`insert into event (id, number, title, category_code, category_l1, level, source_code, status,
      reported_at, status_at) values ('${id}', '${id}', '${id}', '0101', '01', 2, '01', 'S10', now(), now())`);
    await appendChanges(tx, [{ kind: 'event', id, op: 'put', version: 1, path: null }]);
  });

describe('the replica of a process', () => {
  test('counts what is committed within two seconds, one event after the other', async () => {
    await loadTown(database.connection);
    replica = startReplica(database.connection, { file: null });
    await replica.ready();
    for (const id of ['n1', 'n2', 'n3']) {
      await report(id);
      expect(await until(async () => (await nOf(id)) === 1, 2000)).toBeLessThan(2000);
    }
    const { watermark, asOf, error } = replica.status();
    expect([Number(watermark) > 0, Date.now() - Date.parse(asOf ?? '') < 5000, error]).toEqual([true, true, null]);
  });

  test('goes on after every connection was cut', async () => {
    await loadTown(database.connection);
    replica = startReplica(database.connection, { file: null });
    const facts = await replica.ready();
    const own = await testDatabase();
    await own.connection.sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = ${new URL(database.url).pathname.slice(1)}`;
    await own.end();
    await until(
      () =>
        report('cut').then(
          () => true,
          () => false,
        ),
      5000,
    );
    await until(async () => (await nOf('cut')) === 1, 5000);
    expect(facts.loads()).toBe(1);
  });

  test('says how far behind it is, and why until a step succeeds again', async () => {
    await loadTown(database.connection);
    replica = startReplica(database.connection, { file: null });
    await replica.ready();
    expect(replica.status().lagSeconds).toBeLessThan(5);
    await database.connection.sql`alter table change rename to change_away`;
    await until(async () => replica?.status().error !== null, 5000);
    await until(async () => (replica?.status().lagSeconds ?? 0) >= 2, 5000);
    expect(replica.status().error).toContain('change');
    await database.connection.sql`alter table change_away rename to change`;
    await until(async () => replica?.status().error === null, 5000);
    expect(replica.status().lagSeconds).toBeLessThan(2);
  });

  test('says why while there is nothing to load, and loads when there is', async () => {
    replica = startReplica(database.connection, { file: null });
    await expect(replica.ready()).rejects.toMatchObject({ code: 'unavailable' });
    expect(replica.status()).toMatchObject({
      watermark: null,
      asOf: null,
      error: expect.stringContaining('installation'),
    });
    await loadTown(database.connection);
    await until(async () => replica?.status().watermark !== null, 5000);
    expect(await nOf('e01')).toBe(1);
  });
});

test('its file lies in a folder only the owner can enter, also where that stood open', () => {
  const home = mkdtempSync(join(tmpdir(), 'gridhall-home-'));
  mkdirSync(join(home, 'replica'), { mode: 0o755 });
  const file = replicaFile({ ...readEnv(), GRIDHALL_HOME: home, PORT: 4321 });
  expect(file).toBe(join(home, 'replica', '4321.duckdb'));
  expect(statSync(dirname(file)).mode & 0o777).toBe(0o700);
  rmSync(home, { recursive: true });
});
