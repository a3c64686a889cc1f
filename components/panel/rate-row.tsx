'use client';

import { metricByKey } from '@/data/metrics';
import type { Answer } from '@/data/model/answer';
import { formatValue } from '@/data/model/format';
import type { NamedPeriod } from '@/data/model/view';
import { Change, Figure } from '../base/figure';
import { useText } from '../feed/text';
import styles from './rate-row.module.css';

const Rate = ({ answer, period }: { answer: Answer; period: NamedPeriod }) => {
  const { t, lang } = useText();
  const metric = metricByKey.get(answer.metric);
  const isRate = answer.kind === 'rate';
  const target = answer.target === null ? null : formatValue(answer, answer.target, lang);
  return (
    <div className={styles.rate}>
      <p className={styles.label}>
        <b>{metric?.[lang]}</b>
        {answer.code && <code>{answer.code}</code>}
        {isRate && <span>{t(`common.period.${period}`)}</span>}
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

type RateRowProps = { answers: readonly Answer[]; period?: NamedPeriod };

/** Headline figures of a period side by side: a rate with both parts in sight, its target, its change. */
export const RateRow = ({ answers, period = 'P30D' }: RateRowProps) => (
  <div className={styles.rates} data-n={answers.length}>
    {answers.map((answer) => (
      <Rate key={answer.metric} answer={answer} period={period} />
    ))}
  </div>
);
