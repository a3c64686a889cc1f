/**
 * Bounded queue of batches between one producer and one consumer. When more items wait than it may hold it forgets them
 * all and `take` yields what `overflow` returns, so that a slow consumer costs no memory and learns that it missed something.
 */
export type Queue<T> = {
  push: (batch: readonly T[]) => void;
  /** All batches that wait, at least one; none once the queue has ended. */
  take: () => Promise<(readonly T[])[]>;
  end: () => void;
};

export const boundedQueue = <T>(capacity: number, overflow: (dropped: T) => T): Queue<T> => {
  let batches: (readonly T[])[] = [];
  let nItems = 0;
  let isEnded = false;
  let wake: (() => void) | null = null;
  const rouse = () => {
    wake?.();
    wake = null;
  };
  return {
    push: (batch) => {
      const last = batch.at(-1);
      if (isEnded || last === undefined) return;
      nItems += batch.length;
      if (nItems > capacity) {
        batches = [[overflow(last)]];
        nItems = 1;
      } else batches.push(batch);
      rouse();
    },
    take: async () => {
      while (batches.length === 0 && !isEnded)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      const taken = isEnded ? [] : batches;
      batches = [];
      nItems = 0;
      return taken;
    },
    end: () => {
      isEnded = true;
      rouse();
    },
  };
};
