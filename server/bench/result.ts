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
