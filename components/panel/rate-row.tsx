'use client';

import { metricByKey } from '@/data/metrics';
import type { Answer } from '@/data/model/answer';
import { formatValue } from '@/data/model/format';
import { Change, Figure } from '../base/figure';
import { useText } from '../feed/text';
import styles from './rate-row.module.css';

const Rate = ({ answer }: { answer: Answer }) => {
  const { t, lang } = useText();
  const metric = metricByKey.get(answer.metric);
  const isRate = answer.kind === 'rate';
  const target = answer.target === null ? null : formatValue(answer, answer.target, lang);
  return (
    <div className={styles.rate}>
      <p className={styles.label}>
        <b>{metric?.[lang]}</b>
        {answer.code && <code>{answer.code}</code>}
        {isRate && <span>{t('common.period.P30D')}</span>}
        {target && <span>{t('assess.target', { value: `${target.digits}${target.scale}` })}</span>}
      </p>
      <p className={styles.value}>
        <Figure answer={answer} />
        {isRate && (
          <small>
            <Figure answer={answer} part="numerator" hasUnit={false} /> /{' '}
            <Figure answer={answer} part="denominator" hasUnit={false} />
          </small>
        )}
        <Change answer={answer} against="previous" hasWord={false} />
      </p>
    </div>
  );
};

/** Headline figures of the last 30 days side by side: a rate with both parts in sight, its target, its change. */
export const RateRow = ({ answers }: { answers: readonly Answer[] }) => (
  <div className={styles.rates}>
    {answers.map((answer) => (
      <Rate key={answer.metric} answer={answer} />
    ))}
  </div>
);
