import { type RefObject, useEffect, useState } from 'react';

/** Which children of a list that scrolls can be seen, by their place; all of them until that is known. */
export const useSeen = (list: RefObject<HTMLElement | null>, nRows: number): ((row: number) => boolean) => {
  const [seen, setSeen] = useState<ReadonlySet<number> | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other children are there with another number of rows
  useEffect(() => {
    const root = list.current;
    if (!root) return;
    const rows = [...root.children];
    const found = new Set<number>();
    const watch = new IntersectionObserver(
      (changes) => {
        for (const { target, isIntersecting } of changes) {
          if (isIntersecting) found.add(rows.indexOf(target));
          else found.delete(rows.indexOf(target));
        }
        setSeen(new Set(found));
      },
      { root },
    );
    for (const row of rows) watch.observe(row);
    return () => watch.disconnect();
  }, [list, nRows]);
  return (row) => seen?.has(row) ?? true;
};
