import { noCode } from '@/data/metrics/dimensions';
import { type Answer, type Cell, scaleOf } from '@/data/model/answer';
import { type FairRate, fairRank, leastRanked, modelOf, type Place } from '@/data/model/fair-rank';

export type RankRow = {
  code: string;
  cell: Cell;
  /** Place in the order, from 1; null for a withheld value, a rate of few rows and what lies in no division. */
  place: number | null;
  /** Places that chance leaves open to a rate; null where its rows are not single cases. */
  range: Place | null;
  /** Length of the bar, 0–1 of the longest; bars start at zero. */
  share: number;
  /** Ends of the 95 % interval of a rate on the scale of the bar. */
  interval: { low: number; high: number } | null;
  /** A rate or mean from few rows. */
  isSmall: boolean;
};

type Known = { code: string; cell: Cell };

const fairOf = (answer: Answer, known: readonly Known[]): Map<string, FairRate> => {
  const model = modelOf(answer);
  const trials = known.flatMap(({ code, cell: { numerator, denominator, value } }) =>
    value === null || numerator === null || denominator === null ? [] : [{ code, x: numerator, n: denominator }],
  );
  return new Map(model ? fairRank(trials, model).map((row) => [row.code, row]) : []);
};

/** What a row is ordered by: a rate as its cases carry it, below those any that few cases make; else the value. */
const orderOf = ({ cell }: Known, fair: FairRate | undefined): number => {
  if (cell.value === null) return -2e9;
  return fair ? fair.shrunk - (fair.place ? 0 : 1e9) : cell.value;
};

/** Cells of one division level, largest first; few cases, withheld ones and the remainder without a division last. */
export const rankRows = (answer: Answer, dimension: string): RankRow[] => {
  const isRatio = answer.kind === 'rate' || answer.kind === 'mean';
  const all = answer.cells.flatMap((cell) => {
    const code = cell.at[dimension];
    return code ? [{ code, cell }] : [];
  });
  const known = all.filter(({ code }) => code !== noCode);
  const rest = all.filter(({ code }) => code === noCode);
  const fair = fairOf(answer, known);
  const scale = scaleOf(answer.unit);
  const top = Math.max(
    0,
    ...all.map(({ code, cell }) => Math.max(cell.value ?? 0, (fair.get(code)?.high ?? 0) * scale)),
  );
  const onBar = (value: number) => (top > 0 ? Math.max(0, value) / top : 0);
  const byOrder = (a: Known, b: Known) =>
    orderOf(b, fair.get(b.code)) - orderOf(a, fair.get(a.code)) ||
    (b.cell.value ?? 0) - (a.cell.value ?? 0) ||
    (a.code < b.code ? -1 : 1);
  return [...known.sort(byOrder), ...rest].map(({ code, cell }, i) => {
    const rate = fair.get(code);
    const isPlaced = code !== noCode && cell.value !== null;
    return {
      code,
      cell,
      place: rate ? (rate.place?.place ?? null) : isPlaced ? i + 1 : null,
      range: rate?.place ?? null,
      share: onBar(cell.value ?? 0),
      interval: rate ? { low: onBar(rate.low * scale), high: onBar(rate.high * scale) } : null,
      isSmall: isRatio && cell.value !== null && (cell.n ?? 0) < leastRanked,
    };
  });
};
