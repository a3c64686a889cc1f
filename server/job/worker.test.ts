import { type ChildProcess, spawn } from 'node:child_process';
import { sql } from 'drizzle-orm';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../db/client';
import { servers, type TestDatabase, testDatabase } from '../db/testing';
import { deadJobs, endJobs, mostAttempts, putJobs, reviveJob } from './store';
import { type JobHandlers, runDueJobs, startJobs } from './worker';

const start = new Date('2026-11-22T00:00:00Z');
const at = (seconds: number) => new Date(start.getTime() + seconds * 1000);
const mark = (key: string, dueAt: Date | null, subject = 's') => ({ kind: 'mark', key, subject, dueAt });

const marking: JobHandlers = {
  mark: {
    effect: async (tx, { key }) => {
      await tx.execute(sql`insert into mark (key) values (${key})`);
      return undefined;
    },
  },
};

describe.each(servers())('job queue on %s', (server) => {
  let database: TestDatabase | null = null;
  let connection: Connection;
  beforeEach(async () => {
    database ??= await testDatabase({ server });
    connection = database.connection;
    await connection.db.execute(sql`create table if not exists mark (n serial, key text not null unique)`);
    await connection.db.execute(sql`truncate job, mark`);
  });
  afterAll(() => database?.end());

  const marks = async () => {
    const rows = await connection.db.execute<{ key: string }>(sql`select key from mark order by n`);
    return rows.map(({ key }) => key);
  };

  it('does what is due, in the order of the instants, once each', async () => {
    await putJobs(connection.db, [mark('c', at(30)), mark('a', at(10)), mark('b', at(20)), mark('parked', null)]);
    expect(await runDueJobs(connection, marking, { clock: at(9) })).toBe(0);
    expect(await runDueJobs(connection, marking, { clock: at(25) })).toBe(2);
    expect(await marks()).toEqual(['a', 'b']);
    await putJobs(connection.db, [mark('a', at(26))]);
    expect(await runDueJobs(connection, marking, { clock: at(3600) })).toBe(1);
    expect(await marks()).toEqual(['a', 'b', 'c']);
  });

  it('takes a new instant while it waits, and ends with its subject', async () => {
    await putJobs(connection.db, [mark('a', at(10)), mark('b', at(10), 'other')]);
    await putJobs(connection.db, [mark('a', at(50))]);
    await endJobs(connection.db, 'other');
    expect(await runDueJobs(connection, marking, { clock: at(49) })).toBe(0);
    expect(await runDueJobs(connection, marking, { clock: at(50) })).toBe(1);
    expect(await marks()).toEqual(['a']);
  });

  it('is put off by its own effect', async () => {
    await putJobs(connection.db, [mark('a', at(0))]);
    const late: JobHandlers = {
      mark: { effect: async (_tx, { now }) => (now < at(100) ? { putOffTo: at(100) } : undefined) },
    };
    expect(await runDueJobs(connection, late, { clock: at(1) })).toBe(1);
    expect(await runDueJobs(connection, late, { clock: at(99) })).toBe(0);
    expect(await runDueJobs(connection, late, { clock: at(100) })).toBe(1);
    expect(await runDueJobs(connection, late, { clock: at(200) })).toBe(0);
  });

  it('tries again ever later, then lays it where it is seen; its effect is rolled back each time', async () => {
    await putJobs(connection.db, [mark('a', at(0))]);
    const failing: JobHandlers = {
      mark: {
        effect: async (tx, { key }) => {
          await tx.execute(sql`insert into mark (key) values (${key})`);
          throw new Error('the gateway is closed');
        },
      },
    };
    const times: number[] = [];
    for (let second = 0; second < 600; second += 2)
      if ((await runDueJobs(connection, failing, { clock: at(second) })) > 0) times.push(second);
    expect(times).toEqual([0, 2, 6, 14, 30, 62, 126, 254]);
    expect(times).toHaveLength(mostAttempts);
    expect(await marks()).toEqual([]);
    const [dead] = await deadJobs(connection.db);
    expect(dead).toMatchObject({ key: 'a', attempts: mostAttempts, error: 'the gateway is closed' });
    expect(await reviveJob(connection.db, dead?.id ?? 0)).toBe(true);
    expect(await runDueJobs(connection, marking)).toBe(1);
    expect([await marks(), await deadJobs(connection.db)]).toEqual([['a'], []]);
  });

  it('leaves the effect to whoever took the job over', async () => {
    await putJobs(connection.db, [mark('a', at(0))]);
    let isFirst = true;
    const slow: JobHandlers = {
      mark: {
        send: async () => {
          if (!isFirst) return;
          isFirst = false;
          // The lease has run out; another worker does it meanwhile.
          await runDueJobs(connection, marking, { clock: at(60), leaseSeconds: 30 });
        },
        effect: async (tx) => {
          await tx.execute(sql`insert into mark (key) values ('of the slow one')`);
          return undefined;
        },
      },
    };
    await runDueJobs(connection, slow, { clock: at(1), leaseSeconds: 30 });
    expect(await marks()).toEqual(['a']);
  });

  it('is woken at once by whoever puts a job in, and stops', async () => {
    const running = startJobs(connection, marking);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await putJobs(connection.db, [mark('a', new Date(0))]);
    await expect.poll(marks, { timeout: 900, interval: 20 }).toEqual(['a']);
    await running.stop();
    await putJobs(connection.db, [mark('b', new Date(0))]);
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    expect(await marks()).toEqual(['a']);
  });

  it.runIf(server === 'embedded')(
    'does each job once through two processes that are killed on the way',
    async () => {
      const keys = Array.from({ length: 60 }, (_, i) => String(i).padStart(3, '0'));
      await putJobs(
        connection.db,
        keys.map((key) => mark(key, new Date(0))),
      );
      let begun = 0;
      const begin = (): ChildProcess => {
        const url = database?.url ?? '';
        const child = spawn(process.execPath, ['--import', 'tsx', 'server/job/testing-worker.ts', url], {
          stdio: ['ignore', 'pipe', 'inherit'],
        });
        child.stdout.on('data', (chunk: Buffer) => {
          begun += chunk.toString().split('\n').length - 1;
        });
        return child;
      };
      let left = 2;
      const keep = async (): Promise<void> => {
        for (;;) {
          const before = begun;
          const child = begin();
          const ended = new Promise((resolve) => child.once('exit', resolve));
          while (begun < before + 15 && (await marks()).length < keys.length)
            await new Promise((resolve) => setTimeout(resolve, 20));
          if (left > 0 && (await marks()).length < keys.length) left -= 1;
          else while ((await marks()).length < keys.length) await new Promise((resolve) => setTimeout(resolve, 50));
          child.kill('SIGKILL');
          await ended;
          if ((await marks()).length === keys.length) return;
        }
      };
      await Promise.all([keep(), keep()]);
      // Some were begun twice, for the kill fell between beginning and doing; none was done twice.
      expect((await marks()).sort()).toEqual(keys);
      expect(begun).toBeGreaterThanOrEqual(keys.length);
      const other = connect(database?.url ?? '', { max: 1 });
      expect(await runDueJobs(other, marking)).toBe(0);
      await other.sql.end();
    },
    60_000,
  );
});
