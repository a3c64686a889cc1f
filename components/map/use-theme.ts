'use client';

import { useSyncExternalStore } from 'react';
import { useGlyphs } from '../base/glyphs';
import { memoLast } from './memo';
import { type Palette, readPalette } from './palette';

const subscribe = (listener: () => void) => {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
};

const read = () => (document.documentElement.dataset.theme === 'light' ? 'light' : 'dark');

/** Another palette for other glyphs, too; all maps of the page share one. */
const paletteOf = memoLast((_theme: 'dark' | 'light', _glyphs: number): Palette => {
  const known = new Map<string, string>();
  return (token) => {
    const colour = known.get(token) ?? readPalette(document.documentElement)(token);
    known.set(token, colour);
    return colour;
  };
});

/**
 * Theme of the page and its palette; one palette object a theme. Once missing glyphs have come it is another one, too:
 * map, atlases and drawings are made anew, for all of them keep the tofu they were drawn with.
 */
export const useTheme = (): { theme: 'dark' | 'light'; palette: Palette } => {
  const theme = useSyncExternalStore<'dark' | 'light'>(subscribe, read, () => 'dark');
  const glyphs = useGlyphs();
  return { theme, palette: paletteOf(theme, glyphs) };
};
