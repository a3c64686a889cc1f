import type { Range } from './chart-brush';

/** Buckets marked by the first press. */
const firstWidth = 7;

/** What a key with Shift makes of the stretch marked: arrows sideways move it, up and down widen and narrow it; null = no such key. */
export const movedRange = (marked: Range | null, key: string, n: number): Range | null => {
  const last = n - 1;
  if (!/^Arrow(Left|Right|Up|Down)$/.test(key) || last < 0) return null;
  if (!marked) return [Math.max(0, last - firstWidth + 1), last];
  const [from, to] = marked;
  if (key === 'ArrowUp') return [Math.max(0, from - 1), to];
  if (key === 'ArrowDown') return [Math.min(to, from + 1), to];
  const step = key === 'ArrowLeft' ? Math.max(-1, -from) : Math.min(1, last - to);
  return [from + step, to + step];
};
