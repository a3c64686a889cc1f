/** Keeps the most recently used values up to a total weight in bytes; the oldest go first. */
export const makeLru = <V>(maxBytes: number, weigh: (value: V) => number) => {
  const entries = new Map<string, V>();
  let bytes = 0;
  return {
    get: (key: string): V | undefined => {
      const value = entries.get(key);
      if (value === undefined) return undefined;
      entries.delete(key);
      entries.set(key, value);
      return value;
    },
    set: (key: string, value: V) => {
      const before = entries.get(key);
      if (before !== undefined) bytes -= weigh(before);
      entries.delete(key);
      entries.set(key, value);
      bytes += weigh(value);
      for (const [oldest, old] of entries) {
        if (bytes <= maxBytes || oldest === key) break;
        entries.delete(oldest);
        bytes -= weigh(old);
      }
    },
    size: () => entries.size,
  };
};
