'use client';

import { useSyncExternalStore } from 'react';

export type Theme = 'dark' | 'light';

const storeKey = 'gridhall-theme';
const listeners = new Set<() => void>();

const read = (): Theme => {
  try {
    return window.localStorage.getItem(storeKey) === 'light' ? 'light' : 'dark';
  } catch {
    return 'dark';
  }
};

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};

/** Theme this desk was left in; dark at first. */
export const useChosenTheme = (): Theme => useSyncExternalStore(subscribe, read, () => 'dark');

export const chooseTheme = (theme: Theme): void => {
  window.localStorage.setItem(storeKey, theme);
  for (const notify of listeners) notify();
};
