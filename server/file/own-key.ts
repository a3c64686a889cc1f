import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { readEnv } from '../env';

const kept = new Map<string, Buffer>();

const pathOf = (name: string): string => join(resolve(readEnv().GRIDHALL_HOME), name);

const draftOf = async (path: string, key: Buffer): Promise<string> => {
  await mkdir(resolve(path, '..'), { recursive: true });
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, key, { mode: 0o600 });
  return draft;
};

/** A key of this installation as its file says now; null = there is none. */
export const findOwnKey = (name: string): Promise<Buffer | null> =>
  readFile(pathOf(name)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });

/** Writes a key of this installation in place of the one before, whole or not at all. */
export const replaceOwnKey = async (name: string, key: Buffer): Promise<void> => {
  const path = pathOf(name);
  await rename(await draftOf(path, key), path);
  kept.delete(path);
};

/** Makes a key of this installation where there is none; returns the one that is there. */
export const makeOwnKey = async (name: string, make: () => Buffer): Promise<Buffer> => {
  const key = await findOwnKey(name);
  if (key) return key;
  const path = pathOf(name);
  const draft = await draftOf(path, make());
  // A link is made once: of two processes at one moment both read what the first one linked.
  await link(draft, path).catch(() => undefined);
  await rm(draft);
  return readFile(path);
};

/** A key of this installation, made the first time: a file under GRIDHALL_HOME, readable by its owner alone. */
export const readOwnKey = async (name: string, make: () => Buffer): Promise<Buffer> => {
  const path = pathOf(name);
  const known = kept.get(path);
  if (known) return known;
  const key = await makeOwnKey(name, make);
  kept.set(path, key);
  return key;
};
