import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';

/** A fresh id or secret. */
export const makeId = (bytes = 12): string => randomBytes(bytes).toString('hex');

/** A fresh pairing code. */
export const makeCode = (): string => String(randomInt(0, 1_000_000)).padStart(6, '0');

export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');

const isSame = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

/**
 * What the holder of a secret listens with: an event stream carries it in its address, which logs may keep, and it lets
 * nobody speak. Cannot be turned back into the secret.
 */
export const earOf = (hash: string): string => hashSecret(`ear ${hash}`);

export const isEar = (ear: string, hash: string): boolean => isSame(ear, earOf(hash));

/** Whether a secret is the one that was hashed; takes as long either way. */
export const isSecret = (secret: string, hash: string): boolean => isSame(hashSecret(secret), hash);
