'use client';

import dynamic from 'next/dynamic';
import type { PickerProps } from './picker-list';

/** Switches of the layers. Comes with the map's own code, so that a page is there before deck.gl is. */
export const LayerPicker = dynamic<PickerProps>(() => import('./picker-list').then(({ PickerList }) => PickerList), {
  ssr: false,
});
