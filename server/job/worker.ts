import type { Connection, Executor } from '../db/client';
import { wait } from '../live/wait';
import { failJob, finishJob, type JobClock, jobChannel, mostAttempts, putOff, type TakenJob, takeJob } from './store';

/** What a kind of job does. */
export type JobHandler = {
  /** Reaches outside the database, before the effect and in no transaction; harmless when it is repeated. */
  send?: (connection: Connection, taken: TakenJob) => Promise<void>;
  /**
   * Happens once: in one transaction with the end of the job. Locks what it is about before it writes. An instant (null =
   * whenever somebody sets it) puts the job off instead. `connection` is for what is kept in memory by it, not for SQL.
   */
  effect: (tx: Executor, taken: TakenJob, connection: Connection) => Promise<{ putOffTo: Date | null } | undefined>;
  /** Says where others look that the job was given up; in one transaction with that. */
  bury?: (tx: Executor, taken: TakenJob) => Promise<void>;
};

export type JobHandlers = Readonly<Record<string, JobHandler>>;

type Options = { clock?: JobClock; leaseSeconds?: number };

const usualLeaseSeconds = 30;
const tickMs = 1_000;

/** Another process has taken the job meanwhile, so this one's effect is rolled back. */
class Overtaken extends Error {}

const runTaken = async (connection: Connection, { send, effect }: JobHandler, taken: TakenJob): Promise<void> => {
  if (taken.attempts > mostAttempts) throw new Error('Every process that began it ended before it was done.');
  await send?.(connection, taken);
  await connection.db.transaction(async (tx) => {
    const later = await effect(tx, taken, connection);
    if (later) return putOff(tx, taken, later.putOffTo);
    if (!(await finishJob(tx, taken))) throw new Overtaken();
  });
};

/** Runs the job that has been due longest; false when none is due. */
export const runJobOnce = async (
  connection: Connection,
  handlers: JobHandlers,
  { clock = null, leaseSeconds = usualLeaseSeconds }: Options = {},
): Promise<boolean> => {
  const taken = await takeJob(connection.db, Object.keys(handlers), { clock, leaseSeconds });
  const handler = taken && handlers[taken.kind];
  if (!taken || !handler) return false;
  try {
    await runTaken(connection, handler, taken);
  } catch (error) {
    if (error instanceof Overtaken) return true;
    const words = error instanceof Error ? error.message : String(error);
    await connection.db.transaction(async (tx) => {
      if (await failJob(tx, taken, words)) await handler.bury?.(tx, taken);
    });
  }
  return true;
};

/** Runs all that is due, one after the other in the order of their instants; resolves with how many there were. */
export const runDueJobs = async (
  connection: Connection,
  handlers: JobHandlers,
  options: Options & { signal?: AbortSignal } = {},
): Promise<number> => {
  let n = 0;
  while (!options.signal?.aborted && (await runJobOnce(connection, handlers, options))) n += 1;
  return n;
};

/**
 * Works on the queue until it is stopped: at every wake by the database and every second. Goes on after an outage of the
 * database; what fell due meanwhile is done then, in order.
 */
export const startJobs = (connection: Connection, handlers: JobHandlers, options: Options = {}) => {
  const stop = new AbortController();
  let ring = new AbortController();
  const wake = () => ring.abort();
  let isDown = false;
  const work = async () => {
    while (!stop.signal.aborted) {
      ring = new AbortController();
      try {
        await runDueJobs(connection, handlers, { ...options, signal: stop.signal });
        isDown = false;
      } catch (error) {
        if (!isDown) console.warn('Jobs lost the database:', error instanceof Error ? error.message : error);
        isDown = true;
      }
      await wait(tickMs, AbortSignal.any([stop.signal, ring.signal]));
    }
  };
  const listening = connection.sql.listen(jobChannel, wake, wake).catch(() => null);
  const working = work();
  return {
    stop: async (): Promise<void> => {
      stop.abort();
      await working;
      await (await listening)?.unlisten().catch(() => {});
    },
  };
};
