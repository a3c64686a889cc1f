'use client';

import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
const all = Number.POSITIVE_INFINITY;
let current = all;

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};

const setListed = (n: number): void => {
  if (n === current) return;
  current = n;
  for (const notify of listeners) notify();
};

/** Says how many rows of the numbered list beside the map are seen; its return takes that back. */
export const tellListed = (n: number): (() => void) => {
  setListed(n);
  return () => setListed(all);
};

/** How many rows of the numbered list beside the map are seen: the map draws no others. Without a list, all. */
export const useListed = (): number =>
  useSyncExternalStore(
    subscribe,
    () => current,
    () => all,
  );
