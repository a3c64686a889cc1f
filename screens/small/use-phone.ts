'use client';

import { useSyncExternalStore } from 'react';

/** The same width as in screen.module.css. */
const query = '(max-width: 600px)';

const subscribe = (notify: () => void) => {
  const list = window.matchMedia(query);
  list.addEventListener('change', notify);
  return () => list.removeEventListener('change', notify);
};

/** Whether the screen is a phone's: one column, its parts behind a bar at the foot. */
export const usePhone = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => window.matchMedia(query).matches,
    () => false,
  );
