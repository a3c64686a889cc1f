import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DemoSize } from '@/data/demo';
import { openDatabase } from '../db/migrate';
import { seedDemo } from '../db/seed';
import { readEnv } from '../env';
import type { Bench } from './result';

/** Rows a second into an empty database: `district`, or the size of GRIDHALL_DEMO. Generation and indexes included. */
export const bench: Bench = async function* () {
  const { GRIDHALL_DEMO, GRIDHALL_DEMO_AT } = readEnv();
  const size: DemoSize = GRIDHALL_DEMO === 'off' ? 'district' : GRIDHALL_DEMO;
  const at = GRIDHALL_DEMO_AT ? new Date(GRIDHALL_DEMO_AT) : new Date();
  const home = mkdtempSync(join(tmpdir(), 'gridhall-bench-'));
  chmodSync(home, 0o755);
  try {
    const started = performance.now();
    const database = await openDatabase({ home });
    yield { bench: 'seed', case: 'open', n: 1, p50: Math.round(performance.now() - started), unit: 'ms' };
    const loaded = await seedDemo(database.connection, { size, at, log: console.error });
    await database.stop();
    if (!loaded) throw new Error('The bench database was not empty.');
    const { rows, seconds, loadSeconds } = loaded;
    yield {
      bench: 'seed',
      case: `${size}: copy and index`,
      n: rows,
      p50: Math.round(rows / loadSeconds),
      unit: 'row/s',
    };
    yield { bench: 'seed', case: size, n: rows, p50: Math.round(rows / seconds), unit: 'row/s' };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
};
