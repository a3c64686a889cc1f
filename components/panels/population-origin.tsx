'use client';

import type { Answer } from '@/data/model/answer';
import { askedBy } from '@/data/model/view';
import { Figure } from '../base/figure';
import { useText } from '../feed/text';
import { definePanel } from '../panel/panel';
import { ShareBars } from '../panel/share-bars';

const key = 'population-origin';
const most = 5;

/** Residents by kind of registration (户籍结构): registered here, migrant, from abroad. */
export const populationOrigin = definePanel({
  key,
  sizes: ['wall', 'desk'],
  ask: ({ view, api }) => {
    const [metric, question] = ['person.resident', askedBy(key, view)];
    return {
      parts: api.metric.ask.queryOptions({ metric, dimensions: ['populationType'], question }),
      whole: api.metric.ask.queryOptions({ metric, question }),
    };
  },
  empty: ({ parts }) => parts.cells.length === 0,
  caption: ({ data }) => <Caption whole={data.whole} />,
  draw: ({ data }) => <Parts parts={data.parts} whole={data.whole} />,
});

const Caption = ({ whole }: { whole: Answer }) => <Figure answer={whole} />;

const Parts = ({ parts, whole }: { parts: Answer; whole: Answer }) => {
  const { t, term } = useText();
  const nameOf = (code: string) => (code === 'none' ? t('common.action.unknown') : term('population-type', code));
  return <ShareBars answer={parts} whole={whole} nameOf={nameOf} most={most} />;
};
