import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import superjson, { type SuperJSONResult } from 'superjson';
import type { Connection } from '../db/client';
import { openDatabase } from '../db/migrate';
import type { EventList } from '../event/store';
import { reportEvent } from '../event/store';
import { ask, townReport, townScope, writeTown } from '../event/testing';
import { feedOf } from '../live/feed';
import { serveHttp, streamChanges } from '../live/testing-http';
import type { Bench, BenchResult } from './result';

const nSubscribers = 100;
const nReports = 40;
const commander = townScope('R2');

/** Instants each of many screens first showed each event, by event id. */
type Sightings = Map<string, number[]>;

const seen = (sightings: Sightings, id: string): void => {
  const times = sightings.get(id);
  if (times) times.push(performance.now());
  else sightings.set(id, [performance.now()]);
};

/** Reports one event after the other, at uneven distances; resolves with the instant each was acknowledged. */
const reportAll = async (connection: Connection): Promise<Map<string, number>> => {
  const committed = new Map<string, number>();
  for (let i = 0; i < nReports; i++) {
    await sleep(120 + ((i * 37) % 90));
    const { id } = await reportEvent(connection, commander, townReport(i % 2 ? 'A1' : 'B1'));
    committed.set(id, performance.now());
  }
  return committed;
};

const untilSeen = async (committed: Map<string, number>, sightings: Sightings): Promise<number[]> => {
  const isSeen = () => [...committed.keys()].every((id) => (sightings.get(id)?.length ?? 0) >= nSubscribers);
  const deadline = Date.now() + 15_000;
  while (!isSeen()) {
    if (Date.now() > deadline) throw new Error('Some screens never showed some events.');
    await sleep(20);
  }
  const delays = [...committed].flatMap(([id, at]) => (sightings.get(id) ?? []).map((time) => Math.max(0, time - at)));
  return delays.sort((a, b) => a - b);
};

const streamed = async (connection: Connection, url: string): Promise<number[]> => {
  const sightings: Sightings = new Map();
  let nOpen = 0;
  const lines = Array.from({ length: nSubscribers }, () => {
    let isOpen = false;
    return streamChanges(url, null, (item) => {
      if (!isOpen) nOpen++;
      isOpen = true;
      if (item.kind === 'event') seen(sightings, item.id);
    });
  });
  while (nOpen < nSubscribers) await sleep(20);
  const delays = await untilSeen(await reportAll(connection), sightings);
  for (const { cut } of lines) cut();
  await Promise.all(lines.map(({ done }) => done));
  return delays;
};

/** What a screen without a feed does: asks for the newest events every second. */
const polled = async (connection: Connection, url: string): Promise<number[]> => {
  const sightings: Sightings = new Map();
  const stop = new AbortController();
  const input = encodeURIComponent(JSON.stringify(superjson.serialize({ question: ask(), sort: 'newest', limit: 20 })));
  const poll = async (i: number) => {
    const known = new Set<string>();
    await sleep((i * 1_000) / nSubscribers);
    while (!stop.signal.aborted) {
      const pause = sleep(1_000);
      const answer = await fetch(`${url}/event.list?input=${input}`);
      const { result } = (await answer.json()) as { result: { data: SuperJSONResult } };
      for (const { id } of superjson.deserialize<EventList>(result.data).rows) {
        if (!known.has(id)) seen(sightings, id);
        known.add(id);
      }
      await pause;
    }
  };
  const polls = Array.from({ length: nSubscribers }, (_, i) => poll(i));
  await sleep(1_500);
  const delays = await untilSeen(await reportAll(connection), sightings);
  stop.abort();
  await Promise.all(polls);
  return delays;
};

const at = (sorted: number[], share: number): number =>
  Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) / 10;

const cpuShare = async <T>(work: Promise<T>): Promise<{ value: T; percent: number }> => {
  const [cpu, wall] = [process.cpuUsage(), performance.now()];
  const value = await work;
  const { user, system } = process.cpuUsage(cpu);
  return { value, percent: Math.round((user + system) / 10 / (performance.now() - wall)) };
};

const compare = async function* (connection: Connection, url: string): AsyncGenerator<BenchResult> {
  const live = await cpuShare(streamed(connection, url));
  const naive = await cpuShare(polled(connection, url));
  const [fast, slow] = [live.value, naive.value];
  const against = 'asking for the newest events every second';
  const ratio = Math.round((at(slow, 0.5) / Math.max(0.1, at(fast, 0.5))) * 10) / 10;
  const delays = { bench: 'live', unit: 'ms' } as const;
  yield { ...delays, case: against, n: slow.length, p50: at(slow, 0.5), p95: at(slow, 0.95), p99: at(slow, 0.99) };
  yield {
    ...delays,
    ...{ case: `commit → ${nSubscribers} subscribers`, n: fast.length, ratio, against },
    ...{ p50: at(fast, 0.5), p95: at(fast, 0.95), p99: at(fast, 0.99) },
  };
  const load = { bench: 'live', case: `CPU of ${nSubscribers} subscribers and their server`, unit: '%', n: 1 };
  yield {
    ...load,
    p50: live.percent,
    ratio: Math.round((naive.percent / Math.max(1, live.percent)) * 10) / 10,
    against,
  };
};

/** From commit to screen: the live feed over HTTP to 100 subscribers, against as many that ask every second. */
export const bench: Bench = async function* () {
  const home = mkdtempSync(join(tmpdir(), 'gridhall-bench-'));
  chmodSync(home, 0o755);
  const database = await openDatabase({ home });
  try {
    await writeTown(database.connection);
    const server = await serveHttp(database.connection, commander);
    yield* compare(database.connection, server.url);
    await server.close();
    feedOf(database.connection).end();
  } finally {
    await database.stop();
    rmSync(home, { recursive: true, force: true });
  }
};
