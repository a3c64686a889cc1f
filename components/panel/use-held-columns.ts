import { type RefObject, useLayoutEffect } from 'react';
import { useIsBrushing } from '../feed/brush';

/**
 * Keeps the columns of a grid at the widths they have while a hand brushes: no row is measured for another, and none jumps.
 * The grid is told by `data-held`, its rows take `--tracks`.
 */
export const useHeldColumns = (grid: RefObject<HTMLElement | null>): void => {
  const isBrushing = useIsBrushing();
  useLayoutEffect(() => {
    const { current } = grid;
    if (!current || !isBrushing) return;
    const tracks = getComputedStyle(current).gridTemplateColumns;
    let isOver = false;
    // all that are held are measured before the first of them is written
    queueMicrotask(() => {
      if (isOver) return;
      current.style.setProperty('--tracks', tracks);
      current.dataset.held = '';
    });
    return () => {
      isOver = true;
      delete current.dataset.held;
      current.style.removeProperty('--tracks');
    };
  }, [grid, isBrushing]);
};
