import { type DimensionKey, noCode, placeDimensions } from '@/data/metrics/dimensions';
import type { Metric } from '@/data/metrics/metric';
import type { Cell } from '@/data/model/answer';
import { Problem } from '@/data/model/problem';
import type { Clause } from '@/data/model/view';
import type { PartRow } from './assemble';
import type { Place } from './clause';
import { hiddenTower, type Leaf, nodeKey } from './tower';

/** Empties a cell that tells of too few people. */
export const withhold = (cell: Cell): Cell => ({
  at: cell.at,
  value: null,
  numerator: null,
  denominator: null,
  n: null,
  withheld: 'small',
});

/** Depth of the grid in the chain of places; the whole installation is looked at down to there. */
const gridDepth = placeDimensions.indexOf('grid') + 1;

const depthOf = (key: string): number => (placeDimensions as readonly string[]).indexOf(key) + 1;

/** What is asked of people: dimensions, clauses on them, and the division asked about; null = the whole installation. */
export type PeopleAsk = {
  metric: Metric;
  dimensions: readonly DimensionKey[];
  filters: readonly Pick<Clause, 'field' | 'values'>[];
  /** Clauses on places, of events counted by residents: such a sum is told when each place in it is. */
  cuts: readonly Pick<Clause, 'field' | 'values'>[];
  place: Place | null;
};

/** Counts people by dimensions at one clock; `within` null = the whole installation. */
export type CountPeople = (dimensions: DimensionKey[], within: Place | null) => Promise<readonly PartRow[]>;

/** Codes a tower can be built over besides places. */
const maxCodes = 4;

/** Codes that people are told apart by besides places: those asked by, those filtered by, that of the numerator. */
const othersOf = ({ metric, dimensions, filters }: PeopleAsk): DimensionKey[] => {
  if (metric.denominator === 'residents') return [];
  const codes = new Set([
    ...dimensions.filter((key) => depthOf(key) === 0),
    ...filters.flatMap(({ field, values }) => (values.length > 0 ? [field] : [])),
    ...(metric.tells ? [metric.tells] : []),
  ]);
  if (codes.size > maxCodes)
    throw new Problem('invalid', `People are told apart by at most ${maxCodes} codes at once.`);
  return [...codes];
};

const finestOf = ({ dimensions, cuts, place }: PeopleAsk): number =>
  Math.max(depthOf(place?.level ?? ''), ...dimensions.map(depthOf), ...cuts.map(({ field }) => depthOf(field)), 0);

const leavesOf = (rows: readonly PartRow[], depth: number): Leaf[] =>
  rows.map(({ at, numerator }) => ({ chain: at.slice(0, depth), codes: at.slice(depth), n: numerator }));

/** What must not be told at one clock: names of hidden sums, and the leaves they are over. */
export type Few = { hidden: ReadonlySet<string>; leaves: readonly Leaf[] };

/** Names what a set of hidden sums depends on besides data and clock. */
export const fewKey = (ask: PeopleAsk): string =>
  JSON.stringify([finestOf(ask), othersOf(ask), finestOf(ask) > gridDepth ? (ask.place?.code ?? '') : '']);

/** Decides what is hidden: once for the whole installation down to grids, below them within the asked division. */
export const findFew = async (ask: PeopleAsk, count: CountPeople): Promise<Few> => {
  const [finest, others] = [finestOf(ask), othersOf(ask)];
  const coarseDepth = Math.min(finest, gridDepth);
  const leavesAt = async (depth: number, within: Place | null) =>
    leavesOf(await count([...placeDimensions.slice(0, depth), ...others], within), depth);
  const coarse = await leavesAt(coarseDepth, null);
  const fine = finest > gridDepth ? await leavesAt(finest, ask.place) : [];
  const { leastN } = ask.metric;
  const hidden = hiddenTower({ coarse, coarseDepth, fine, fineDepth: finest, nCodes: others.length, leastN });
  return { hidden, leaves: finest > gridDepth ? fine : coarse };
};

const cellKey = (codes: readonly (string | undefined)[]): string => codes.map((code) => code ?? '').join('\u001f');

const isInside = ({ chain }: Leaf, place: Place | null): boolean =>
  place === null || depthOf(place.level) === 0 || chain[depthOf(place.level) - 1] === place.code;

const isCutOff = ({ cuts }: PeopleAsk, { chain }: Leaf): boolean =>
  cuts.some(({ field, values }) => !values.includes(chain[depthOf(field) - 1] ?? noCode));

/** Hidden leaves of a cell before its clauses, and how many of them the clauses let through. */
type Hidden = { all: number; passing: number };

const passes = ({ filters }: PeopleAsk, others: readonly DimensionKey[], { codes }: Leaf): boolean =>
  filters.every(
    ({ field, values }) =>
      values.length === 0 || !others.includes(field) || values.includes(codes[others.indexOf(field)] ?? ''),
  );

/**
 * Whether a cell holds a sum that must not be told. Of a cell cut by clauses the hidden leaves count: it is shown when it
 * holds none of them, or all, which its whole tells anyway.
 */
const holdsFew = (ask: PeopleAsk, { hidden, leaves }: Few): ((cell: Cell) => boolean) => {
  const [finest, others] = [finestOf(ask), othersOf(ask)];
  const places = ask.dimensions.filter((key) => depthOf(key) > 0);
  const asked = others.filter((key) => ask.dimensions.includes(key));
  const askedMask = others.reduce((mask, key, bit) => (asked.includes(key) ? mask | (1 << bit) : mask), 0);
  const cells = new Map<string, Hidden>();
  for (const leaf of leaves) {
    if (!isInside(leaf, ask.place) || isCutOff(ask, leaf)) continue;
    const isWholeHidden = hidden.has(nodeKey(leaf, finest, askedMask));
    if (!isWholeHidden && !hidden.has(nodeKey(leaf, finest, (1 << others.length) - 1))) continue;
    const codes = asked.map((key) => leaf.codes[others.indexOf(key)]);
    const key = cellKey([...places.map((place) => leaf.chain[depthOf(place) - 1]), ...codes]);
    const cell = cells.get(key) ?? { all: isWholeHidden ? Number.POSITIVE_INFINITY : 0, passing: 0 };
    cell.all += 1;
    if (passes(ask, others, leaf)) cell.passing += 1;
    cells.set(key, cell);
  }
  return ({ at }) => {
    const { all, passing } = cells.get(cellKey([...places, ...asked].map((key) => at[key]))) ?? { all: 0, passing: 0 };
    return passing > 0 && (passing < all || ask.metric.tells !== undefined);
  };
};

/** Whether the sum over all of the asked division must not be told. */
export const isTotalFew = ({ place }: PeopleAsk, { hidden, leaves }: Few): boolean =>
  leaves.some((leaf) => isInside(leaf, place) && hidden.has(nodeKey(leaf, depthOf(place?.level ?? ''), 0)));

type FewByPart = { now: Few; previous?: Few; lastYear?: Few };

/** Withholds the cells that would tell of too few people; comparisons are held to the same floor, each by itself. */
export const withholdFew = (cells: readonly Cell[], ask: PeopleAsk, few: FewByPart): Cell[] => {
  const isHidden = holdsFew(ask, few.now);
  const bases = (['previous', 'lastYear'] as const).map((operator) => {
    const base = few[operator];
    return { operator, isBaseHidden: base ? holdsFew(ask, base) : () => false };
  });
  return cells.map((cell) => {
    if (isHidden(cell)) return withhold(cell);
    const kept = { ...cell };
    for (const { operator, isBaseHidden } of bases) if (isBaseHidden(cell)) delete kept[operator];
    return kept;
  });
};
