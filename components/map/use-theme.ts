'use client';

import { useMemo, useSyncExternalStore } from 'react';
import { useGlyphs } from '../base/glyphs';
import { type Palette, readPalette } from './palette';

const subscribe = (listener: () => void) => {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
};

const read = () => (document.documentElement.dataset.theme === 'light' ? 'light' : 'dark');

/**
 * Theme of the page and its palette; one palette object a theme. Once missing glyphs have come it is another one, too:
 * map, atlases and drawings are made anew, for all of them keep the tofu they were drawn with.
 */
export const useTheme = (): { theme: 'dark' | 'light'; palette: Palette } => {
  const theme = useSyncExternalStore<'dark' | 'light'>(subscribe, read, () => 'dark');
  const glyphs = useGlyphs();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another palette for other glyphs
  return useMemo(() => {
    const known = new Map<string, string>();
    const palette: Palette = (token) => {
      const colour = known.get(token) ?? readPalette(document.documentElement)(token);
      known.set(token, colour);
      return colour;
    };
    return { theme, palette };
  }, [theme, glyphs]);
};
