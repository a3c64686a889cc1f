import { type ChildProcess, spawn } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type DoubtTask, doubtRules, type Visit } from '@/data/model/verify';
import { servers, type TestDatabase, testDatabase } from '../db/testing';
import { grids, loadTown, townScope } from '../db/testing-town';
import { loadTerms } from '../dictionary/seed';
import { runDueJobs } from '../job/worker';
import { createCaller } from '../trpc/root';
import { verifyJobs } from './run';

const [north] = grids;

/** Tables a visit writes to after it has written into the base data, the last of them just before its commit. */
const stops = ['verify_result', 'change'] as const;

describe.each(servers())('a process killed while it merges a visit on %s', (server) => {
  let database: TestDatabase;
  let tasks: DoubtTask[] = [];
  const callerOf = (role: 'R2' | 'R5', division = 'DP') =>
    createCaller({ scope: townScope(role, division), connection: database.connection });

  beforeAll(async () => {
    database = await testDatabase({ server });
    await loadTown(database.connection);
    await loadTerms(database.connection.db);
    // vacant, and lived in
    await database.connection.sql`update dwelling set house_use = '4'`;
    const id = crypto.randomUUID();
    await callerOf('R2').verify.open({ id, name: '核查', division: 'DP', rules: [...doubtRules] });
    await runDueJobs(database.connection, verifyJobs);
    await callerOf('R2').verify.send({ id });
    tasks = (await callerOf('R5', north).verify.mine({})).tasks.filter(({ rule }) => rule === 'U01');
  });
  afterAll(() => database.end());

  /** All that a visit to a record may change. */
  const stateOf = async (task: DoubtTask) => {
    const { sql } = database.connection;
    const [doubt] = await sql`
      select d.state, d.version, d.done_at is not null as is_done, w.house_use,
        (select count(*)::int from verify_result r where r.doubt_id = d.id) as results,
        (select count(*)::int from change c where c.kind = 'doubt' and c.id = d.id::text and c.version > 1) as told
      from doubt d join dwelling w on w.code = d.record_id where d.id = ${task.id}`;
    return doubt;
  };

  const start = (visit: Visit): { child: ChildProcess; ended: Promise<number | null> } => {
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', 'server/verify/testing-visitor.ts', database.url, north, JSON.stringify(visit)],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    );
    return { child, ended: new Promise((resolve) => child.once('exit', (code) => resolve(code))) };
  };

  test.each(stops)(
    'leaves nothing half where it had come to %s, and the same visit sent again is whole',
    async (stop) => {
      const { sql } = database.connection;
      const [task] = tasks.splice(0, 1);
      if (!task) throw new Error('The town has too few doubtful dwellings.');
      const visit: Visit = {
        ...{ id: task.id, version: task.version, stamp: task.stamp, result: 'changed', values: { house_use: '1' } },
        ...{ note: '', clientKey: crypto.randomUUID(), happenedAt: new Date().toISOString() },
      };
      const before = await stateOf(task);
      expect(before).toMatchObject({ house_use: '4', results: 0, told: 0 });
      await sql.begin(async (tx) => {
        await tx`lock table ${tx(stop)} in share mode`;
        const { child, ended } = start(visit);
        const waiting = () => sql<{ wrote: boolean }[]>`
        select exists (select from pg_locks l where l.pid = a.pid and l.relation = 'dwelling'::regclass
          and l.mode = 'RowExclusiveLock') as wrote
        from pg_stat_activity a where a.datname = current_database() and a.wait_event_type = 'Lock'`;
        await vi.waitFor(async () => expect(await waiting()).toEqual([{ wrote: true }]), { timeout: 60_000 });
        child.kill('SIGKILL');
        await ended;
      });
      await vi.waitFor(async () => {
        const open =
          await sql`select from pg_stat_activity where datname = current_database() and state like 'idle in%'`;
        expect(open).toHaveLength(0);
        expect(await stateOf(task)).toEqual(before);
      });
      const again = start(visit);
      expect(await again.ended).toBe(0);
      const after = { state: 'changed', version: 2, is_done: true, house_use: '1', results: 1, told: 1 };
      expect(await stateOf(task)).toEqual(after);
      expect(await start(visit).ended).toBe(0);
      expect(await stateOf(task)).toEqual(after);
    },
  );
});
