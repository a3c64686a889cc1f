import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { readEnv } from '../env';

let kept: { path: string; key: Buffer } | null = null;

/** The installation's own key, made the first time: `contact.key` under GRIDHALL_HOME, readable by its owner alone. */
const readKey = async (): Promise<Buffer> => {
  const home = resolve(readEnv().GRIDHALL_HOME);
  const path = join(home, 'contact.key');
  if (kept?.path === path) return kept.key;
  const read = () => readFile(path).catch(() => null);
  let key = await read();
  if (!key) {
    await mkdir(home, { recursive: true });
    const draft = `${path}.${randomBytes(6).toString('hex')}`;
    await writeFile(draft, randomBytes(32), { mode: 0o600 });
    // A link is made once: of two processes at one moment both read what the first one linked.
    await link(draft, path).catch(() => undefined);
    await rm(draft);
    key = await readFile(path);
  }
  kept = { path, key };
  return key;
};

/** Seals a text: nonce, tag and cipher, base64. */
export const seal = async (text: string): Promise<string> => {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', await readKey(), nonce);
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64');
};

/** Opens what `seal` made; throws when it was changed. */
export const unseal = async (sealed: string): Promise<string> => {
  const bytes = Buffer.from(sealed, 'base64');
  const cipher = createDecipheriv('aes-256-gcm', await readKey(), bytes.subarray(0, 12));
  cipher.setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([cipher.update(bytes.subarray(28)), cipher.final()]).toString('utf8');
};

/** A text as a hash nobody without the key can guess back. */
export const keyedHash = async (text: string): Promise<string> =>
  createHmac('sha256', await readKey())
    .update(text)
    .digest('hex')
    .slice(0, 32);
