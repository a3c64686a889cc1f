import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EventReport } from '@/data/model/event';
import type { LngLat } from '@/data/model/geo';
import type { Connection } from '../db/client';
import { openDatabase } from '../db/migrate';
import { division, event } from '../db/schema';
import { seedDemo } from '../db/seed';
import { transformer } from '../trpc/transformer';
import { clientOf } from './loop/ask';
import { databaseCpu } from './loop/cpu';
import { type Asker, pollTasks, subscribeAll } from './loop/crowd';
import type { Bench, BenchResult } from './result';

/** Reports on their way at the same time. */
const lanes = 32;
const warmSeconds = 5;
const seconds = 20;

/** The command centre's desk. */
const commander: Asker = { post: 'R2:DP', screen: 'mid' };

type Past = { category: string; source: string; position: LngLat };

const readPast = async ({ db }: Connection): Promise<Past[]> => {
  const rows = await db
    .select({ category: event.category_code, source: event.source_code, lng: event.lng, lat: event.lat })
    .from(event)
    .limit(5_000);
  return rows.flatMap(({ lng, lat, ...row }) =>
    lng === null || lat === null ? [] : [{ ...row, position: [lng, lat] }],
  );
};

const reportLike = ({ category, source, position }: Past): EventReport => ({
  ...{ clientKey: randomUUID(), category, source, position, title: 'Bench' },
  ...{ description: '', address: '', buildingCode: null, dwellingCode: null },
});

const client = clientOf(lanes);

/** Sends one report; resolves with its milliseconds from request to answer. */
const send = async (url: string, report: EventReport): Promise<number> => {
  const from = performance.now();
  await client.ask(`${url}/event.report`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-post': commander.post, 'x-screen': commander.screen },
    body: JSON.stringify(transformer.serialize(report)),
  });
  return performance.now() - from;
};

const storm = async (url: string, past: readonly Past[], forSeconds: number): Promise<number[]> => {
  const times: number[] = [];
  const end = performance.now() + forSeconds * 1_000;
  let next = 0;
  const lane = async () => {
    while (performance.now() < end) {
      const one = past[(next++ * 7_919) % past.length];
      if (one) times.push(await send(url, reportLike(one)));
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return times.sort((a, b) => a - b);
};

const at = (sorted: number[], share: number): number =>
  Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) / 10;

/** Screens: walls and desks of the district, desks of sub-districts, of communities. */
const screens = { district: 20, subdistrict: 80, community: 400 } as const;
const nPhones = 5_000;
const pollMs = 30_000;

/** Posts of the demo by level: code by code, as often as asked. */
const crowdOf = async ({ db }: Connection): Promise<{ screens: Asker[]; phones: Asker[] }> => {
  const nodes = await db.select({ code: division.code, level: division.level }).from(division);
  const codes = (level: number) => nodes.filter((node) => node.level === level).map(({ code }) => code);
  const posts = (n: number, role: string, level: number, screen: Asker['screen']): Asker[] => {
    const all = codes(level);
    return Array.from({ length: n }, (_, i) => ({ post: `${role}:${all[i % all.length]}`, screen }));
  };
  return {
    screens: [
      ...posts(screens.district, 'R2', 3, 'big'),
      ...posts(screens.subdistrict, 'R3', 4, 'mid'),
      ...posts(screens.community, 'R4', 5, 'mid'),
    ],
    phones: posts(nPhones, 'R5', 6, 'small'),
  };
};

/** What `npm start` gives the server: answers are short-lived, and small room for them is cleared all the time. */
const roomForYoung = '--max-semi-space-size=64';

/** The server in a process of its own, as it is in the product; `cpu` = microseconds it has used. */
const startServer = async (databaseUrl: string) => {
  const child = fork(fileURLToPath(new URL('./loop/serve.ts', import.meta.url)), [databaseUrl], {
    execArgv: [roomForYoung, '--import', 'tsx'],
  });
  const told = <T>(): Promise<T> => new Promise((resolve) => child.once('message', (message) => resolve(message as T)));
  const { port } = await told<{ port: number }>();
  const cpu = async (): Promise<number> => {
    const answer = told<{ cpu: number }>();
    child.send('cpu');
    return (await answer).cpu;
  };
  return { url: `http://127.0.0.1:${port}`, cpu, stop: () => child.kill('SIGKILL') };
};

/** What is measured: the server, and who else uses the machine. */
type Stage = { url: string; past: readonly Past[]; cpu: () => Promise<Record<string, number>> };

/** Milliseconds of CPU used so far by each part: this process, the server's, the database's. */
const stageOf = async (
  connection: Connection,
  { url, cpu }: Awaited<ReturnType<typeof startServer>>,
): Promise<Stage> => {
  const database = await databaseCpu(connection);
  const own = () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e3;
  };
  const read = async () => ({
    'the server': (await cpu()) / 1e3,
    PostgreSQL: database(),
    'senders, screens and phones': own(),
  });
  return { url, past: await readPast(connection), cpu: read };
};

const sorted = (times: number[]): number[] => times.toSorted((a, b) => a - b);

const latency = (name: string, times: number[]): BenchResult => ({
  ...{ bench: 'loop', case: name, n: times.length, unit: 'ms' },
  ...{ p50: at(times, 0.5), p95: at(times, 0.95), p99: at(times, 0.99) },
});

const rounded = (value: number): number => Math.round(value * 100) / 100;

/** Reports as fast as they are answered, `words` = what else goes on. */
const stormed = async function* ({ url, past, cpu }: Stage, words: string): AsyncGenerator<BenchResult> {
  await storm(url, past, warmSeconds);
  const [before, began] = [await cpu(), performance.now()];
  const times = await storm(url, past, seconds);
  const took = (performance.now() - began) / 1_000;
  const after = await cpu();
  const n = times.length;
  yield { bench: 'loop', case: `reported and dispatched, ${words}`, n, p50: Math.round(n / took), unit: 'event/s' };
  yield latency(`report over HTTP, ${lanes} at once, ${words}`, times);
  for (const [part, used] of Object.entries(after)) {
    const each = rounded((used - (before[part] ?? 0)) / n);
    yield { bench: 'loop', case: `CPU of ${part}, ${words}`, n, p50: each, unit: 'ms/event' };
  }
};

/** What went over so many lines, as a result. */
const sent = (name: string, n: number, bytes: number): BenchResult => ({
  ...{ bench: 'loop', case: name, n, p50: Math.round(bytes / Math.max(1, n)), unit: 'byte' },
});

const measure = async function* (connection: Connection, stage: Stage): AsyncGenerator<BenchResult> {
  yield* stormed(stage, 'alone');
  const crowd = await crowdOf(connection);
  const screensOpen = await subscribeAll(stage.url, crowd.screens);
  const phones = pollTasks(stage.url, crowd.phones, pollMs);
  yield* stormed(stage, `${crowd.screens.length} screens, ${nPhones} phones`);
  await phones.stop();
  const asked = `tasks asked by ${nPhones} phones every ${pollMs / 1_000} s`;
  yield latency(asked, sorted(phones.times));
  yield sent(`answer to ${asked}`, phones.times.length, phones.bytes());
  const { bytes, chunks } = screensOpen.told;
  yield sent(`message to one of ${crowd.screens.length} screens`, chunks, bytes);
  screensOpen.cut();
};

/**
 * Reports over HTTP with dispatch in the same transaction, on the demo district: one server process, alone, then while
 * screens hold its feed and phones ask for their tasks. Senders, screens and phones are this process.
 */
export const bench: Bench = async function* () {
  const home = mkdtempSync(join(tmpdir(), 'gridhall-bench-'));
  chmodSync(home, 0o755);
  const database = await openDatabase({ home });
  try {
    await seedDemo(database.connection, { size: 'district', at: new Date(), log: console.error });
    const server = await startServer(database.url);
    yield* measure(database.connection, await stageOf(database.connection, server));
    server.stop();
  } finally {
    await database.stop();
    rmSync(home, { recursive: true, force: true });
  }
};
