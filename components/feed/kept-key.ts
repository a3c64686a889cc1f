'use client';

import { z } from 'zod';

const Key = z.object({ id: z.string(), secret: z.string(), ear: z.string() });
/** Id, and what to speak and to listen with, that the server gave this browser as a wall or as a device at one. */
export type LinkKey = z.infer<typeof Key>;

/** Key kept in this browser under a name; null when there is none. */
export const readKey = (name: string): LinkKey | null => {
  try {
    return Key.safeParse(JSON.parse(localStorage.getItem(name) ?? 'null')).data ?? null;
  } catch {
    return null;
  }
};

export const writeKey = (name: string, key: LinkKey | null): void => {
  if (key) localStorage.setItem(name, JSON.stringify(Key.parse(key)));
  else localStorage.removeItem(name);
};

/** The part of a key that a listener sends: it stands in the address of the stream. */
export const earOf = ({ id, ear }: LinkKey): { id: string; ear: string } => ({ id, ear });
