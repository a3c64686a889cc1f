import type { Connection } from '../db/client';
import { type SignedIn, signedInOf } from './session';

/** Channel on which the database tells whose grants or sign-ins have changed. */
const accountChannel = 'gridhall_account';

type Watched = { headers: Headers; who: SignedIn; stop: AbortController };

const isSame = (before: SignedIn, now: SignedIn | null): boolean =>
  now?.sessionId === before.sessionId && now.post?.id === before.post?.id && now.lack === before.lack;

const makeWatch = (connection: Connection) => {
  const watched = new Set<Watched>();
  /** `accountId`: whose; null = everybody's, after the database was out of hearing. */
  const check = async (accountId: string | null) => {
    for (const one of [...watched].filter(({ who }) => accountId === null || who.accountId === accountId)) {
      const now = await signedInOf(connection, one.headers).catch(() => null);
      if (!isSame(one.who, now)) one.stop.abort();
    }
  };
  const listening = connection.sql
    .listen(
      accountChannel,
      (accountId) => void check(accountId),
      () => void check(null),
    )
    .catch(() => null);
  return { watched, listening };
};

const watches = new WeakMap<Connection, ReturnType<typeof makeWatch>>();

/** The life of a sign-in as a signal, for what lasts longer than a request. `release` once nothing waits for it. */
export type Life = { signal: AbortSignal; release: () => void };

/** Aborts when the sign-in of a request ends, expires, or has its post withdrawn. Null where there is none. */
export const lifeOf = async (connection: Connection, headers: Headers): Promise<Life | null> => {
  const who = await signedInOf(connection, headers);
  if (!who) return null;
  const watch = watches.get(connection) ?? makeWatch(connection);
  watches.set(connection, watch);
  await watch.listening;
  const stop = new AbortController();
  const one = { headers, who, stop };
  watch.watched.add(one);
  const timer = setTimeout(() => stop.abort(), who.expiresAt.getTime() - Date.now()).unref();
  const release = () => {
    clearTimeout(timer);
    watch.watched.delete(one);
  };
  stop.signal.addEventListener('abort', release);
  return { signal: stop.signal, release };
};
