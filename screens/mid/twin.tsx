'use client';

import dynamic from 'next/dynamic';
import type { TwinProps } from './twin-tables';

/** The map as tables. Comes with the map's own code. */
export const Twin = dynamic<TwinProps>(() => import('./twin-tables').then(({ TwinTables }) => TwinTables), {
  ssr: false,
});
