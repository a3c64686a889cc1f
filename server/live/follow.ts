import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { type Database, type Sql, targetOf } from '../db/client';
import * as schema from '../db/schema';
import { wakeChannel } from './append';
import { wait } from './wait';
import { currentXmin, type LogWindow, readWindow } from './window';

const pollMs = 200;
/** Rest after a window: under a storm of writers the next one holds what they wrote meanwhile, and is not read for each. */
const restMs = 50;
const patienceMs = 10_000;
const slowestRetryMs = 2_000;

/** A connection of its own to the database of `sql`, quick to come back after an outage. */
const openReader = (sql: Sql): Sql => {
  return postgres({
    ...targetOf(sql),
    max: 1,
    backoff: () => 0.1,
    connect_timeout: 5,
    onnotice: () => {},
    // Its schema, too: the feed of a drill reads the log of the drill.
    connection: { ...sql.options.connection, application_name: 'gridhall-feed' },
  });
};

/** Rejects when the work takes longer: a line that died without a word looks like a slow one. */
const within = async <T>(work: Promise<T>): Promise<T> => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`No answer from the database for ${patienceMs} ms.`)), patienceMs);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
};

/** One short nap that a notification ends early. */
const napper = (signal: AbortSignal) => {
  let nap = new AbortController();
  return {
    rouse: () => nap.abort(),
    sleep: async () => {
      await wait(pollMs - restMs, AbortSignal.any([nap.signal, signal]));
      nap = new AbortController();
    },
  };
};

/** A window as a follower hands it on, with a database handle on the follower's own line. */
export type FollowedWindow = LogWindow & {
  /** Names cluster and database the window comes from. */
  system: string;
  /** The log went back or became another one (restored, replaced), or lines were purged unread: ask for everything again. */
  isReset: boolean;
  db: Database;
};

type Follower = {
  sql: Sql;
  signal: AbortSignal;
  /** Takes a window; when it throws, the same window is read again. */
  apply: (window: FollowedWindow) => Promise<void>;
  onError: (error: unknown) => void;
};

const readSystem = async (sql: Sql): Promise<string> => {
  const [row] = await sql<{ cluster: string; oid: number }[]>`
    select s.system_identifier::text as cluster, d.oid::int as oid
    from pg_control_system() s, pg_database d where d.datname = current_database()`;
  return `${BigInt(row?.cluster ?? 0).toString(36)}_${row?.oid ?? 0}`;
};

/**
 * Follows the change log until aborted: woken by NOTIFY, though not while it rests, and every 200 ms anyway. After a lost
 * connection it opens a new one, listens again and goes on from where it stood, so nothing is missed however long the outage.
 */
export const followLog = async ({ sql, signal, apply, onError }: Follower): Promise<void> => {
  let last: { system: string; upto: string } | null = null;
  for (let failures = 0; !signal.aborted; ) {
    const reader = openReader(sql);
    const db = drizzle(reader, { schema });
    const { rouse, sleep } = napper(signal);
    try {
      await within(reader.listen(wakeChannel, rouse, rouse));
      const system = await within(readSystem(reader));
      while (!signal.aborted) {
        const from: string = last?.system === system ? last.upto : await within(currentXmin(reader));
        const window = await within(readWindow(reader, from));
        const isBehind = last !== null && (last.system !== system || BigInt(window.upto) < BigInt(last.upto));
        const isReset = isBehind || window.isCut;
        await within(apply({ ...window, system, isReset, db }));
        last = { system, upto: window.upto };
        failures = 0;
        await wait(restMs, signal);
        await sleep();
      }
    } catch (error) {
      onError(error);
      await wait(Math.min(100 * 2 ** failures++, slowestRetryMs), signal);
    } finally {
      await reader.end({ timeout: 0 }).catch(onError);
    }
  }
};
