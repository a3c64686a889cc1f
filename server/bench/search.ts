import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type DemoTable, demoTables } from '@/data/demo';
import { divisionLevels } from '@/data/model/division';
import type { Scope } from '@/data/model/scope';
import type { Connection } from '../db/client';
import { openDatabase } from '../db/migrate';
import { seedDemo } from '../db/seed';
import { readInstallation } from '../dictionary/store';
import { readEnv } from '../env';
import { find } from '../search/find';
import { keptLibrary } from '../search/kept';
import type { Bench, BenchResult } from './result';

const rounds = 20;

const percentile = (times: readonly number[], share: number): number => {
  const sorted = [...times].sort((a, b) => a - b);
  return Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1));
};

const pick = <T>(rows: readonly T[], nth: number): T | undefined => rows[Math.floor((rows.length * nth) / 7)];

/** Words of every kind, taken from the data itself: names, beginnings, codes, door numbers, a position. */
const readWords = async ({ sql }: Connection): Promise<[string, string][]> => {
  const divisions = await sql<{ name: string; name_en: string; code: string }[]>`
    select name, name_en, code from division where level = 5 order by code`;
  const buildings = await sql<{ code: string; name: string; address: string; lng: number; lat: number }[]>`
    select code, name, address, lng, lat from building where lng is not null order by md5(code) limit 70`;
  const [dwelling] = await sql<{ code: string }[]>`select code from dwelling order by code limit 1`;
  const [event] = await sql<{ number: string; title: string }[]>`
    select number, title from event order by reported_at limit 1`;
  const [place, house, other] = [pick(divisions, 3), pick(buildings, 2), pick(buildings, 5)];
  const words: [string, string | undefined][] = [
    ['name of a community', place?.name],
    ['one character of a name', place?.name.slice(0, 1)],
    ['two characters of a name', place?.name.slice(0, 2)],
    ['English name', place?.name_en.split(' ')[0]?.toLowerCase()],
    ['one letter', 'k'],
    ['two initials', 'kc'],
    ['four initials', 'kcjd'],
    ['pinyin', 'kuichong'],
    ['one digit', '1'],
    ['a number no house has', '98765'],
    ['whole address', house?.address],
    ['house', other?.name],
    ['a word inside most names', house?.name.replace(/[\d\s]/g, '').slice(-2)],
    ['building code', house?.code],
    ['first four digits', house?.code.slice(0, 4)],
    ['first twelve digits', house?.code.slice(0, 12)],
    ['dwelling code', dwelling?.code],
    ['position', house && `${house.lng},${house.lat}`],
    ['number of the oldest event', event?.number],
    ['title of the oldest event', event?.title.slice(0, 6)],
    ['nothing', 'qxqxqx'],
  ];
  return words.flatMap(([name, text]) => (text ? [[name, text]] : []));
};

type Times = { wall: number[]; cpu: number[] };

const timesOf = async (connection: Connection, scope: Scope, text: string): Promise<Times> => {
  const times: Times = { wall: [], cpu: [] };
  for (let round = 0; round <= rounds; round++) {
    const [from, cpuFrom] = [performance.now(), process.cpuUsage()];
    await find(connection, scope, { text, at: null });
    const { user, system } = process.cpuUsage(cpuFrom);
    if (round === 0) continue;
    times.wall.push(performance.now() - from);
    times.cpu.push((user + system) / 1_000);
  }
  return times;
};

const lineOf = (name: string, times: readonly number[], unit: string): BenchResult => ({
  ...{ bench: 'search', case: name, n: times.length, unit },
  ...{ p50: percentile(times, 0.5), p95: percentile(times, 0.95) },
});

/** Who searches: the post that holds the whole installation, and one of a single grid. */
const readScopes = async ({ db, sql }: Connection): Promise<[string, Scope][]> => {
  const { root, rootPath } = await readInstallation(db);
  const rows = await sql<{ code: string; path: string; level: number }[]>`
    select code, path, level from division where code = ${root} or level = 6 order by level, md5(code)`;
  return rows.slice(0, 2).map(({ code, path, level }): [string, Scope] => [
    code === root ? 'all' : 'all, by a grid',
    {
      ...{ division: code, path: code === root ? rootPath : path, level: divisionLevels[level - 1] ?? 'grid' },
      ...{ role: 'R2', screen: 'mid', post: code, actorId: 'bench' },
    },
  ]);
};

async function* measure(connection: Connection, size: string): AsyncGenerator<BenchResult> {
  const before = process.memoryUsage();
  const started = performance.now();
  const kept = await keptLibrary(connection);
  const [{ book }, { events }] = await Promise.all([kept.library, kept.recent()]);
  const after = process.memoryUsage();
  const megabytes = (after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers) / 1e6;
  const ms = Math.round(performance.now() - started);
  const n = book.codes.length + events.length;
  yield { bench: 'search', case: `${size}: read the index`, n, p50: ms, unit: 'ms' };
  yield { bench: 'search', case: `${size}: memory`, n, p50: Math.round(megabytes), unit: 'MB' };
  const words = await readWords(connection);
  for (const [who, scope] of await readScopes(connection)) {
    const all: Times = { wall: [], cpu: [] };
    for (const [name, text] of words) {
      const times = await timesOf(connection, scope, text);
      all.wall.push(...times.wall);
      all.cpu.push(...times.cpu);
      if (who === 'all') yield lineOf(`${size}: ${name}`, times.wall, 'ms');
    }
    yield lineOf(`${size}: ${who}`, all.wall, 'ms');
    yield lineOf(`${size}: ${who}, processor time of the server`, all.cpu, 'ms');
  }
}

/** Tables of all that has a name. */
const named = ['setting', 'division', 'block', 'building', 'dwelling', 'entity', 'asset', 'beach'];

function* namedTables(at: Date): Generator<DemoTable> {
  for (const table of demoTables({ size: 'city', at })) if (named.includes(table.table)) yield table;
}

/** The city's names in a database of their own; without its events, which take minutes to load. */
async function* measureCity(): AsyncGenerator<BenchResult> {
  const home = mkdtempSync(join(tmpdir(), 'gridhall-bench-'));
  chmodSync(home, 0o755);
  try {
    const { connection, stop } = await openDatabase({ home });
    const at = new Date();
    await seedDemo(connection, { size: 'city', at, tables: namedTables(at), log: console.error });
    yield* measure(connection, 'city, names alone');
    await stop();
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** Searches of the installation at hand, then of a city's names: reading the index, its memory, p50 and p95. */
export const bench: Bench = async function* () {
  const env = readEnv();
  const { connection, stop } = await openDatabase({ home: resolve(env.GRIDHALL_HOME), databaseUrl: env.DATABASE_URL });
  const { demo } = await readInstallation(connection.db);
  try {
    yield* measure(connection, demo ?? 'own data');
  } finally {
    await stop();
  }
  if (demo !== 'city') yield* measureCity();
};
