'use client';

import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

/**
 * Rows of a given height (in the element's own font size) that fit into an element; 1 to `most`. Where there is less
 * room, rows are dropped: type never shrinks.
 */
export const useFit = <E extends HTMLElement>(
  rowEm: number,
  most: number,
): { ref: RefObject<E | null>; fits: number } => {
  const ref = useRef<E>(null);
  const [fits, setFits] = useState(most);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const measure = () => {
      const row = rowEm * Number.parseFloat(getComputedStyle(element).fontSize);
      setFits(Math.max(1, Math.min(most, Math.floor((element.clientHeight + 1) / row))));
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, [rowEm, most]);
  return { ref, fits };
};
