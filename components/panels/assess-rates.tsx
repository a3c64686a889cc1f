'use client';

import { definePanel } from '../panel/panel';
import { Rate } from '../panel/rate';
import styles from '../panel/rate.module.css';

const key = 'assess-rates';

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
