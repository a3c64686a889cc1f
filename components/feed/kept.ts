'use client';

import { useEffect, useRef } from 'react';

/**
 * The newest value under each name, and while there is none yet the last one it had: what stands on a screen stays
 * until its successor is there. (`keepPreviousData` does nothing inside `useQueries`.) Null is an answer. A name is dropped once unused.
 */
export const useKept = <Value>(values: ReadonlyMap<string, Value | undefined>): Map<string, Value | undefined> => {
  const last = useRef(new Map<string, Value>());
  useEffect(() => {
    const next = new Map<string, Value>();
    for (const [name, value] of values) {
      const known = value === undefined ? last.current.get(name) : value;
      if (known !== undefined) next.set(name, known);
    }
    last.current = next;
  });
  return new Map([...values].map(([name, value]) => [name, value === undefined ? last.current.get(name) : value]));
};
