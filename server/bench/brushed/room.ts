import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import process from 'node:process';
import { readEnv } from '../../env';

/** Bytes an event takes: in the facts, their narrow copy and its index on disk; in memory, of what reads them. */
const each = { disk: 320, memory: 100 };
/** Bytes that DuckDB, PostgreSQL and the answers take whatever the size. */
const always = { disk: 500_000_000, memory: 3_000_000_000 };

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;

/** Why a bench over so many events would not fit this machine, in a sentence; null = it does. */
const refusalOf = async (n: number): Promise<string | null> => {
  const { bavail, bsize } = await statfs(tmpdir());
  const there = { disk: bavail * bsize, memory: process.availableMemory() };
  const short = (['memory', 'disk'] as const).find((of) => always[of] + n * each[of] > there[of]);
  if (!short) return null;
  const wanted = gigabytes(always[short] + n * each[short]);
  return `${n} events are left out: they need about ${wanted} of ${short}, and ${gigabytes(there[short])} are free.`;
};

/** Sizes asked for that fit this machine; of the others stderr says why. */
export const sizesThatFit = async function* (): AsyncGenerator<number> {
  for (const n of readEnv().GRIDHALL_BENCH_EVENTS) {
    const refusal = await refusalOf(n);
    if (refusal) console.error(refusal);
    else yield n;
  }
};
