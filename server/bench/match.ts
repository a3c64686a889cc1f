import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DemoTable, demoTables } from '@/data/demo';
import { dirtyAddresses, type Written, writtenOf } from '@/data/demo/dirty-address';
import { randomFor } from '@/data/demo/random';
import type { Scope } from '@/data/model/scope';
import { takeList } from '../address/hand-in';
import { keptBook } from '../address/kept';
import { matchAddress } from '../address/match';
import { addressJobs } from '../address/run';
import { readBatch } from '../address/store';
import type { Connection } from '../db/client';
import { openDatabase } from '../db/migrate';
import { seedDemo } from '../db/seed';
import { runDueJobs } from '../job/worker';
import type { Bench, BenchResult } from './result';

/** Records that were verified in the reference's 22 batches. */
const nRecords = 292_241;
const nAlone = 50_000;
const shareWithPosition = 0.3;
/** Degrees a position lies off its building, at most. */
const off = 0.0002;
const needed = ['setting', 'division', 'block', 'building', 'dwelling', 'address_name'];

const commander: Scope = {
  ...{ division: 'DP', path: '/44/4403/DP/', level: 'district', role: 'R2', screen: 'mid' },
  ...{ post: 'DP', actorId: 'R2:DP' },
};

/** What the address library of the demo is made of, and nothing else. */
function* libraryTables(at: Date): Generator<DemoTable> {
  for (const table of demoTables({ size: 'district', at })) if (needed.includes(table.table)) yield table;
}

type Building = Written & { lng: number; lat: number };

const readBuildings = async ({ sql }: Connection): Promise<Building[]> => {
  const rows = await sql<{ code: string; address: string; aliases: string[]; lng: number; lat: number }[]>`
    select code, address, aliases, lng, lat from building order by code`;
  return rows.map((row) => ({ ...writtenOf(row), lng: row.lng, lat: row.lat }));
};

/** Dirty addresses of the demo's buildings, with the old names that the library knows, some with a position. */
const drawer = async (connection: Connection) => {
  const buildings = await readBuildings(connection);
  const names = await connection.sql<{ name: string; standard: string }[]>`select name, standard from address_name`;
  const random = randomFor('bench-match');
  const draw = dirtyAddresses(buildings, random, new Map(names.map(({ name, standard }) => [standard, name])));
  const byCode = new Map(buildings.map((building) => [building.code, building]));
  return () => {
    const { text, code } = draw();
    const at = random.has(shareWithPosition) ? byCode.get(code) : undefined;
    const shift = () => random.between(-off, off);
    return { text, position: at ? `${at.lng + shift()},${at.lat + shift()}` : ',' };
  };
};

async function* inParts(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += 65_536) yield bytes.subarray(from, from + 65_536);
}

const seconds = (from: number): number => Math.round((performance.now() - from) / 10) / 100;

const measure = async function* (connection: Connection): AsyncGenerator<BenchResult> {
  const draw = await drawer(connection);
  const { book } = await keptBook(connection);
  const texts = Array.from({ length: nAlone }, () => draw().text);
  const began = performance.now();
  for (const text of texts) matchAddress(book, text);
  const rate = Math.round(nAlone / ((performance.now() - began) / 1000));
  yield { bench: 'match', case: 'matching alone', n: nAlone, p50: rate, unit: 'row/s' };
  const lines = Array.from({ length: nRecords }, draw).map(({ text, position }) => `"${text}",${position}`);
  const bytes = Buffer.from(`address,lng,lat\n${lines.join('\n')}\n`);
  const id = 'be000000-0000-4000-8000-000000000001';
  const [from, cpu] = [performance.now(), process.cpuUsage()];
  await takeList(connection, commander, { id, name: 'bench', crs: 'WGS84', encoding: 'utf-8' }, inParts(bytes));
  const handed = seconds(from);
  await runDueJobs(connection, addressJobs);
  const all = seconds(from);
  const { user, system } = process.cpuUsage(cpu);
  const { nMatched, nPlaced } = await readBatch(connection.db, commander, id, null);
  const n = nRecords;
  yield { bench: 'match', case: 'read, checked and kept', n, p50: handed, unit: 's' };
  yield { bench: 'match', case: 'read, matched, placed and written', n, p50: all, unit: 's' };
  yield {
    bench: 'match',
    case: 'of that, processor time outside the database',
    n,
    p50: (user + system) / 1e6,
    unit: 's',
  };
  yield { bench: 'match', case: 'matched', n, p50: Math.round((nMatched / n) * 1000) / 10, unit: '%' };
  yield { bench: 'match', case: 'in a grid', n, p50: Math.round((nPlaced / n) * 1000) / 10, unit: '%' };
};

/** Addresses matched alone, and a list of 292,241 from its bytes to the last row in the database: one process, one job worker. */
export const bench: Bench = async function* () {
  const home = mkdtempSync(join(tmpdir(), 'gridhall-bench-'));
  chmodSync(home, 0o755);
  const database = await openDatabase({ home });
  try {
    const at = new Date('2026-11-22T10:00:00+08:00');
    await seedDemo(database.connection, { size: 'district', at, tables: libraryTables(at) });
    yield* measure(database.connection);
  } finally {
    await database.stop();
    rmSync(home, { recursive: true, force: true });
  }
};
