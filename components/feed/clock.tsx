'use client';

import { useSyncExternalStore } from 'react';

const tickMs = 10_000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let current = 0;

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  timer ??= setInterval(() => {
    current = Date.now();
    for (const notify of listeners) notify();
  }, tickMs);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
};

const now = () => {
  if (current === 0 || !timer) current = Math.floor(Date.now() / tickMs) * tickMs;
  return current;
};

/** Shared 10 s tick (epoch ms): lamps and ages move with time, not with data. */
export const useTick = (): number => useSyncExternalStore(subscribe, now, () => 0);
