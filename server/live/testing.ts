import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import type { LiveItem } from '@/data/model/event';
import type { Scope } from '@/data/model/scope';
import type { Connection, Executor } from '../db/client';
import { event } from '../db/schema';
import { appendChanges } from './append';
import type { Feed } from './feed';

/** Waits until something holds, at most 15 s; a test that waits in vain says for what. */
export const until = async (what: string, holds: () => boolean | Promise<boolean>): Promise<void> => {
  const deadline = Date.now() + 15_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`Waited in vain until ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};

/** A subscriber that keeps what it got; `newest` = version by event id, as a screen would hold it. */
export type Listener = {
  items: LiveItem[];
  newest: Map<string, number>;
  cursor: () => string | null;
  /** Forgets what came before now: other databases of the server can hold the feed back for a moment. */
  settle: (connection: Connection) => Promise<void>;
  /** Cuts the line; resolves once the feed has let go, with the error it ended with. */
  cut: () => Promise<unknown>;
};

/** What a feed tells a subscriber, item by item. */
export async function* itemsFrom(feed: Feed, ...asked: Parameters<Feed['batches']>): AsyncGenerator<LiveItem, void> {
  for await (const batch of feed.batches(...asked)) yield* batch;
}

/** Subscribes and waits until the feed has answered. */
export const listenTo = async (feed: Feed, scope: Scope, from: string | null = null): Promise<Listener> => {
  const stop = new AbortController();
  const items: LiveItem[] = [];
  const newest = new Map<string, number>();
  const collect = async () => {
    for await (const item of itemsFrom(feed, scope, from, stop.signal)) {
      items.push(item);
      if (item.kind === 'event') newest.set(item.id, Math.max(item.version, newest.get(item.id) ?? 0));
    }
  };
  const done = collect().then(
    () => null,
    (error: unknown) => error,
  );
  await Promise.race([done, until('the feed answers', () => items.length > 0)]);
  const cut = () => {
    stop.abort();
    return done;
  };
  const settle = async ({ db }: Connection) => {
    const mark = { kind: 'duty', id: randomUUID(), op: 'put', version: Date.now() % 1e9, path: scope.path } as const;
    await appendChanges(db, [mark]);
    const isMark = (item: LiveItem) => item.kind === 'duty' && item.version === mark.version;
    await until('the mark came', () => items.some(isMark));
    items.splice(0, items.length - 1);
    newest.clear();
  };
  return { items, newest, cursor: () => items.at(-1)?.cursor ?? null, settle, cut };
};

/** A transaction held open: has its number, runs what it is given, ends when told. */
export const openTransaction = async ({ db }: Connection) => {
  let use: (tx: Executor) => void = () => {};
  const opened = new Promise<Executor>((resolve) => {
    use = resolve;
  });
  let settle: (isKept: boolean) => void = () => {};
  const verdict = new Promise<boolean>((resolve) => {
    settle = resolve;
  });
  const ended = db
    .transaction(async (tx) => {
      await tx.execute(sql`select pg_current_xact_id()`);
      use(tx);
      if (!(await verdict)) tx.rollback();
    })
    .catch(() => {});
  const tx = await opened;
  const end = (isKept: boolean) => {
    settle(isKept);
    return ended;
  };
  return { tx, commit: () => end(true), rollBack: () => end(false) };
};

/** Raises the version of an event and logs the change, as every store function does; returns the new version. */
export const touch = async (tx: Executor, id: string, path: string): Promise<number> => {
  const [row] = await tx
    .update(event)
    .set({ version: sql`${event.version} + 1` })
    .where(eq(event.id, id))
    .returning({ version: event.version });
  const version = row?.version ?? 0;
  await appendChanges(tx, [{ kind: 'event', id, op: 'put', version, path }]);
  return version;
};
