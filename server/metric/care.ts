import { careLeastN, isCare } from '@/data/metrics/care';
import type { DimensionKey } from '@/data/metrics/dimensions';
import type { Metric } from '@/data/metrics/metric';
import type { Cell } from '@/data/model/answer';
import type { Clause } from '@/data/model/view';
import type { PartRow } from './assemble';
import { withhold } from './suppress';

/** Events of one category in one cell of the other dimensions. */
type Leaf = { group: string; category: string; n: number };

type CareAsk = {
  metric: Metric;
  dimensions: readonly DimensionKey[];
  filters: readonly Pick<Clause, 'field' | 'values'>[];
  /** The division asked about is a grid. */
  isGrid: boolean;
};

const isCategory = (key: string): boolean => key === 'category' || key === 'categoryL1';
const isSmall = (key: DimensionKey): boolean =>
  key === 'grid' || key === 'block' || key === 'building' || key === 'hexagon';
const namesCategory = ({ dimensions, filters }: CareAsk): boolean =>
  dimensions.some(isCategory) || filters.some(({ field, values }) => isCategory(field) && values.length > 0);

/** Whether a question tells categories of events apart in places smaller than a community. */
export const isCareAsk = (ask: CareAsk): boolean =>
  ask.metric.fact === 'event' && (ask.isGrid || ask.dimensions.some(isSmall)) && namesCategory(ask);

/** Dimensions the leaves are counted by: those of the question, then group and category. */
export const leafDimensions = (dimensions: readonly DimensionKey[]): DimensionKey[] => [
  ...dimensions.filter((key) => !isCategory(key)),
  'categoryL1',
  'category',
];

const leavesByKey = (rows: readonly PartRow[]): Map<string, Leaf[]> => {
  const leaves = new Map<string, Leaf[]>();
  for (const { part, at, n, residents } of rows) {
    if (part !== 'now' || residents !== null || n === 0) continue;
    const key = at.slice(0, -2).join('\u001f');
    const leaf = { group: at.at(-2) ?? '', category: at.at(-1) ?? '', n };
    leaves.set(key, [...(leaves.get(key) ?? []), leaf]);
  }
  return leaves;
};

/** Categories too few to tell apart and those that would give them away; `isSafe` = together they may be shown. */
const hiddenLeaves = (leaves: readonly Leaf[]): { hidden: Set<Leaf>; isSafe: boolean } => {
  const hidden = new Set(leaves.filter(({ group, category, n }) => isCare(category, group) && n < careLeastN));
  const others = leaves
    .filter((leaf) => !hidden.has(leaf))
    .sort((a, b) => a.n - b.n || a.category.localeCompare(b.category));
  const isSafe = () => hidden.size >= 2 && [...hidden].reduce((sum, { n }) => sum + n, 0) >= careLeastN;
  for (const leaf of hidden.size > 0 ? others : []) if (!isSafe()) hidden.add(leaf);
  return { hidden, isSafe: isSafe() };
};

const passes = (leaf: Leaf, { filters }: CareAsk, at: Cell['at']): boolean => {
  const codes: Record<string, string> = { category: leaf.category, categoryL1: leaf.group };
  return (
    Object.entries(codes).every(([key, code]) => at[key] === undefined || at[key] === code) &&
    filters.every(
      ({ field, values }) => !isCategory(field) || values.length === 0 || values.includes(codes[field] ?? ''),
    )
  );
};

/** Rows behind a comparison. */
const baseRows = (metric: Metric, parts: { numerator: number; denominator: number }): number =>
  metric.kind === 'count' || metric.kind === 'sum' || metric.denominator === 'residents'
    ? parts.numerator
    : parts.denominator;

const isSurelyOther = ({ at }: Cell): boolean => at.category !== undefined && !isCare(at.category, at.categoryL1 ?? '');

const dropSmallBases = (cell: Cell, metric: Metric): Cell => {
  const kept = { ...cell };
  for (const operator of ['previous', 'lastYear'] as const) {
    const base = cell[operator];
    if (base && baseRows(metric, base) > 0 && baseRows(metric, base) < careLeastN && !isSurelyOther(cell))
      delete kept[operator];
  }
  return kept;
};

/**
 * Withholds what would tell of fewer than five events of a person in need in one small place. `rows` = the question
 * counted by `leafDimensions`, its clauses on categories left out: each place then has one set of hidden categories, and
 * a cell is shown only when it holds none of them or all, however it was asked for.
 */
export const withholdCare = (cells: readonly Cell[], rows: readonly PartRow[], ask: CareAsk): Cell[] => {
  const leaves = leavesByKey(rows);
  const sets = new Map([...leaves].map(([key, list]) => [key, hiddenLeaves(list)]));
  const others = ask.dimensions.filter((key) => !isCategory(key));
  return cells.map((cell) => {
    const key = others.map((dimension) => cell.at[dimension] ?? '').join('\u001f');
    const { hidden, isSafe } = sets.get(key) ?? { hidden: new Set<Leaf>(), isSafe: true };
    const n = [...hidden].filter((leaf) => passes(leaf, ask, cell.at)).length;
    if (n > 0 && !(isSafe && n === hidden.size)) return withhold(cell);
    return dropSmallBases(cell, ask.metric);
  });
};
