import { noCode } from '@/data/metrics/dimensions';
import type { Answer, Cell } from '@/data/model/answer';
import { missesTarget } from './gap';

/** Rates from fewer cases than this are shown and not ranked: one case more or less would move the place. */
export const leastRanked = 10;

/** A row of an assessment (考核): its rate, place, and how far it moved since the period before. */
export type AssessRow = {
  code: string;
  cell: Cell;
  value: number;
  /** Cases behind it. */
  n: number;
  /** From 1; null = too few cases to rank. */
  place: number | null;
  /** Places won (+) or lost (−) among those ranked in both periods; null = not ranked before. */
  moved: number | null;
  /** Difference of the rate to the period before, as a share; null without one. */
  change: number | null;
  isMissed: boolean;
};

type Scored = { code: string; value: number };

const placesOf = (rows: readonly Scored[], isDownGood: boolean): Map<string, number> => {
  const sorted = [...rows].sort(
    (a, b) => (isDownGood ? a.value - b.value : b.value - a.value) || (a.code < b.code ? -1 : 1),
  );
  return new Map(sorted.map(({ code }, i) => [code, 1 + sorted.findIndex(({ value }) => value === sorted[i]?.value)]));
};

/** Cells of a rate by one dimension as an assessment: best first, those with too few cases last. Equal rates share a place. */
export const assess = (answer: Answer, target: number | null): AssessRow[] => {
  const dimension = answer.dimensions[0] ?? '';
  const isDownGood = answer.polarity === 'down_good';
  const rows = answer.cells.flatMap((cell) => {
    const code = cell.at[dimension];
    return code && code !== noCode && cell.value !== null ? [{ code, cell, value: cell.value, n: cell.n ?? 0 }] : [];
  });
  const ranked = rows.filter(({ n }) => n >= leastRanked);
  const before = ranked.flatMap(({ code, cell: { previous } }) =>
    previous && previous.value !== null && previous.denominator >= leastRanked ? [{ code, value: previous.value }] : [],
  );
  const places = placesOf(ranked, isDownGood);
  const both = new Set(before.map(({ code }) => code));
  const nowAmong = placesOf(
    ranked.filter(({ code }) => both.has(code)),
    isDownGood,
  );
  const thenAmong = placesOf(before, isDownGood);
  const movedOf = (code: string) => {
    const [then, now] = [thenAmong.get(code), nowAmong.get(code)];
    return then === undefined || now === undefined ? null : then - now;
  };
  return rows
    .map((row) => ({
      ...row,
      place: places.get(row.code) ?? null,
      moved: movedOf(row.code),
      change: both.has(row.code) && row.cell.previous?.value != null ? row.value - row.cell.previous.value : null,
      isMissed: missesTarget({ ...answer, target }, row.value),
    }))
    .sort((a, b) => (a.place ?? 1e6) - (b.place ?? 1e6) || (a.code < b.code ? -1 : 1));
};

/** Rows whose rate changed most against the period before, largest change first. */
export const moversOf = (rows: readonly AssessRow[], most: number): AssessRow[] =>
  rows
    .filter(({ change, place }) => place !== null && change !== null && change !== 0)
    .sort((a, b) => Math.abs(b.change ?? 0) - Math.abs(a.change ?? 0))
    .slice(0, most);
