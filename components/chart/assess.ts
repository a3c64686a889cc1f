import { noCode } from '@/data/metrics/dimensions';
import type { Answer, Cell } from '@/data/model/answer';
import { fairRank, leastRanked, type Trial } from '@/data/model/fair-rank';
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
  /** Places won (+) or lost (−) among those ranked in both periods; null = not ranked before. */
  moved: number | null;
  /** Difference of the rate to the period before, as a share; null without one. */
  change: number | null;
  isMissed: boolean;
};

/** Places of rates, each drawn to that of all by what its cases can't carry. */
const placesOf = (rows: readonly Trial[], isDownGood: boolean): Map<string, number> =>
  new Map(
    fairRank(rows, 'share', isDownGood ? 'low' : 'high').flatMap(({ code, place }) =>
      place ? [[code, place.place] as const] : [],
    ),
  );

/** Cells of a rate by one dimension as an assessment: best first, those with too few cases last. Places are fair ones. */
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
    .map(({ x: _, ...row }) => ({
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
