'use client';

import dynamic from 'next/dynamic';

/** The map as tables. Comes with the map's own code. */
export const Twin = dynamic<{ layers: readonly string[] }>(
  () => import('./twin-tables').then(({ TwinTables }) => TwinTables),
  { ssr: false },
);
