'use client';

import { timeDimensions } from '@/data/metrics/dimensions';
import type { View } from '@/data/model/view';
import { periodWords } from '../base/period-words';
import { drawnOf } from '../chart/explore-kind';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import { useClauseWords } from './clause-words';
import { dimensionsOf, explorerKey, type Shown } from './explore-ask';
import { questionOf } from './question';

/** The question of the explorer in words: what is counted by what, and where, when and under which filters. */
export const useExploreTitle = () => {
  const text = useText();
  const { t, lang } = text;
  const divisions = useDivisions();
  const clauseWords = useClauseWords();
  return (view: View, shown: Shown): { title: string; notes: string[] } => {
    const { metric, order, operators } = shown;
    const { division, period, filters } = questionOf(explorerKey, view);
    const by = dimensionsOf(shown).map((key) => t(`common.dimension.${key}`));
    const drawn = drawnOf(operators);
    const isTime = shown.split.some((key) => (timeDimensions as readonly string[]).includes(key));
    const ranked = order && !isTime && (order.limit === null ? order.direction : (`${order.direction}First` as const));
    return {
      title: t('panel.explorer-scene.question', { metric: metric[lang], by: by.join(' × ') }),
      notes: [
        divisions.name(division ?? divisions.root.code),
        metric.time === null ? '' : periodWords(period, text),
        ...filters.map(clauseWords).map(({ what, values }) => `${what} ${values.join('/')}`),
        drawn === 'value' ? '' : t(`panel.explorer-figures.drawn.${drawn}`),
        ranked ? t(`common.rank.${ranked}`, { n: order?.limit ?? 0 }) : '',
      ].filter(Boolean),
    };
  };
};
