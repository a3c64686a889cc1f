import type { LiveItem } from '@/data/model/event';
import { Problem } from '@/data/model/problem';
import type { Scope } from '@/data/model/scope';
import type { Connection, Executor } from '../db/client';
import { beyondScope, scopedTo } from '../db/scoped';
import { eventImages } from '../event/store';
import { type Channels, createChannels, type LiveBatch } from './channel';
import { trackCompleteness } from './completeness';
import { parseCursor, printCursor } from './cursor';
import { type FollowedWindow, followLog } from './follow';
import { cutOf, type Images, isBulk, itemsOf, newestLines } from './item';
import { dailyPurge } from './purge';
import { boundedQueue } from './queue';
import { type LoggedChange, readWindow } from './window';

/** Items a slow subscriber may lag behind, and lines a returning one may have missed, before it must ask again. */
const mostMissed = 2_000;
const clockMs = 2_000;
const lingerMs = 2_000;

const imagesOf = (db: Executor, lines: readonly LoggedChange[]): Promise<Images> =>
  eventImages(db, [...new Set(lines.flatMap(({ kind, id }) => (kind === 'event' ? [id] : [])))]);

/** Where the feed stands: every line of transactions below `upto` was handed out, every commit before `asOf`. */
type Standing = { system: string; upto: bigint; asOf: Date };

const standingItem = (kind: 'clock' | 'refetch', { system, upto, asOf }: Standing): LiveItem => ({
  cursor: printCursor({ system, xid: upto, seq: 0 }),
  kind,
  asOf: asOf.toISOString(),
});

const reportOutage = (): { failed: (error: unknown) => void; worked: () => void } => {
  let isDown = false;
  return {
    failed: (error) => {
      if (!isDown) console.warn('Live feed lost the database:', error instanceof Error ? error.message : error);
      isDown = true;
    },
    worked: () => {
      if (isDown) console.warn('Live feed has the database again.');
      isDown = false;
    },
  };
};

/** What a subscriber missed between its cursor and where the feed stands; `refetch` when that cannot be told or is much. */
const catchUp = async (connection: Connection, scope: Scope, text: string, standing: Standing): Promise<LiveItem[]> => {
  const { sql } = connection;
  const cursor = parseCursor(text);
  if (cursor?.system !== standing.system) return [standingItem('refetch', standing)];
  const window = await readWindow(sql, String(cursor.xid), { after: cursor.seq, limit: mostMissed + 1 });
  const isPast = window.isCut || window.lines.length > mostMissed;
  if (isPast || cursor.xid > BigInt(window.next)) return [standingItem('refetch', standing)];
  const lines = newestLines(window.lines.filter(({ xid }) => BigInt(xid) < standing.upto));
  if (lines.some(isBulk)) return [standingItem('refetch', standing)];
  const { system, asOf } = standing;
  // The log is nobody's territory; what it names is read as the subscriber may see it.
  const images = await imagesOf(scopedTo(connection, scope).db, lines);
  return [...itemsOf({ lines, images, system, asOf }, cutOf(scope)), standingItem('clock', standing)];
};

/** Hands each window to all channels. */
const fanOut = (channels: Channels) => {
  let standing: Standing | null = null;
  let clockAt = 0;
  let complete = trackCompleteness();
  const deliver = (lines: readonly LoggedChange[], images: Images, now: Standing, isReset: boolean) => {
    const isClockDue = now.asOf.getTime() - clockAt >= clockMs;
    if (isClockDue) clockAt = now.asOf.getTime();
    const tail = isReset ? [standingItem('refetch', now)] : isClockDue ? [standingItem('clock', now)] : [];
    channels.deliver((cut) => [...itemsOf({ lines, images, ...now }, cut), ...tail]);
  };
  return {
    standing: () => standing,
    apply: async (window: FollowedWindow) => {
      const lines = newestLines(window.lines);
      const images = await imagesOf(window.db, lines);
      if (window.isReset) complete = trackCompleteness();
      standing = { system: window.system, upto: BigInt(window.upto), asOf: complete(window) };
      deliver(lines, images, standing, window.isReset);
    },
  };
};

/** The follower of a feed, running while somebody uses it and a little longer. */
const keepFollowing = (connection: Connection, channels: Channels) => {
  let run: { stop: AbortController; ready: Promise<() => Standing | null> } | null = null;
  let users = 0;
  let linger: NodeJS.Timeout | undefined;
  // What a schema of its own holds goes with it.
  const purge = connection.schema
    ? () => {}
    : dailyPurge(connection, (error) => console.warn('What is old was not purged:', error));
  const start = () => {
    const stop = new AbortController();
    const { standing, apply } = fanOut(channels);
    const { failed, worked } = reportOutage();
    const ready = new Promise<() => Standing | null>((resolve) => {
      const take = async (window: FollowedWindow) => {
        if (stop.signal.aborted) return;
        await apply(window);
        worked();
        purge();
        resolve(standing);
      };
      void followLog({ sql: connection.sql, signal: stop.signal, apply: take, onError: failed });
    });
    return { stop, ready };
  };
  const stop = () => {
    run?.stop.abort();
    run = null;
  };
  return {
    stop,
    /** Resolves once the log is being followed. */
    use: (): Promise<() => Standing | null> => {
      users++;
      clearTimeout(linger);
      run ??= start();
      return run.ready;
    },
    leave: () => {
      if (--users > 0) return;
      linger = setTimeout(stop, lingerMs);
      linger.unref();
    },
  };
};

/** The live feed of one database in this process. */
export type Feed = {
  /**
   * Changes of the caller's territory from a cursor on, or from now on when null, batch by batch; subscribers of one cut get
   * the same batches. Ends on abort.
   */
  batches: (scope: Scope, cursor: string | null, signal: AbortSignal) => AsyncGenerator<LiveBatch, void>;
  /** Ends every subscription with `unavailable`, so that clients come back to another server. */
  end: () => void;
};

const aborted = (signal: AbortSignal): Promise<null> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve(null);
    signal.addEventListener('abort', () => resolve(null), { once: true });
  });

/** Makes a feed: one reader of the log for all subscribers. */
export const createFeed = (connection: Connection): Feed => {
  const channels = createChannels();
  const follower = keepFollowing(connection, channels);
  const ended = new AbortController();

  async function* attach(scope: Scope, cursor: string | null, standing: Standing, signal: AbortSignal) {
    const cut = cutOf(scope);
    const queue = boundedQueue<LiveItem>(mostMissed, ({ cursor: last }) => ({
      cursor: last,
      kind: 'refetch',
      asOf: standing.asOf.toISOString(),
    }));
    const leave = channels.join(cut, queue);
    void aborted(signal).then(() => queue.end());
    try {
      yield cursor === null ? [standingItem('clock', standing)] : await catchUp(connection, scope, cursor, standing);
      for (let batches = await queue.take(); batches.length > 0; batches = await queue.take()) yield* batches;
    } finally {
      leave();
    }
  }

  async function* batches(scope: Scope, cursor: string | null, signal: AbortSignal): AsyncGenerator<LiveBatch, void> {
    const either = AbortSignal.any([signal, ended.signal]);
    try {
      const standing = (await Promise.race([follower.use(), aborted(either)]))?.();
      if (standing && !either.aborted) yield* attach(scope, cursor, standing, either);
    } finally {
      follower.leave();
    }
    if (ended.signal.aborted) throw new Problem('unavailable', 'The server is stopping.');
  }

  const end = () => {
    ended.abort();
    follower.stop();
  };
  return { batches, end };
};

const shared = globalThis as { gridhallFeeds?: Map<Connection['sql'], Feed> };

const endOnSigterm = (feeds: Map<Connection['sql'], Feed>) => {
  process.prependOnceListener('SIGTERM', () => {
    for (const feed of feeds.values()) feed.end();
    if (process.listenerCount('SIGTERM') === 0) process.kill(process.pid, 'SIGTERM');
  });
};

/** The one feed of this process for a database. */
export const feedOf = (asked: Connection): Feed => {
  // One reader of the log for all; what it hands on is cut to each subscriber's territory by `itemsOf`.
  const connection = beyondScope(asked);
  if (!shared.gridhallFeeds) {
    shared.gridhallFeeds = new Map();
    endOnSigterm(shared.gridhallFeeds);
  }
  const known = shared.gridhallFeeds.get(connection.sql) ?? createFeed(connection);
  shared.gridhallFeeds.set(connection.sql, known);
  return known;
};

/** Ends the feed of a database that is not used any more. */
export const endFeed = ({ sql }: Connection): void => {
  shared.gridhallFeeds?.get(sql)?.end();
  shared.gridhallFeeds?.delete(sql);
};
