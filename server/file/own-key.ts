import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { readEnv } from '../env';

const kept = new Map<string, Buffer>();

/** A key of this installation, made the first time: a file under GRIDHALL_HOME, readable by its owner alone. */
export const readOwnKey = async (name: string, make: () => Buffer): Promise<Buffer> => {
  const home = resolve(readEnv().GRIDHALL_HOME);
  const path = join(home, name);
  const known = kept.get(path);
  if (known) return known;
  const read = () => readFile(path).catch(() => null);
  let key = await read();
  if (!key) {
    await mkdir(home, { recursive: true });
    const draft = `${path}.${randomBytes(6).toString('hex')}`;
    await writeFile(draft, make(), { mode: 0o600 });
    // A link is made once: of two processes at one moment both read what the first one linked.
    await link(draft, path).catch(() => undefined);
    await rm(draft);
    key = await readFile(path);
  }
  kept.set(path, key);
  return key;
};
