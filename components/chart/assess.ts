import { noCode } from '@/data/metrics/dimensions';
import type { Answer, Cell } from '@/data/model/answer';
import { type FairRate, fairRank, leastRanked, type Place, type Trial, wilson } from '@/data/model/fair-rank';
import { missesTarget } from './gap';

/** A row of an assessment (考核): its rate, place, and how far it moved since the period before. */
export type AssessRow = {
  code: string;
  cell: Cell;
  value: number;
  /** Cases behind it. */
  n: number;
  /** From 1; null = too few cases to rank. */
  place: number | null;
  /** Places chance leaves open, best and worst; null = not ranked. */
  range: Place | null;
  /** Places won (+) or lost (−) among those ranked in both periods; null = not ranked before, one tie of all, or an open place. */
  moved: number | null;
  /** Difference of the rate to the period before, as a share; null without one. */
  change: number | null;
  /** Interval of chance of the rate (95 %), 0–1. */
  interval: { low: number; high: number };
  isMissed: boolean;
  /** The whole interval of chance (95 %) lies on the wrong side of the target. */
  isSurelyMissed: boolean;
};

/** Rates, each drawn to that of all by what its cases can't carry, by code. */
const ratesOf = (rows: readonly Trial[], isDownGood: boolean): Map<string, FairRate> =>
  new Map(fairRank(rows, 'share', isDownGood ? 'low' : 'high').map((rate) => [rate.code, rate]));

/** All share the first place: they differ by no more than chance. */
const areTied = (rates: ReadonlyMap<string, FairRate>): boolean =>
  rates.size > 1 && [...rates.values()].every(({ place }) => place?.place === 1);

const placed = (rate: FairRate | undefined): Pick<AssessRow, 'place' | 'range'> =>
  rate?.place ? { place: rate.place.place, range: rate.place } : { place: null, range: null };

/** Cells of a rate by one dimension as an assessment: best first, within a tie by the plain rate, those with too few cases last. Places are fair ones. */
export const assess = (answer: Answer, target: number | null): AssessRow[] => {
  const dimension = answer.dimensions[0] ?? '';
  const isDownGood = answer.polarity === 'down_good';
  const rows = answer.cells.flatMap((cell) => {
    const code = cell.at[dimension];
    return code && code !== noCode && cell.value !== null
      ? [{ code, cell, value: cell.value, x: cell.numerator ?? 0, n: cell.n ?? 0 }]
      : [];
  });
  const ranked = rows.filter(({ n }) => n >= leastRanked);
  const before = ranked.flatMap(({ code, cell: { previous } }) =>
    previous && previous.denominator >= leastRanked ? [{ code, x: previous.numerator, n: previous.denominator }] : [],
  );
  const rates = ratesOf(ranked, isDownGood);
  const both = new Set(before.map(({ code }) => code));
  const nowAmong = ratesOf(
    ranked.filter(({ code }) => both.has(code)),
    isDownGood,
  );
  const thenAmong = ratesOf(before, isDownGood);
  const hasPlaces = !areTied(nowAmong) && !areTied(thenAmong);
  const movedOf = (code: string) => {
    const [then, now] = [thenAmong.get(code)?.place, nowAmong.get(code)?.place];
    return hasPlaces && then && now && !then.isOpen && !now.isOpen ? then.place - now.place : null;
  };
  return rows
    .map(({ x, ...row }) => ({ ...row, interval: wilson({ x, n: row.n }) }))
    .map((row) => ({
      ...row,
      ...placed(rates.get(row.code)),
      moved: movedOf(row.code),
      change: both.has(row.code) && row.cell.previous?.value != null ? row.value - row.cell.previous.value : null,
      isMissed: missesTarget({ ...answer, target }, row.value),
      isSurelyMissed: missesTarget({ ...answer, target }, row.interval[isDownGood ? 'low' : 'high']),
    }))
    .sort(
      (a, b) =>
        (a.place ?? 1e6) - (b.place ?? 1e6) ||
        (isDownGood ? a.value - b.value : b.value - a.value) ||
        (a.code < b.code ? -1 : 1),
    );
};

/** Ranked rows: what misses its target beyond chance first, then the rest, each from the worst rate. */
export const worstFirst = (rows: readonly AssessRow[], { polarity }: Pick<Answer, 'polarity'>): AssessRow[] => {
  const sign = polarity === 'down_good' ? -1 : 1;
  return rows
    .filter(({ place }) => place !== null)
    .toSorted(
      (a, b) =>
        Number(b.isSurelyMissed) - Number(a.isSurelyMissed) || sign * (a.value - b.value) || (a.code < b.code ? -1 : 1),
    );
};

/** Scale on which the intervals of rows and their target lie: tenths below the lowest up to the whole. */
export const intervalScale = (rows: readonly AssessRow[], target: number | null): { from: number; to: number } => {
  const least = Math.min(target ?? 1, ...rows.map(({ interval }) => interval.low));
  return { from: Math.min(0.9, Math.floor(least * 10) / 10), to: 1 };
};

/** Rows whose rate changed most against the period before, largest change first. */
export const moversOf = (rows: readonly AssessRow[], most: number): AssessRow[] =>
  rows
    .filter(({ change, place }) => place !== null && change !== null && change !== 0)
    .sort((a, b) => Math.abs(b.change ?? 0) - Math.abs(a.change ?? 0))
    .slice(0, most);
