/** One line of `npm run bench`. Fields that don't apply are absent. */
export type BenchResult = {
  bench: string;
  case: string;
  n?: number;
  p50?: number;
  p95?: number;
  p99?: number;
  unit: string;
  ratio?: number;
  against?: string;
};

/** A bench yields its results as they come. */
export type Bench = () => AsyncGenerator<BenchResult>;

/** The value that a share of the times do not exceed, ms to three places; 0 without any. */
export const percentile = (times: readonly number[], share: number): number => {
  const sorted = [...times].sort((a, b) => a - b);
  return Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(3));
};

/** p50 and p95 of times as a result. */
export const resultOf = (bench: string, name: string, times: readonly number[]): BenchResult => ({
  bench,
  case: name,
  n: times.length,
  p50: percentile(times, 0.5),
  p95: percentile(times, 0.95),
  unit: 'ms',
});

/** A result beside another one: how many times longer it took at the median. */
export const against = (result: BenchResult, own: readonly number[], name: string): BenchResult => ({
  ...result,
  ratio: Number(((result.p50 ?? 0) / percentile(own, 0.5)).toFixed(1)),
  against: name,
});

/** Does the work and adds the ms it took. */
export const timed = async <T>(times: number[], work: () => T | Promise<T>): Promise<T> => {
  const started = performance.now();
  const result = await work();
  times.push(performance.now() - started);
  return result;
};

/** Does the work again and again; ms of each time. */
export const timedRounds = async (n: number, work: () => Promise<unknown>): Promise<number[]> => {
  const times: number[] = [];
  for (let round = 0; round < n; round += 1) await timed(times, work);
  return times;
};
