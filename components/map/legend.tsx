'use client';

import dynamic from 'next/dynamic';
import type { LegendProps } from './legend-list';

/** Legends of the layers shown. Comes with the map's own code, so that a page is there before deck.gl is. */
export const Legend = dynamic<LegendProps>(() => import('./legend-list').then(({ LegendList }) => LegendList), {
  ssr: false,
});
