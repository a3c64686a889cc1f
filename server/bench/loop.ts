import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import superjson from 'superjson';
import type { EventReport } from '@/data/model/event';
import type { LngLat } from '@/data/model/geo';
import type { Scope } from '@/data/model/scope';
import type { Connection } from '../db/client';
import { openDatabase } from '../db/migrate';
import { event } from '../db/schema';
import { seedDemo } from '../db/seed';
import { feedOf } from '../live/feed';
import { serveHttp } from '../live/testing-http';
import type { Bench, BenchResult } from './result';

/** Reports on their way at the same time. */
const lanes = 32;
const warmSeconds = 5;
const seconds = 20;

const commander: Scope = {
  ...{ division: 'DP', path: '/44/4403/DP/', level: 'district', role: 'R2', screen: 'mid' },
  ...{ post: 'DP', actorId: 'R2:DP' },
};

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

/** Sends one report; resolves with its milliseconds from request to answer. */
const send = async (url: string, report: EventReport): Promise<number> => {
  const from = performance.now();
  const answer = await fetch(`${url}/event.report`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(superjson.serialize(report)),
  });
  if (!answer.ok) throw new Error(await answer.text());
  await answer.arrayBuffer();
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

const measure = async function* (connection: Connection, url: string): AsyncGenerator<BenchResult> {
  const past = await readPast(connection);
  await storm(url, past, warmSeconds);
  const [cpu, began] = [process.cpuUsage(), performance.now()];
  const times = await storm(url, past, seconds);
  const took = (performance.now() - began) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  const n = times.length;
  yield { bench: 'loop', case: 'reported and dispatched', n, p50: Math.round(n / took), unit: 'event/s' };
  yield {
    bench: 'loop',
    case: `report over HTTP, ${lanes} at once`,
    n,
    p50: at(times, 0.5),
    p95: at(times, 0.95),
    p99: at(times, 0.99),
    unit: 'ms',
  };
  yield {
    bench: 'loop',
    case: 'CPU of server and senders',
    n,
    p50: Math.round(((user + system) / 1e3 / n) * 100) / 100,
    unit: 'ms/event',
  };
};

/** Reports over HTTP with dispatch in the same transaction, on the demo district: one server process, its senders in it. */
export const bench: Bench = async function* () {
  const home = mkdtempSync(join(tmpdir(), 'gridhall-bench-'));
  chmodSync(home, 0o755);
  const database = await openDatabase({ home });
  try {
    await seedDemo(database.connection, { size: 'district', at: new Date(), log: console.error });
    const server = await serveHttp(database.connection, commander);
    yield* measure(database.connection, server.url);
    await server.close();
    feedOf(database.connection).end();
  } finally {
    await database.stop();
    rmSync(home, { recursive: true, force: true });
  }
};
