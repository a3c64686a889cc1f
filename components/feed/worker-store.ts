import { openDB } from 'idb';
import type { QueueItem } from './upload-queue';

const databaseName = 'gridhall-worker';

const open = () =>
  openDB(databaseName, 1, {
    upgrade: (database) => {
      database.createObjectStore('item', { keyPath: 'key' });
      database.createObjectStore('kept');
    },
  });

const within = async <T>(work: (database: Awaited<ReturnType<typeof open>>) => Promise<T>): Promise<T> => {
  const database = await open();
  return work(database).finally(() => database.close());
};

/** What waits on this device to be sent, the oldest first. */
export const readItems = async (): Promise<QueueItem[]> => {
  const items: QueueItem[] = await within((database) => database.getAll('item'));
  return items.sort((a, b) => a.at - b.at);
};

export const putItem = (item: QueueItem): Promise<unknown> => within((database) => database.put('item', item));

export const removeItem = (key: string): Promise<void> => within((database) => database.delete('item', key));

/** Something of a post's kept on the device under a name; another post's is never returned. */
export const readOwn = async <T>(name: string, post: string): Promise<T | null> => {
  const kept: { post: string; value: T } | undefined = await within((database) => database.get('kept', name));
  return kept?.post === post ? kept.value : null;
};

export const writeOwn = (name: string, post: string, value: unknown): Promise<unknown> =>
  within((database) => database.put('kept', { post, value }, name));

/** Clears what was kept of the post that is left; what waits to be sent stays, and is sent by its own post alone. */
export const forgetOwn = (): Promise<void> => within((database) => database.clear('kept'));
