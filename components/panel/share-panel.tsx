'use client';

import type { DimensionKey } from '@/data/metrics/dimensions';
import type { Answer } from '@/data/model/answer';
import { askedBy } from '@/data/model/view';
import { Figure } from '../base/figure';
import { useText } from '../feed/text';
import { definePanel, type Panel } from './panel';
import { ShareBars } from './share-bars';

type SharePanel = {
  key: string;
  metric: string;
  dimension: DimensionKey;
  /** Dictionary with the words of the dimension. */
  list: string;
  /** Parts shown at most. */
  most: number;
};

const Caption = ({ whole }: { whole: Answer }) => <Figure answer={whole} />;

type PartsProps = Pick<SharePanel, 'list' | 'most'> & {
  parts: Answer;
  whole: Answer;
  isWide: boolean;
  isScrolled: boolean;
};

const Parts = ({ parts, whole, list, most, ...room }: PartsProps) => {
  const { t, term } = useText();
  const nameOf = (code: string) => (code === 'none' ? t('common.action.unknown') : term(list, code));
  return <ShareBars answer={parts} whole={whole} nameOf={nameOf} most={most} {...room} />;
};

/** A panel of one metric's parts by one dimension, as shares of the whole. */
export const sharePanel = ({ key, metric, dimension, list, most }: SharePanel): Panel =>
  definePanel({
    key,
    sizes: ['wall', 'desk'],
    ask: ({ view, api }) => {
      const question = askedBy(key, view);
      return {
        parts: api.metric.ask.queryOptions({ metric, dimensions: [dimension], question }),
        whole: api.metric.ask.queryOptions({ metric, question }),
      };
    },
    empty: ({ parts }) => parts.cells.length === 0,
    caption: ({ data }) => <Caption whole={data.whole} />,
    draw: ({ data, size, tier }) => (
      <Parts {...data} {...{ list, most, isWide: size === 'wall' && tier === 'XL', isScrolled: size === 'desk' }} />
    ),
  });
