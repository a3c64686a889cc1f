'use client';

import { useMemo, useSyncExternalStore } from 'react';
import { type Palette, readPalette } from './palette';

const subscribe = (listener: () => void) => {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
};

const read = () => (document.documentElement.dataset.theme === 'light' ? 'light' : 'dark');

/** Theme of the page and its palette; one palette object a theme. */
export const useTheme = (): { theme: 'dark' | 'light'; palette: Palette } => {
  const theme = useSyncExternalStore<'dark' | 'light'>(subscribe, read, () => 'dark');
  return useMemo(() => {
    const known = new Map<string, string>();
    const palette: Palette = (token) => {
      const colour = known.get(token) ?? readPalette(document.documentElement)(token);
      known.set(token, colour);
      return colour;
    };
    return { theme, palette };
  }, [theme]);
};
