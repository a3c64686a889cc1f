'use client';

import { metricByKey } from '@/data/metrics';
import type { Answer } from '@/data/model/answer';
import { formatValue } from '@/data/model/format';
import type { NamedPeriod } from '@/data/model/view';
import { Change, Figure } from '../base/figure';
import { useText } from '../feed/text';
import styles from './rate.module.css';

/** A rate of the catalogue: parts in sight, formula on a press. */
export const Rate = ({ answer, period = 'P30D' }: { answer: Answer; period?: NamedPeriod }) => {
  const { t, lang } = useText();
  const metric = metricByKey.get(answer.metric);
  const target = answer.target === null ? null : formatValue(answer, answer.target, lang);
  return (
    <div className={styles.rate}>
      <p className={styles.label}>
        <b>{metric?.[lang]}</b>
        <code>{answer.code}</code>
        <span>{t(`common.period.${period}`)}</span>
        {target && <span>{t('assess.target', { value: `${target.digits}${target.scale}` })}</span>}
      </p>
      <p className={styles.value}>
        <Figure answer={answer} />
        <small>
          <Figure answer={answer} part="numerator" hasUnit={false} /> /{' '}
          <Figure answer={answer} part="denominator" hasUnit={false} />
        </small>
        <Change answer={answer} against="previous" hasWord={false} />
      </p>
    </div>
  );
};
