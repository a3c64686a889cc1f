import { performance } from 'node:perf_hooks';
import { brotliCompressSync, constants } from 'node:zlib';
import type { BenchResult } from '../result';

/** Bytes on the wire. Both sides of every comparison are compressed alike, as the product compresses its tiles. */
export const wireBytes = (bytes: Uint8Array | string): number =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }).length;

export const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;

export const round = (value: number): number => Math.round(value * 100) / 100;

const rounds = 7;

/** Milliseconds of each of several runs, the first one left out. */
export const timed = (work: () => unknown): number[] =>
  Array.from({ length: rounds + 1 }, () => {
    const started = performance.now();
    work();
    return performance.now() - started;
  }).slice(1);

type Case = { name: string; n: number; unit: string };

/** A line of the values alone. */
export const line = ({ name, n, unit }: Case, values: readonly number[]): BenchResult => ({
  ...{ bench: 'map', case: name, n, unit },
  p50: round(quantile(values, 0.5)),
  p95: round(quantile(values, 0.95)),
});

/** The same held against the naive way: `ratio` = how many times more that takes. */
export const against = (about: Case, own: readonly number[], naive: readonly number[]): BenchResult => ({
  ...line(about, own),
  ratio: round(quantile(naive, 0.5) / quantile(own, 0.5)),
  against: `GeoJSON rows, ${round(quantile(naive, 0.5))} ${about.unit}`,
});
