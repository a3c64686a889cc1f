import { resolve } from 'node:path';
import type { Scope } from '@/data/model/scope';
import type { Connection } from '../db/client';
import { openDatabase } from '../db/migrate';
import { readInstallation } from '../dictionary/store';
import { readEnv } from '../env';
import { find } from '../search/find';
import { keptLibrary } from '../search/kept';
import type { Bench } from './result';

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
    ['two letters of a name', place?.name.slice(0, 2)],
    ['English name', place?.name_en.split(' ')[0]?.toLowerCase()],
    ['one letter', 'k'],
    ['two initials', 'kc'],
    ['whole address', house?.address],
    ['house', other?.name],
    ['a word inside most names', house?.name.replace(/[\d\s]/g, '').slice(-2)],
    ['building code', house?.code],
    ['first twelve digits', house?.code.slice(0, 12)],
    ['dwelling code', dwelling?.code],
    ['position', house && `${house.lng},${house.lat}`],
    ['number of the oldest event', event?.number],
    ['title of the oldest event', event?.title.slice(0, 6)],
    ['nothing', 'qxqxqx'],
  ];
  return words.flatMap(([name, text]) => (text ? [[name, text]] : []));
};

/** Time to read the index, its memory, and p50/p95 of searches over it by a post that holds the whole installation. */
export const bench: Bench = async function* () {
  const env = readEnv();
  const database = await openDatabase({ home: resolve(env.GRIDHALL_HOME), databaseUrl: env.DATABASE_URL });
  const { connection } = database;
  try {
    const { root, rootPath, demo } = await readInstallation(connection.db);
    const scope: Scope = {
      ...{ division: root, path: rootPath, level: 'district', role: 'R2', screen: 'mid', post: root, actorId: 'bench' },
    };
    const before = process.memoryUsage();
    const started = performance.now();
    const { book } = await (await keptLibrary(connection)).library;
    const after = process.memoryUsage();
    const size = `${demo ?? 'own data'}: `;
    const megabytes = (after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers) / 1e6;
    const ms = Math.round(performance.now() - started);
    yield { bench: 'search', case: `${size}read the index`, n: book.codes.length, p50: ms, unit: 'ms' };
    yield { bench: 'search', case: `${size}memory`, n: book.codes.length, p50: Math.round(megabytes), unit: 'MB' };
    const all: number[] = [];
    for (const [name, text] of await readWords(connection)) {
      const times: number[] = [];
      for (let round = 0; round <= rounds; round++) {
        const from = performance.now();
        await find(connection, scope, { text, at: null });
        if (round > 0) times.push(performance.now() - from);
      }
      all.push(...times);
      const [p50, p95] = [percentile(times, 0.5), percentile(times, 0.95)];
      yield { bench: 'search', case: size + name, n: rounds, p50, p95, unit: 'ms' };
    }
    const [p50, p95] = [percentile(all, 0.5), percentile(all, 0.95)];
    yield { bench: 'search', case: `${size}all`, n: all.length, p50, p95, unit: 'ms' };
  } finally {
    await database.stop();
  }
};
