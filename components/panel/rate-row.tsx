'use client';

import { metricByKey } from '@/data/metrics';
import type { Answer } from '@/data/model/answer';
import { formatValue } from '@/data/model/format';
import type { NamedPeriod } from '@/data/model/view';
import { Change, Figure } from '../base/figure';
import { useText } from '../feed/text';
import { definePanel } from './panel';
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
        <Change answer={answer} against="previous" />
      </p>
    </div>
  );
};

type Rates = { key: string; metrics: readonly string[]; period?: NamedPeriod };

/** A panel of headline figures of a period side by side: a rate with both parts in sight, its target, its change. */
export const defineRates = ({ key, metrics, period = 'P30D' }: Rates) =>
  definePanel({
    key,
    sizes: ['desk'],
    isBare: true,
    ask: ({ view, api }) => {
      const question = { division: null, period, at: view.at, known: view.known, filters: [] };
      const ask = (metric: string) => api.metric.ask.queryOptions({ metric, question, operators: ['previous'] });
      return Object.fromEntries(metrics.map((metric) => [metric, ask(metric)]));
    },
    draw: ({ data }) => (
      <div className={styles.rates} data-n={metrics.length}>
        {metrics.map((metric) => {
          const answer = data[metric];
          return answer && <Rate key={metric} answer={answer} period={period} />;
        })}
      </div>
    ),
  });
