import { DimensionKey } from '@/data/metrics/dimensions';
import type { Metric } from '@/data/metrics/metric';
import { Ranking } from '@/data/model/asked';
import { DeskPage, type View } from '@/data/model/view';

/** Dimensions a table of the explorer is split by at most. */
export const mostSplits = 2;

/** Ranking as a page carries it: `d` from the most, `a5` the five least; undefined = it is none. */
const rankingOf = (text: string): Ranking | undefined => {
  const [, sign, n] = /^([ad])(\d{1,2})?$/.exec(text) ?? [];
  const ranking = { direction: sign === 'a' ? 'asc' : 'desc', limit: n === undefined ? null : Number(n) };
  return sign === undefined ? undefined : Ranking.safeParse(ranking).data;
};

/** Page of the desk; of the explorer also what its table is split by, and its ranking (null = as the split has it). */
type DeskPlace = { page: DeskPage; split: DimensionKey[]; order: Ranking | null };

/**
 * Page of the desk a View stands at; the explorer's page carries what its table is split and ranked by:
 * `explorer.community.month.a5`.
 */
export const deskPageOf = ({ page }: Pick<View, 'page'>): DeskPlace => {
  const [name, ...rest] = (page ?? '').split('.');
  const split = rest.flatMap((key) => DimensionKey.safeParse(key).data ?? []);
  const order = rest.flatMap((key) => rankingOf(key) ?? [])[0] ?? null;
  return { page: DeskPage.safeParse(name).data ?? 'analyst', split: [...new Set(split)].slice(0, mostSplits), order };
};

/** Page of the explorer with its table split and ranked so. */
export const explorerPage = (split: readonly DimensionKey[], order: Ranking | null): string =>
  ['explorer', ...split, ...(order ? [`${order.direction === 'asc' ? 'a' : 'd'}${order.limit ?? ''}`] : [])].join('.');

/** What a metric's table is split by: as chosen where the metric allows it, else by the finest level of its divisions above the grid. */
export const splitOf = (metric: Pick<Metric, 'dimensions'>, wanted: readonly DimensionKey[]): DimensionKey[] => {
  const allowed = wanted.filter((key) => metric.dimensions.includes(key));
  if (allowed.length > 0) return allowed;
  const usual = (['community', 'subdistrict', 'district'] as const).find((key) => metric.dimensions.includes(key));
  return [usual ?? metric.dimensions[0]].filter((key) => key !== undefined);
};
