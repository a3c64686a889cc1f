import { randomFor } from './random';

/** Shares that each kind of record came in by: departments, grid workers, the public themselves, organisations. */
const origins = ['department', 'worker', 'public', 'enterprise'] as const;
const weights = {
  dwelling: [0.52, 0.37, 0.05, 0.06],
  residence: [0.34, 0.42, 0.15, 0.09],
  entity: [0.58, 0.22, 0.04, 0.16],
} as const;

/** Rows of a table, each with who brought it in (四类来源). */
export function* withOrigin(
  table: keyof typeof weights,
  rows: Iterable<unknown[]>,
  size: string,
): Generator<unknown[]> {
  const random = randomFor(`${size}:origin:${table}`);
  for (const row of rows) yield [...row, origins[random.weighted(weights[table])]];
}
