'use client';

import type { Answer } from '@/data/model/answer';
import { askedBy } from '@/data/model/view';
import { Figure } from '../base/figure';
import { useText } from '../feed/text';
import { definePanel } from '../panel/panel';
import { ShareBars } from '../panel/share-bars';

const key = 'population-dwelling';
const most = 6;

/** Dwellings by use (房屋用途): owner-occupied, let, vacant, own business. */
export const populationDwelling = definePanel({
  key,
  sizes: ['wall', 'desk'],
  ask: ({ view, api }) => {
    const [metric, question] = ['dwelling.count', askedBy(key, view)];
    return {
      parts: api.metric.ask.queryOptions({ metric, dimensions: ['houseUse'], question }),
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
  const nameOf = (code: string) => (code === 'none' ? t('common.action.unknown') : term('house-use', code));
  return <ShareBars answer={parts} whole={whole} nameOf={nameOf} most={most} />;
};
