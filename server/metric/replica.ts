import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '@/data/model/problem';
import { type Connection, connection } from '../db/client';
import { readEnv } from '../env';
import { wakeChannel } from '../live/append';
import { type Facts, openFacts } from './follower';

const pollMs = 200;
const retryMs = 1_000;

/**
 * Null before the first load. `lagSeconds`: age of `asOf`. `error`: why the last step failed, until one succeeds.
 */
export type ReplicaStatus = {
  watermark: string | null;
  asOf: string | null;
  lagSeconds: number | null;
  error: string | null;
};

/** Facts that follow the change log by themselves. */
export type Replica = {
  /** The facts, after the first load. Rejects with `unavailable` while there is nothing to load. */
  ready: () => Promise<Facts>;
  status: () => ReplicaStatus;
  stop: () => Promise<void>;
};

type Bell = { ring: () => void; wait: (ms: number) => Promise<void> };

/** Waits that a ring cuts short; a ring between two waits is kept. */
const createBell = (): Bell => {
  let isRung = false;
  let wake: (() => void) | null = null;
  return {
    ring: () => {
      isRung = true;
      wake?.();
    },
    wait: async (ms) => {
      if (!isRung)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      wake = null;
      isRung = false;
    },
  };
};

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Starts a replica: loads, then follows every 200 ms and whenever the log wakes it. */
export const startReplica = (store: Connection, options: { file: string | null }): Replica => {
  const bell = createBell();
  let facts: Facts | null = null;
  let error: string | null = null;
  let isStopped = false;
  let settle: { resolve: (facts: Facts) => void; reject: (error: unknown) => void } | null = null;
  let first = new Promise<Facts>((resolve, reject) => {
    settle = { resolve, reject };
  });
  first.catch(() => {});
  const step = async (): Promise<void> => {
    if (facts) return facts.sync();
    facts = await openFacts(store, options);
    settle?.resolve(facts);
  };
  const fail = (cause: unknown): void => {
    error = messageOf(cause);
    facts?.doubt();
    if (facts) return;
    settle?.reject(new Problem('unavailable', error));
    first = new Promise<Facts>((resolve, reject) => {
      settle = { resolve, reject };
    });
    first.catch(() => {});
  };
  const follow = async (): Promise<void> => {
    while (!isStopped) {
      try {
        await step();
        error = null;
      } catch (cause) {
        fail(cause);
      }
      if (!isStopped) await bell.wait(error ? retryMs : pollMs);
    }
  };
  const listening = store.sql.listen(wakeChannel, bell.ring, bell.ring).catch(() => null);
  const running = follow();
  return {
    ready: () => first,
    status: () => {
      const now = facts?.status();
      const lagSeconds = now ? Math.max(0, Math.round((Date.now() - now.asOf.getTime()) / 1000)) : null;
      return { watermark: now?.watermark ?? null, asOf: now?.asOf.toISOString() ?? null, lagSeconds, error };
    },
    stop: async () => {
      isStopped = true;
      bell.ring();
      await running;
      facts?.close();
      await (await listening)?.unlisten().catch(() => {});
    },
  };
};

const shared = globalThis as { gridhallReplica?: Replica };

/** File of a process's replica, in a folder only its owner can enter; processes of one home are told apart by port. */
export const replicaFile = ({ GRIDHALL_HOME, PORT } = readEnv()): string => {
  const folder = join(GRIDHALL_HOME, 'replica');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  return join(folder, `${PORT}.duckdb`);
};

/** The one replica of this process, started on first use. */
export const replica = (): Replica => {
  shared.gridhallReplica ??= startReplica(connection(), { file: replicaFile() });
  return shared.gridhallReplica;
};

/** Where the replica of this process stands, for /api/health. */
export const replicaStatus = (): ReplicaStatus => replica().status();
