'use client';

import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let current: string | null = null;

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};

/** Points at something (`division:…`, `event:…`) on every map of the page: a panel on hover, the map itself too. */
export const setHighlight = (selection: string | null): void => {
  if (selection === current) return;
  current = selection;
  for (const notify of listeners) notify();
};

/** What is pointed at; panels mark its row. Null = nothing. */
export const useHighlight = (): string | null =>
  useSyncExternalStore(
    subscribe,
    () => current,
    () => null,
  );
