import { isPerHead } from '@/data/model/ask';
import { explorerPage } from '@/data/model/desk-page';
import type { View } from '@/data/model/view';
import { facetSource } from '../chart/facet';
import type { Outputs } from '../feed/trpc';

export type Asked = Outputs['ask']['parse'];

/** Whether every word was understood and nothing a question needs is missing: only then may it be asked. */
export const isWhole = ({ unknown, missing }: Pick<Asked, 'unknown' | 'missing'>): boolean =>
  unknown.length === 0 && missing.length === 0;

/** Whether words read as a question at all, and not as a name: they say at least two kinds of things, one of them no place or filter. */
export const isQuestion = ({ spans }: Pick<Asked, 'spans'>): boolean => {
  const kinds = new Set(spans.map(({ kind }) => kind));
  return kinds.size >= 2 && [...kinds].some((kind) => kind !== 'division' && kind !== 'filter');
};

/** View of the explorer that a whole question stands for; what it does not say of place and period stays as it is. */
export const viewAsked = ({ metric, dimensions, view, order, operators }: Asked): Partial<View> => ({
  // comparisons stand there anyway
  page: explorerPage({ split: dimensions, order, operators: operators.some(isPerHead) ? operators : null }),
  metric,
  selection: null,
  filters: (view.filters ?? []).map((clause) => ({ ...clause, source: facetSource(clause.field) })),
  ...(view.division === undefined ? {} : { division: view.division, camera: null }),
  ...(view.period === undefined ? {} : { period: view.period }),
});
