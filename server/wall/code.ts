import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';

/** A fresh id or secret. */
export const makeId = (bytes = 12): string => randomBytes(bytes).toString('hex');

/** A fresh pairing code. */
export const makeCode = (): string => String(randomInt(0, 1_000_000)).padStart(6, '0');

export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** Whether a secret is the one that was hashed; takes as long either way. */
export const isSecret = (secret: string, hash: string): boolean =>
  timingSafeEqual(Buffer.from(hashSecret(secret)), Buffer.from(hash));
