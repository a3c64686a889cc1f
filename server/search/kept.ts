import type { Connection } from '../db/client';
import { beyondScope } from '../db/scoped';
import { readMapVersion } from '../tile/store';
import { type Library, loadLibrary } from './load';
import { recentEvents } from './recent';

type Kept = {
  version: string;
  library: Promise<Library>;
  recent: ReturnType<typeof recentEvents>;
  allowed: Map<string, Uint8Array>;
};

const checkMs = 5_000;

/** Next.js bundles routes apart from one another: what they share lives on the process, by connection. */
const shared = globalThis as { gridhallSearch?: WeakMap<Connection, { checkedAt: number; kept: Promise<Kept> }> };

const refresh = async (connection: Connection, before: Promise<Kept> | undefined): Promise<Kept> => {
  const [version, kept] = await Promise.all([readMapVersion(connection), before?.catch(() => undefined)]);
  if (kept?.version === version) return kept;
  const made: Kept = {
    ...{ version, library: loadLibrary(connection), recent: recentEvents(connection), allowed: new Map() },
  };
  made.library.catch(() => shared.gridhallSearch?.delete(connection));
  return made;
};

/** What can be found, read once for each version of the data; looked at again at most every five seconds. */
export const keptLibrary = (asked: Connection): Promise<Kept> => {
  // Kept for all, cut to each territory by `allowedIn`.
  const connection = beyondScope(asked);
  shared.gridhallSearch ??= new WeakMap();
  const entry = shared.gridhallSearch.get(connection);
  if (entry && Date.now() - entry.checkedAt < checkMs) return entry.kept;
  const kept = refresh(connection, entry?.kept);
  shared.gridhallSearch.set(connection, { checkedAt: Date.now(), kept });
  kept.catch(() => shared.gridhallSearch?.delete(connection));
  return kept;
};

/**
 * Which places of the book lie in a territory, 1 = inside; what has no place belongs to those who hold the whole
 * installation. Kept for each territory.
 */
export const allowedIn = ({ allowed }: Kept, { book, rootPath }: Library, path: string): Uint8Array => {
  const known = allowed.get(path);
  if (known) return known;
  const isInside = (place: string | null) =>
    place === null ? rootPath.startsWith(path) : place === '' || place.startsWith(path);
  const made = Uint8Array.from(book.paths, (place) => (isInside(place) ? 1 : 0));
  allowed.set(path, made);
  return made;
};
