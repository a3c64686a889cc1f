import { hashKey, type QueryClient, type QueryKey } from '@tanstack/react-query';
import { openDB } from 'idb';
import { forgetOwn } from './worker-store';

const databaseName = 'gridhall-small';
const storeName = 'answer';
const recordKey = 'last';
const most = 200;

/** Answers that may lie on a device: words, the tree, the post and aggregates, never rows of cases or people. */
const keepable = new Set(['dictionary.installation', 'dictionary.words', 'division.tree', 'access.me', 'metric.ask']);

/** Dimensions that come down to a door. */
const doors = ['building', 'dwelling'];

/** Whether the answer to a question may be kept on the device. */
export const mayKeep = (queryKey: QueryKey): boolean => {
  const [path, options] = queryKey as [string[]?, { input?: { dimensions?: string[] } }?];
  if (!Array.isArray(path) || !keepable.has(path.join('.'))) return false;
  return !(options?.input?.dimensions ?? []).some((dimension) => doors.includes(dimension));
};

type Kept = { queryKey: QueryKey; data: unknown; updatedAt: number };

const open = () =>
  openDB(databaseName, 1, {
    upgrade: (database) => {
      database.createObjectStore(storeName);
    },
  });

const readKept = async (database: Awaited<ReturnType<typeof open>>): Promise<Kept[]> =>
  (await database.get(storeName, recordKey)) ?? [];

/** The post whose answers these are, as text; another post's are never kept beside them. */
const postOf = (kept: readonly Kept[]): string | undefined =>
  kept
    .filter(({ queryKey }) => String(queryKey[0]) === 'access,me')
    .map(({ data }) => JSON.stringify(data))
    .at(0);

/** Answers seen now, and of those kept before at the same post the questions not asked since; the newest first. */
export const mergeKept = (now: readonly Kept[], before: readonly Kept[]): Kept[] => {
  const isSame = postOf(now) !== undefined && postOf(now) === postOf(before);
  const merged = new Map([...(isSame ? before : []), ...now].map((one) => [hashKey(one.queryKey), one]));
  return [...merged.values()].sort((a, b) => b.updatedAt - a.updatedAt).slice(0, most);
};

/** Writes the answers of a cache to the device. */
export const keepAnswers = async (client: QueryClient): Promise<void> => {
  const now = client
    .getQueryCache()
    .getAll()
    .filter(({ queryKey, state }) => state.status === 'success' && mayKeep(queryKey))
    .map(({ queryKey, state }): Kept => ({ queryKey, data: state.data, updatedAt: state.dataUpdatedAt }));
  const database = await open();
  await database.put(storeName, mergeKept(now, await readKept(database)), recordKey);
  database.close();
};

/** Puts the answers kept on the device into a cache, each with its age. */
export const restoreAnswers = async (client: QueryClient): Promise<void> => {
  const database = await open();
  const kept = await readKept(database);
  database.close();
  for (const { queryKey, data, updatedAt } of kept) client.setQueryData(queryKey, data, { updatedAt });
};

/** Cache of the service worker that holds outlines of a post's territory. */
const mapCache = 'gridhall-map';

/** Clears what was kept for the post that is left: its answers and its map. A device without a store has nothing. */
export const forgetKept = async (): Promise<void> => {
  await Promise.all([
    open()
      .then(async (database) => {
        await database.clear(storeName);
        database.close();
      })
      .catch(() => undefined),
    forgetOwn().catch(() => undefined),
    'caches' in window ? caches.delete(mapCache) : undefined,
  ]);
};
