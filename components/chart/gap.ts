import type { Answer, Cell } from '@/data/model/answer';

/** A division's distance to the target (与目标之差), in the metric's own unit: shares as shares. */
export type Gap = { code: string; name: string; cell: Cell; value: number; gap: number; isMissed: boolean };
export type GapGroup = { code: string; name: string; gaps: Gap[] };

/** Whether a value misses its target, by the metric's good direction. */
export const missesTarget = (answer: Pick<Answer, 'polarity' | 'target'>, value: number | null): boolean =>
  value !== null &&
  answer.target !== null &&
  (answer.polarity === 'down_good' ? value > answer.target : value < answer.target);

type Names = {
  dimension: string;
  parentOf: (code: string) => { code: string; name: string };
  nameOf: (code: string) => string;
};

/** Cells with a value as gaps to the target, worst first, in groups by parent; empty without a target. */
export const gapGroups = (answer: Answer, { dimension, parentOf, nameOf }: Names): GapGroup[] => {
  const { target, polarity } = answer;
  if (target === null) return [];
  const sign = polarity === 'down_good' ? -1 : 1;
  const groups = new Map<string, GapGroup>();
  for (const cell of answer.cells) {
    const code = cell.at[dimension];
    if (!code || cell.value === null || code === 'none') continue;
    const parent = parentOf(code);
    const group = groups.get(parent.code) ?? { ...parent, gaps: [] };
    const gap = cell.value - target;
    group.gaps.push({
      code,
      name: nameOf(code),
      cell,
      value: cell.value,
      gap,
      isMissed: missesTarget(answer, cell.value),
    });
    groups.set(parent.code, group);
  }
  for (const group of groups.values()) group.gaps.sort((a, b) => sign * (a.gap - b.gap));
  return [...groups.values()];
};

/** One scale for both directions: share of the height above the target line, and height of a unit of gap. */
export const gapScale = (groups: readonly GapGroup[]): { above: number; perUnit: number } => {
  const gaps = groups.flatMap((group) => group.gaps.map(({ gap }) => gap));
  const up = Math.max(0, ...gaps);
  const down = Math.max(0, ...gaps.map((gap) => -gap));
  const span = up + down;
  return span === 0 ? { above: 0.5, perUnit: 0 } : { above: up / span, perUnit: 1 / span };
};

/** Width of words in em: a Han character takes one, anything else a little over a half. */
export const widthEm = (words: string): number =>
  [...words].reduce((sum, char) => sum + (/[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u.test(char) ? 1 : 0.58), 0);

/**
 * Whether names centred under their columns keep clear of their neighbours and of the group's ends; if not, only those
 * that miss the target are named, in a line of their own.
 */
export const namesFit = (groups: readonly GapGroup[], columnEm: number): boolean =>
  groups.every(({ gaps }) => {
    const widths = gaps.map(({ name }) => widthEm(name));
    return widths.every((width, i) => {
      const next = widths[i + 1];
      return next === undefined ? width <= columnEm + 0.8 : (width + next) / 2 + 0.25 <= columnEm;
    });
  });

type WordedRoom = { gap: number; more: number; least: number; shut?: readonly (readonly [from: number, to: number])[] };

/**
 * Columns that stand over words of their own, the first of a group: as many as fit, each as wide as its words, the others
 * sharing the rest, which must hold the words that say how many more there are. All in em, `least` = of a column;
 * `shut` = stretches where no words stand: those that would, and what follows, have none.
 */
export const wordedColumns = (
  words: readonly string[],
  nColumns: number,
  roomEm: number,
  { gap, more, least, shut = [] }: WordedRoom,
): { widths: number[]; rest: number } => {
  const widths: number[] = [];
  let free = roomEm;
  for (const word of words) {
    const width = widthEm(word) + gap;
    const nOthers = nColumns - widths.length - 1;
    const isLast = widths.length === words.length - 1;
    const start = roomEm - free;
    if (shut.some(([from, to]) => start < to && from < start + width)) break;
    if (free - width < Math.max(nOthers * least, isLast ? 0 : more)) break;
    widths.push(width);
    free -= width;
  }
  return { widths, rest: free / Math.max(1, nColumns - widths.length) };
};

/** A name without the word of its level (社区, 街道) where at least two characters are left. */
export const shortName = (name: string, endings: readonly string[]): string => {
  const ending = endings.find((word) => name.endsWith(word) && name.length - word.length >= 2);
  return ending ? name.slice(0, -ending.length).trimEnd() : name;
};
