/** Seeded source of numbers: the same seed gives the same sequence on every machine. */
export type Random = {
  /** Uniform in [0, 1). */
  next: () => number;
  /** Uniform in [low, high). */
  between: (low: number, high: number) => number;
  /** Whole number in [low, high]. */
  whole: (low: number, high: number) => number;
  has: (probability: number) => boolean;
  /** Standard normal. */
  normal: () => number;
  pick: <T>(list: readonly T[]) => T;
  /** Index drawn in proportion to its weight. */
  weighted: (weights: readonly number[]) => number;
  shuffle: <T>(list: readonly T[]) => T[];
};

const hashText = (text: string): number => {
  let hash = 2166136261;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16777619);
  return hash >>> 0;
};

const mulberry = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};

const drawWeighted = (next: () => number, weights: readonly number[]): number => {
  let total = 0;
  for (const weight of weights) total += weight;
  let left = next() * total;
  for (let i = 0; i < weights.length; i++) {
    left -= weights[i] ?? 0;
    if (left < 0) return i;
  }
  return weights.length - 1;
};

/** A stream of its own for each named purpose, so that changing one leaves the others as they were. */
export const randomFor = (purpose: string): Random => {
  const next = mulberry(hashText(`gridhall:${purpose}`));
  const whole = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  const pick = <T>(list: readonly T[]): T => {
    const item = list[Math.floor(next() * list.length)];
    if (item === undefined) throw new Error(`Nothing to pick from for ${purpose}`);
    return item;
  };
  return {
    next,
    between: (low, high) => low + (high - low) * next(),
    whole,
    has: (probability) => next() < probability,
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    pick,
    weighted: (weights) => drawWeighted(next, weights),
    shuffle: (list) => {
      const copy = [...list];
      for (let i = copy.length - 1; i > 0; i--) {
        const j = whole(0, i);
        const [a, b] = [copy[i], copy[j]];
        if (a !== undefined && b !== undefined) [copy[i], copy[j]] = [b, a];
      }
      return copy;
    },
  };
};

const hex = (random: Random, digits: number): string =>
  Array.from({ length: digits }, () => random.whole(0, 15).toString(16)).join('');

/** A UUID of version 4 from the stream. */
export const uuidOf = (random: Random): string =>
  [hex(random, 8), hex(random, 4), `4${hex(random, 3)}`, `8${hex(random, 3)}`, hex(random, 12)].join('-');
