'use client';

import dynamic from 'next/dynamic';
import type { ClassWordsProps } from './class-words-list';

/** Classes chosen in the legends (图例选类). Comes with the map's own code, so that a page is there before deck.gl is. */
export const ClassWords = dynamic<ClassWordsProps>(
  () => import('./class-words-list').then(({ ClassWordsList }) => ClassWordsList),
  { ssr: false },
);
