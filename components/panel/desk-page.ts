import { DimensionKey } from '@/data/metrics/dimensions';
import type { Metric } from '@/data/metrics/metric';
import { DeskPage, type View } from '@/data/model/view';

/** Dimensions a table of the explorer is split by at most. */
export const mostSplits = 2;

/**
 * Page of the desk a View stands at; the explorer's page carries what its table is split by: `explorer.community.month`.
 */
export const deskPageOf = ({ page }: Pick<View, 'page'>): { page: DeskPage; split: DimensionKey[] } => {
  const [name, ...rest] = (page ?? '').split('.');
  const split = rest.flatMap((key) => DimensionKey.safeParse(key).data ?? []);
  return { page: DeskPage.safeParse(name).data ?? 'analyst', split: [...new Set(split)].slice(0, mostSplits) };
};

/** Page of the explorer with its table split by these dimensions. */
export const explorerPage = (split: readonly DimensionKey[]): string => ['explorer', ...split].join('.');

/** What a metric's table is split by: as chosen where the metric allows it, else by the finest level of its divisions above the grid. */
export const splitOf = (metric: Pick<Metric, 'dimensions'>, wanted: readonly DimensionKey[]): DimensionKey[] => {
  const allowed = wanted.filter((key) => metric.dimensions.includes(key));
  if (allowed.length > 0) return allowed;
  const usual = (['community', 'subdistrict', 'district'] as const).find((key) => metric.dimensions.includes(key));
  return [usual ?? metric.dimensions[0]].filter((key) => key !== undefined);
};
