'use client';

import { useSyncExternalStore } from 'react';

const subscribe = (listener: () => void) => {
  window.addEventListener('resize', listener);
  return () => window.removeEventListener('resize', listener);
};

/** Whether the window is narrower than so many px. */
export const useNarrow = (px: number): boolean =>
  useSyncExternalStore(
    subscribe,
    () => window.innerWidth < px,
    () => false,
  );
