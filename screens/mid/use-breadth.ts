'use client';

import { useSyncExternalStore } from 'react';
import { type Breadth, widths } from './breadth';

const subscribe = (listener: () => void) => {
  window.addEventListener('resize', listener);
  return () => window.removeEventListener('resize', listener);
};

const read = (): Breadth =>
  window.innerWidth >= widths.wide ? 'wide' : window.innerWidth >= widths.medium ? 'medium' : 'slim';

/** How the window's width lays the desk out. */
export const useBreadth = (): Breadth => useSyncExternalStore(subscribe, read, () => 'wide');
