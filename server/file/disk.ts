import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { readEnv } from '../env';

export type PhotoSize = 'full' | 'thumb';

const root = (): string => join(resolve(readEnv().GRIDHALL_HOME), 'file');
const pathOf = (hash: string, size: PhotoSize): string => join(root(), hash.slice(0, 2), `${hash}-${size}.jpg`);

const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
};

const writeWhole = async (path: string, bytes: Buffer): Promise<void> => {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  const draft = `${path}.${randomUUID()}.part`;
  try {
    const handle = await open(draft, 'wx', 0o600);
    await handle
      .writeFile(bytes)
      .then(() => handle.sync())
      .finally(() => handle.close());
    await rename(draft, path);
    await syncFolder(folder);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
};

/** Writes both sizes, whole or not at all: a draft is synced and takes its name last. */
export const writePhoto = async (hash: string, photo: Record<PhotoSize, Buffer>): Promise<void> => {
  await writeWhole(pathOf(hash, 'thumb'), photo.thumb);
  await writeWhole(pathOf(hash, 'full'), photo.full);
};

export const readPhoto = (hash: string, size: PhotoSize): Promise<Buffer> => readFile(pathOf(hash, size));

/** Removes the bytes of a photo no row names any more. */
export const removePhoto = async (hash: string): Promise<void> => {
  await rm(pathOf(hash, 'full'), { force: true });
  await rm(pathOf(hash, 'thumb'), { force: true });
};

/** Removes drafts that a killed writer left behind before an instant. */
export const removeDrafts = async (before: Date): Promise<void> => {
  const entries = await readdir(root(), { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of entries.filter(({ name }) => name.endsWith('.part'))) {
    const path = join(entry.parentPath, entry.name);
    const found = await stat(path).catch(() => null);
    if (found && found.mtime < before) await rm(path, { force: true });
  }
};
