import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { readOwnKey } from '../file/own-key';

/** The key contacts are sealed with: `contact.key` under GRIDHALL_HOME. */
const readKey = (): Promise<Buffer> => readOwnKey('contact.key', () => randomBytes(32));

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
