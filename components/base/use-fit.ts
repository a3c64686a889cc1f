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

/**
 * Rows of differing height that fit into an element: each child's first element is measured, with `gapEm` between them.
 * Give rows from `fits` on the style `hiddenRow`: they stay measurable and are not seen.
 */
export const useFitRows = <E extends HTMLElement>(gapEm: number): { ref: RefObject<E | null>; fits: number } => {
  const ref = useRef<E>(null);
  // all at first: a line that tells of the rest takes room only where there is a rest
  const [fits, setFits] = useState(Number.POSITIVE_INFINITY);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const measure = () => {
      const gap = gapEm * Number.parseFloat(getComputedStyle(element).fontSize);
      const heights = [...element.children].map((row) => (row.firstElementChild?.clientHeight ?? 0) + gap);
      let left = element.clientHeight + 1;
      const over = heights.findIndex((height) => {
        left -= height;
        return left < 0;
      });
      setFits(Math.max(1, over === -1 ? heights.length : over));
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  });
  return { ref, fits };
};

export const hiddenRow = { visibility: 'hidden', position: 'absolute', left: 0, right: 0, flex: 'none' } as const;
