'use client';

import { z } from 'zod';

const Key = z.object({ id: z.string(), secret: z.string() });
/** Id and secret the server gave this browser, as a wall or as a device at one. */
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
  if (key) localStorage.setItem(name, JSON.stringify({ id: key.id, secret: key.secret }));
  else localStorage.removeItem(name);
};
