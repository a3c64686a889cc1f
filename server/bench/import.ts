import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type OpenDatabase, openDatabase } from '../db/migrate';
import { readInput } from '../exchange/input';
import { loadImport } from '../exchange/load';
import { toyAreas, toyEvents, toyFolder, toyMapping } from '../exchange/testing';
import { answer } from '../metric/answer';
import { type Replica, startReplica } from '../metric/replica';
import type { Bench, BenchResult } from './result';

const nEvents = 100_000;
const nRounds = 3;
const longestMs = 60_000;

type Folder = ReturnType<typeof toyFolder>;
type Opened = { database: OpenDatabase; replica: Replica };

/** Events the toy town's post is told of. */
const told = async ({ database, replica }: Opened): Promise<number> => {
  const facts = await replica.ready();
  const place = facts.meta().divisions.get('TOY');
  if (!place) return 0;
  const scope = { ...place, division: 'TOY', role: 'R2' as const, screen: 'mid' as const };
  const question = { division: null, period: 'all' as const, at: null, filters: [] };
  const given = await answer(
    { facts, db: database.connection.db, scope },
    { metric: 'event.reported', dimensions: [], question },
  );
  return given.cells[0]?.value ?? 0;
};

/** Waits for an answer that counts as many events, asked again whenever the replica has gone on; ms since then. */
const untilTold = async (opened: Opened, wanted: number, since: number): Promise<number> => {
  for (;;) {
    const { watermark } = opened.replica.status();
    if ((await told(opened)) >= wanted) return performance.now() - since;
    while (opened.replica.status().watermark === watermark) {
      if (performance.now() - since > longestMs) throw new Error(`Not ${wanted} events within a minute of the commit.`);
      await sleep(5);
    }
  }
};

/** Waits until a batch of events is committed, as another connection sees it. */
const untilCommitted = async ({ database: { connection } }: Opened, round: number): Promise<void> => {
  for (;;) {
    const batches = await connection.sql`select id from import_batch where kind = 'events'`;
    if (batches.length > round) return;
    await sleep(5);
  }
};

/** A file of made-up cases of one round, all over the town and one year. */
const casesOf = (round: number): string =>
  toyEvents(
    Array.from({ length: nEvents }, (_, i) => round * nEvents + i).map((n) => {
      const at = new Date(Date.UTC(2015, 0, 1) + (n % 525_600) * 60_000).toISOString().slice(0, 19).replace('T', ' ');
      const [x, y] = [10 + (n % 199) / 100, 50 + (n % 197) / 100];
      const kind = n % 3 === 0 ? 'Roads,Pot_hole' : 'Trees,Fallen tree';
      return `${n + 1},${at},NA,open,Works,${kind},${n} High St,Phone,${x},${y}`;
    }),
  );

const measure = async function* (opened: Opened, mapping: string, folder: Folder): AsyncGenerator<BenchResult> {
  const { connection } = opened.database;
  const importMs: number[] = [];
  const toldMs: number[] = [];
  for (let round = 0; round < nRounds; round += 1) {
    const events = folder.put(`events-${round}.csv`, casesOf(round));
    const started = performance.now();
    const loading = loadImport(connection, readInput({ mapping }, { events }));
    await untilCommitted(opened, round);
    const committed = performance.now();
    importMs.push(committed - started);
    toldMs.push(await untilTold(opened, (round + 1) * nEvents, committed));
    await loading;
  }
  for (const [name, times] of [
    ['100 k events: file read to commit', importMs],
    ['100 k events: commit to an answer that counts them', toldMs],
  ] as const) {
    const sorted = times.toSorted((a, b) => a - b);
    const at = (share: number) => Math.round(sorted[Math.min(nRounds - 1, Math.floor(nRounds * share))] ?? 0);
    yield { bench: 'import', case: name, n: nEvents, p50: at(0.5), p95: at(0.95), unit: 'ms' };
  }
};

/** From a file of 100,000 events to the first answer that includes them, three files one after the other. */
export const bench: Bench = async function* () {
  const folder = toyFolder();
  const home = mkdtempSync(join(tmpdir(), 'gridhall-bench-'));
  chmodSync(home, 0o755);
  const database = await openDatabase({ home });
  try {
    // A zone without summer time: none of the minutes is one that no clock shows.
    const installation = { ...toyMapping.installation, timeZone: 'Asia/Shanghai' };
    const mapping = folder.put('mapping.json', { ...toyMapping, installation });
    const areas = folder.put('areas.geojson', toyAreas());
    await loadImport(database.connection, readInput({ mapping }, { areas }));
    const replica = startReplica(database.connection, { file: join(home, 'facts.duckdb') });
    yield* measure({ database, replica }, mapping, folder);
    await replica.stop();
  } finally {
    await database.stop();
    folder.remove();
    rmSync(home, { recursive: true, force: true });
  }
};
