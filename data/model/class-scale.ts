import type { Metric } from '../metrics/metric';
import { quantile } from './quantile';

/** Colour ramps of tokens.css: counts and rates, people, heat. Light = more on the dark theme. */
export type Ramp = 'seq' | 'vio' | 'heat';

/** Half-open classes: class `i` holds `breaks[i-1] ≤ value < breaks[i]`; the last one is open above. */
export type ClassScale = { breaks: number[]; tokens: string[] };

/** Largest of 1, 2, 5 × 10ⁿ that is not above `width`. */
export const roundBelow = (width: number): number => {
  const magnitude = 10 ** Math.floor(Math.log10(width));
  const factor = [5, 2, 1].find((step) => step * magnitude <= width * (1 + 1e-9)) ?? 1;
  return factor * magnitude;
};

/** Cuts off what binary fractions add: 0.30000000000000004 → 0.3. */
const tidy = (value: number): number => Number(value.toPrecision(9));

/**
 * Round limits between at most `n` classes, near equal shares of the values, strictly rising. Counts get whole limits.
 * No values, or all the same: no limits, one class.
 */
export const roundBreaks = (values: number[], n: number): number[] => {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  const spread = quantile(sorted, 0.95) - quantile(sorted, 0.05);
  const [least, most] = [sorted[0] ?? 0, sorted.at(-1) ?? 0];
  if (most <= least) return [];
  const isWhole = sorted.every(Number.isInteger);
  const width = roundBelow((spread > 0 ? spread : most - least) / (2 * n));
  const step = isWhole ? Math.max(1, width) : width;
  const breaks: number[] = [];
  for (let i = 1; i < n; i++) {
    const limit = tidy(Math.round(quantile(sorted, i / n) / step) * step);
    if (limit > least && limit <= most && limit > (breaks.at(-1) ?? Number.NEGATIVE_INFINITY)) breaks.push(limit);
  }
  return breaks.length > 0 ? breaks : [most];
};

const frozen = new Map<string, number[]>();

/**
 * Limits kept for as long as the page lives: the same question at another instant keeps its classes, so a colour means
 * the same throughout a replay. They are drawn anew only when the question (`key`) is another one.
 */
export const fixedBreaks = (key: string, values: number[], n: number): number[] => {
  const id = `${key}|${n}`;
  const known = frozen.get(id);
  if (known) return known;
  const breaks = roundBreaks(values, n);
  if (values.length > 0) frozen.set(id, breaks);
  return breaks;
};

/** Scale over a ramp with one colour a class. Few classes stand apart: they share its first five steps. */
export const classScale = (ramp: Ramp, breaks: number[]): ClassScale => {
  const n = breaks.length + 1;
  const stride = n <= 4 ? 4 / Math.max(1, n - 1) : 1;
  const tokens = Array.from({ length: n }, (_, i) => `${ramp}-${Math.min(7, Math.round(1 + i * stride))}`);
  return { breaks, tokens };
};

/** Class of a value, 0 … n−1; null stays null (无数据). */
export const classOf = (scale: ClassScale, value: number | null): number | null => {
  if (value === null) return null;
  const above = scale.breaks.findIndex((limit) => value < limit);
  return above === -1 ? scale.breaks.length : above;
};

/** Classes of a fill; six stay apart from the last row of a hall. */
export const nClasses = 6;

export const rampOf = (metric: string): Ramp => (metric.startsWith('person.') ? 'vio' : 'seq');

/** Steps of the judgement from in order (达标), the grey of what is normal, to worst. */
const worseSteps = ['div-4', 'div-5', 'div-6', 'div-7'];

/** Colours of `n` classes, at most as many as there are steps, the best first. */
const judgedTokens = (n: number): string[] =>
  Array.from({ length: n }, (_, i) => worseSteps[Math.round((i * (worseSteps.length - 1)) / Math.max(1, n - 1))] ?? '');

/**
 * Scale a metric is drawn in; without limits of its own in those given. More is lighter; where the limits of a rate say
 * how good it is, what falls short of the best class is more violet the worse it is.
 */
export const metricScale = (
  metric: Pick<Metric, 'key' | 'kind' | 'breaks' | 'polarity'> | undefined,
  breaks: readonly number[],
  ramp: Ramp = rampOf(metric?.key ?? ''),
): ClassScale => {
  const n = breaks.length + 1;
  const isJudged = metric?.breaks !== undefined && metric.kind === 'rate' && metric.polarity !== 'neutral';
  if (!isJudged || n > worseSteps.length) return classScale(ramp, [...breaks]);
  const tokens = judgedTokens(n);
  return { breaks: [...breaks], tokens: metric.polarity === 'up_good' ? tokens.reverse() : tokens };
};

/** Steps of a change: seven, the one round nought in the middle. */
const nSteps = 7;

/**
 * Scale of a change against the time before, from fall to rise, six limits round nought. Where a direction is good the
 * change is judged, better to worse; where none is, it is down or up and no more.
 */
export const changeScale = (breaks: readonly number[], polarity: Metric['polarity']): ClassScale => {
  const ramp = polarity === 'neutral' ? 'shift' : 'div';
  const tokens = Array.from({ length: nSteps }, (_, i) => `${ramp}-${i + 1}`);
  return { breaks: [...breaks], tokens: polarity === 'up_good' ? tokens.reverse() : tokens };
};

type Worded = { scale: ClassScale; format: (value: number) => string; isOpenBelow?: boolean };

/** Words of all that a class holds; `first` = where the lowest begins. */
export const classWords = ({ scale: { breaks }, format, isOpenBelow }: Worded, i: number, first: number): string => {
  const [from, to] = [i === 0 ? first : breaks[i - 1], breaks[i]];
  if (to === undefined) return breaks.length > 0 ? `≥${format(from ?? first)}` : format(first);
  return i === 0 && isOpenBelow ? `<${format(to)}` : `${format(from ?? first)}–${format(to)}`;
};
