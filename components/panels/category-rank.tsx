'use client';

import type { Answer } from '@/data/model/answer';
import { askedBy } from '@/data/model/view';
import { Change, Figure } from '../base/figure';
import { useFit } from '../base/use-fit';
import { useText } from '../feed/text';
import { definePanel } from '../panel/panel';
import styles from './category-rank.module.css';

const most = 5;

/** The groups of categories most reported in a week (突出类型), each beside the same week a year ago. */
export const categoryRank = definePanel({
  key: 'category-rank',
  sizes: ['wall', 'desk'],
  ask: ({ view, api }) => ({
    categories: api.metric.ask.queryOptions({
      metric: 'event.reported',
      dimensions: ['categoryL1'],
      question: { ...askedBy('category-rank', view), period: 'P7D' },
      operators: ['lastYear'],
      sort: 'value',
      order: 'desc',
      limit: most,
    }),
  }),
  empty: ({ categories }) => categories.cells.length === 0,
  caption: () => <Caption />,
  draw: ({ data }) => <Ranking answer={data.categories} />,
});

const Caption = () => {
  const { t } = useText();
  return t('panel.category-rank.caption');
};

const Ranking = ({ answer }: { answer: Answer }) => {
  const { term, lang } = useText();
  const { ref, fits } = useFit<HTMLDivElement>(1.3, most);
  const top = Math.max(1, ...answer.cells.map((cell) => cell.value ?? 0));
  return (
    <div className={styles.rows} ref={ref}>
      {answer.cells.slice(0, fits).map((cell) => (
        <div className={styles.row} key={cell.at.categoryL1}>
          <span>{term('event-category-l1', cell.at.categoryL1)}</span>
          <span className={styles.track}>
            <span className={styles.bar} style={{ width: `${((cell.value ?? 0) / top) * 100}%` }} />
          </span>
          <span className={styles.value}>
            <Figure answer={answer} cell={cell} hasUnit={lang === 'zh'} />
          </span>
          <span className={styles.change}>
            <Change answer={answer} cell={cell} against="lastYear" hasLabel={lang === 'zh'} />
          </span>
        </div>
      ))}
    </div>
  );
};
