import { type Answer, scaleOf } from './answer';

/** Quantile of 95 %. */
const z = 1.959964;

/** Rates from fewer cases than this are shown and carry no place: one case more or less would move it. */
export const leastRanked = 10;

/** What a rate counts: a share of `n` cases, or cases per head of `n` people. */
export type RateModel = 'share' | 'perHead';

/** A rate to be ranked: `x` of `n`. */
export type Trial = { code: string; x: number; n: number };

/**
 * Place from 1 and the places that chance alone leaves open (名次可能在 first–last). `isOpen` = these are more than half of
 * all places: neither they nor the place say anything (排名难分).
 */
export type Place = { place: number; first: number; last: number; isOpen: boolean };

/** Whether the places left open are more than one and yet few enough to be told. */
export const hasTellingRange = (place: Place | null): place is Place =>
  place !== null && place.first < place.last && !place.isOpen;

export type FairRate = {
  code: string;
  /** 95 % interval of the rate as counted. */
  low: number;
  high: number;
  /** The rate drawn towards that of all, the more the fewer cases it has. */
  shrunk: number;
  /** Null = too few cases to be ranked. */
  place: Place | null;
};

/** Interval of a share (Wilson, 95 %), 0–1; the whole of it without a case. */
export const wilson = ({ x, n }: Pick<Trial, 'x' | 'n'>): { low: number; high: number } => {
  if (n <= 0) return { low: 0, high: 1 };
  const rate = x / n;
  const middle = rate + z ** 2 / (2 * n);
  const half = z * Math.sqrt((rate * (1 - rate)) / n + z ** 2 / (4 * n ** 2));
  const scale = 1 + z ** 2 / n;
  return { low: Math.max(0, (middle - half) / scale), high: Math.min(1, (middle + half) / scale) };
};

type Counted = Pick<Trial, 'x' | 'n'>;

/** Whether two shares differ by more than chance leaves open (Newcombe, 95 %). */
export const isApart = (a: Counted, b: Counted): boolean => {
  const [more, less] = a.x / a.n >= b.x / b.n ? [a, b] : [b, a];
  const [upper, lower] = [more.x / more.n, less.x / less.n];
  return upper - lower > Math.hypot(upper - wilson(more).low, wilson(less).high - lower);
};

/**
 * Whether two counts differ by more than chance leaves open (95 %): the first one's share of both is not `share`, a half
 * where both are of spans of one length and of as many heads.
 */
export const isCountApart = (a: number, b: number, share = 0.5): boolean => {
  const { low, high } = wilson({ x: a, n: a + b });
  return low > share || high < share;
};

/** Interval of a count per head (Byar, 95 %). */
const byar = ({ x, n }: Trial): { low: number; high: number } => {
  const edge = (count: number, sign: number) =>
    count <= 0 ? 0 : count * (1 - 1 / (9 * count) + (sign * z) / (3 * Math.sqrt(count))) ** 3;
  return { low: Math.max(0, edge(x, -1)) / n, high: edge(x + 1, 1) / n };
};

type Estimate = { code: string; value: number; se: number };

const isSame = (a: Estimate, b: Estimate): boolean => a.value === b.value;

/**
 * Places of estimates: equal ones share a place; another is surely better only where the difference of the two is more
 * than chance leaves open (95 %), so the places of a row run from behind those surely better to before those surely worse.
 */
export const placesOf = (rows: readonly Estimate[], best: 'high' | 'low' = 'high'): Map<string, Place> => {
  const sign = best === 'high' ? 1 : -1;
  const lead = (a: Estimate, b: Estimate) => sign * (a.value - b.value);
  const isSurely = (a: Estimate, b: Estimate) => lead(a, b) > z * Math.hypot(a.se, b.se);
  return new Map(
    rows.map((row) => {
      const better = rows.filter((other) => !isSame(other, row) && lead(other, row) > 0);
      const worse = rows.filter((other) => !isSame(other, row) && lead(row, other) > 0);
      const first = 1 + better.filter((other) => isSurely(other, row)).length;
      const last = rows.length - worse.filter((other) => isSurely(row, other)).length;
      const isOpen = first < last && last - first + 1 > rows.length / 2;
      return [row.code, { place: better.length + 1, first, last, isOpen }];
    }),
  );
};

/** 95 % interval of a rate as counted. */
export const rateInterval = (trial: Trial, model: RateModel): { low: number; high: number } =>
  model === 'share' ? wilson(trial) : byar(trial);

/** Standard error an interval of 95 % stands for. */
export const errorOf = ({ low, high }: { low: number; high: number }): number => Math.abs(high - low) / (2 * z);

/** How an answer counts: its rows one by one, or per head of the people; null = neither, as of a mean. */
export const modelOf = ({ kind, unit, cells }: Pick<Answer, 'kind' | 'unit' | 'cells'>): RateModel | null => {
  if (kind !== 'rate') return null;
  if (scaleOf(unit) > 1) return 'perHead';
  return cells.every(({ n, denominator }) => n === denominator) ? 'share' : null;
};

/** Mean of all and the spread between them beyond chance (global empirical Bayes, Marshall 1991). */
const priorOf = (trials: readonly Trial[], model: RateModel) => {
  const sum = (read: (trial: Trial) => number) => trials.reduce((total, trial) => total + read(trial), 0);
  const n = sum((trial) => trial.n);
  const mean = n > 0 ? sum(({ x }) => x) / n : 0;
  /** Variance of chance of a single case. */
  const chance = model === 'share' ? mean * (1 - mean) : mean;
  const spread = n > 0 ? sum((trial) => trial.n * (trial.x / trial.n - mean) ** 2) / n : 0;
  const between = n > 0 ? Math.max(0, spread - chance / (n / trials.length)) : 0;
  return { mean, chance, between };
};

/**
 * Ranks rates fairly (公平排名): each is drawn towards the rate of all by what its cases can't carry, the places follow
 * from that, and come with the places chance leaves open. Few cases get no place. Where the rates differ by no more
 * than chance all share the first place. The order of the rows has no effect.
 */
export const fairRank = (all: readonly Trial[], model: RateModel, best: 'high' | 'low' = 'high'): FairRate[] => {
  const trials = all.filter(({ n }) => n > 0).toSorted((a, b) => (a.code < b.code ? -1 : 1));
  const { mean, chance, between } = priorOf(trials, model);
  const estimates = trials.map(({ code, x, n }) => {
    const variance = chance / n;
    const weight = between > 0 ? between / (between + variance) : 0;
    return { code, n, value: mean + weight * (x / n - mean), se: Math.sqrt(weight * variance) };
  });
  const places = placesOf(
    estimates.filter(({ n }) => n >= leastRanked),
    best,
  );
  return trials.map((trial, i) => ({
    code: trial.code,
    ...rateInterval(trial, model),
    shrunk: estimates[i]?.value ?? mean,
    place: places.get(trial.code) ?? null,
  }));
};
