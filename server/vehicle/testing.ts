import type { Connection } from '../db/client';
import { readCipher } from '../person/cipher';

/** Every plate in plain text. */
export const readPlates = async ({ sql }: Connection): Promise<string[]> => {
  const cipher = await readCipher();
  const rows = await sql<{ id: number; sealed: Buffer }[]>`select id::int, sealed from vehicle`;
  return rows.map(({ id, sealed }) => cipher.open('vehicle', id, sealed));
};
