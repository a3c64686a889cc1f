import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { type Cluster, findCluster, start, stopCluster } from '../db/cluster';
import { type OpenDatabase, openDatabase } from '../db/migrate';
import { event, event_transition, notice } from '../db/schema';
import { readEnv } from '../env';
import { jobHandlers } from '../job/handlers';
import { runDueJobs } from '../job/worker';
import { createDice } from '../metric/testing-random';
import { writeSupervisedTown } from '../supervision/testing';

let database: OpenDatabase;
let cluster: Cluster;
const home = () => join(inject('testHome'), 'storm');
beforeAll(async () => {
  mkdirSync(home(), { recursive: true });
  database = await openDatabase({ home: home() });
  cluster = findCluster(home());
  await writeSupervisedTown(database.connection);
});
afterAll(async () => {
  await database.connection.sql.end({ timeout: 1 });
  await stopCluster(cluster, 'immediate');
});

const nKills = readEnv().GRIDHALL_TEST_KILLS;

type Answer = { what: string; key: string; id: string };
const answers: Answer[] = [];

/** A server process under its storm of 50 actors; what it acknowledges is written down as it comes. */
const startStorm = (): ChildProcess => {
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/event/testing-storm.ts', database.url], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let rest = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString()).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const [what = '', key = '', id = ''] = line.split(' ');
      answers.push({ what, key, id });
    }
  });
  return child;
};

/** Waits until more was acknowledged: the storm goes on. */
const untilMore = async (more: number): Promise<void> => {
  const from = answers.length;
  for (let i = 0; answers.length < from + more; i += 1) {
    if (i > 6_000) throw new Error('The storm stands still.');
    await sleep(20);
  }
};

/** Kills the database server without a word, and starts it once its children have gone. */
const killDatabase = async (port: number): Promise<void> => {
  process.kill(Number(readFileSync(join(cluster.data, 'postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL');
  await stopCluster(cluster, 'immediate').catch(() => undefined);
  for (let i = 0; ; i += 1) {
    const failed = await start(cluster, port).then(
      () => null,
      (error: unknown) => error,
    );
    if (failed === null) return;
    if (i > 50) throw failed;
    await sleep(200);
  }
};

const storm = async (): Promise<{ server: number; database: number }> => {
  const dice = createDice(nKills);
  const port = Number(new URL(database.url).port);
  const kills = { server: 0, database: 0 };
  let server = startStorm();
  for (let i = 0; i < nKills; i += 1) {
    await untilMore(1 + Math.floor(dice.next() * 40));
    await sleep(dice.next() * 120);
    // every second kill, so that a short run has both
    if (i % 2 === 0) {
      kills.server += 1;
      server.kill('SIGKILL');
      server = startStorm();
    } else {
      kills.database += 1;
      await killDatabase(port);
    }
  }
  await untilMore(20);
  server.kill('SIGKILL');
  await new Promise((resolve) => server.once('close', resolve));
  return kills;
};

const text = async (query: ReturnType<typeof sql>) => [
  ...(await database.connection.db.execute<{ is: string }>(query)),
];

it(
  `no acknowledged act is lost or doubled, no clock wrong, through ${nKills} kills of server and database in a storm`,
  async () => {
    const kills = await storm();
    const { db } = database.connection;
    const stored = new Map((await db.select().from(event)).map((row) => [row.client_key, row]));
    const moves = new Map(
      (await db.select().from(event_transition)).flatMap((row) => (row.client_key ? [[row.client_key, row]] : [])),
    );
    const lost = answers.filter(({ what, key, id }) =>
      what === 'report'
        ? stored.get(key)?.id !== id
        : moves.get(key)?.event_id !== id || moves.get(key)?.to_status !== what,
    );
    expect(lost).toEqual([]);
    expect(answers.length).toBeGreaterThan(nKills);
    expect(kills.server + kills.database).toBe(nKills);
    const broken = await text(sql`
      select e.id as is from event e
      left join lateral (
        select array_agg(seq::integer order by seq) as seqs, (array_agg(to_status order by seq desc))[1] as last,
          array_agg(from_status order by seq) as froms, array_agg(to_status order by seq) as tos
        from event_transition t where t.event_id = e.id
      ) t on true
      where t.last is distinct from e.status
        or t.seqs <> array(select generate_series(1, cardinality(t.seqs)))
        or t.froms[2:] is distinct from t.tos[:cardinality(t.tos) - 1]`);
    expect(broken, 'one status, the steps without a gap, each from where the last one led').toEqual([]);
    const clocks = await text(sql`
      select id as is from event
      where handle_due_at <> reported_at + interval '24 hours 30 minutes' + make_interval(mins => paused_minutes)`);
    expect(clocks, 'limits').toEqual([]);
    const unlogged = await text(sql`
      select id as is from event e
      where not exists (select from change c where c.kind = 'event' and c.id = e.id and c.version = e.version)`);
    expect(unlogged, 'told to readers').toEqual([]);
    const unsupervised = await text(sql`
      select e.id as is from event e
      where e.status not in ('S21', 'S61', 'S62', 'S70', 'S90')
        and not exists (select from job j where j.subject = 'event:' || e.id and j.state = 'waiting')`);
    expect(unsupervised, 'supervised').toEqual([]);
    const clock = new Date(Date.now() + 24 * 3_600_000);
    await runDueJobs(database.connection, jobHandlers(home()), { clock });
    await runDueJobs(database.connection, jobHandlers(home()), { clock });
    const told = await db.select({ cause: notice.cause, post: notice.post, channel: notice.channel }).from(notice);
    const keys = told.map((row) => Object.values(row).join(' '));
    expect(new Set(keys).size).toBe(keys.length);
    const open = await text(sql`
      select id as is from event where status not in ('S21', 'S61', 'S62', 'S70', 'S90')`);
    const reminded = new Set(told.flatMap(({ cause }) => (cause.endsWith(':reminder') ? [cause.split(':')[1]] : [])));
    expect(reminded.size, 'each open event was reminded of').toBe(open.length);
    process.stdout.write(
      `storm: ${kills.server} server and ${kills.database} database kills, ${answers.length} acknowledged acts, ${stored.size} events, ${moves.size} moves\n`,
    );
  },
  Math.max(300_000, nKills * 30_000),
);
