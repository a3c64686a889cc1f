/**
 * Bounded queue between one producer and one consumer. When full it empties itself and `take` yields what `overflow`
 * returns, so that a slow consumer costs no memory and learns that it missed something.
 */
export type Queue<T> = {
  push: (items: readonly T[]) => void;
  /** All that waits, at least one; none once the queue has ended. */
  take: () => Promise<T[]>;
  end: (error?: Error) => void;
};

export const boundedQueue = <T>(capacity: number, overflow: (dropped: T) => T): Queue<T> => {
  let items: T[] = [];
  let end: { error: Error | undefined } | null = null;
  let wake: (() => void) | null = null;
  const rouse = () => {
    wake?.();
    wake = null;
  };
  return {
    push: (more) => {
      const last = more.at(-1);
      if (end || last === undefined) return;
      items = items.length + more.length > capacity ? [overflow(last)] : items.concat(more);
      rouse();
    },
    take: async () => {
      while (items.length === 0 && !end)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      if (end?.error) throw end.error;
      const taken = end ? [] : items;
      items = [];
      return taken;
    },
    end: (error) => {
      end ??= { error };
      rouse();
    },
  };
};
