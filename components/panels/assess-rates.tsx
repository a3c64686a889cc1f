'use client';

import { metricByKey } from '@/data/metrics';
import type { Answer } from '@/data/model/answer';
import { formatValue } from '@/data/model/format';
import { Change, Figure } from '../base/figure';
import { useText } from '../feed/text';
import { definePanel } from '../panel/panel';
import styles from './assess-rates.module.css';

const key = 'assess-rates';

const Rate = ({ answer }: { answer: Answer }) => {
  const { t, lang } = useText();
  const metric = metricByKey.get(answer.metric);
  const target = answer.target === null ? null : formatValue(answer, answer.target, lang);
  return (
    <div className={styles.rate}>
      <p className={styles.label}>
        <b>{metric?.[lang]}</b>
        <code>{answer.code}</code>
        <span>{t('common.period.P30D')}</span>
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

/** The three rates a district is asked for (账号活跃度、流转率、办结率): parts in sight, formula on a press. */
export const assessRates = definePanel({
  key,
  sizes: ['desk'],
  isBare: true,
  ask: ({ view, api }) => {
    const question = { division: null, period: 'P30D' as const, at: view.at, known: view.known, filters: [] };
    const ask = (metric: string) => api.metric.ask.queryOptions({ metric, question, operators: ['previous'] });
    return {
      active: ask('worker.active_share'),
      transfer: ask('event.transfer_rate'),
      closed: ask('event.close_rate'),
    };
  },
  draw: ({ data }) => (
    <div className={styles.rates}>
      <Rate answer={data.active} />
      <Rate answer={data.transfer} />
      <Rate answer={data.closed} />
    </div>
  ),
});
