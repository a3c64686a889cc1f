'use client';

import { useQuery } from '@tanstack/react-query';
import { Change, Figure } from '@/components/base/figure';
import { useText } from '@/components/feed/text';
import { useTRPC } from '@/components/feed/trpc';
import styles from './block.module.css';
import { type BlockProps, questionLink } from './question';

/** Every metric there is, the customer's own last. */
export const useMetrics = () => {
  const api = useTRPC();
  return useQuery(api.metric.catalogue.queryOptions(undefined, { staleTime: Infinity })).data ?? [];
};

/** Names of metrics in the language of the page. */
export const useMetricName = (): ((key: string) => string) => {
  const { lang } = useText();
  const metrics = useMetrics();
  return (key) => metrics.find((metric) => metric.key === key)?.[lang] ?? key;
};

/** Single figures side by side, each with what it was before. */
export const Figures = ({ asks, answers }: BlockProps) => {
  const nameOf = useMetricName();
  return (
    <dl className={styles.tiles}>
      {asks.map(([name, ask]) => {
        const answer = answers[name];
        const cell = answer?.cells[0];
        return (
          answer && (
            <div key={name}>
              <dt>
                <a href={questionLink(ask)} data-question={ask.metric}>
                  {nameOf(ask.metric)}
                </a>
              </dt>
              <dd>
                <Figure answer={answer} className={styles.large} />
              </dd>
              {(['previous', 'lastYear'] as const).map(
                (against) =>
                  cell?.[against] && (
                    <dd key={against} className={styles.change}>
                      <Change answer={answer} against={against} />
                    </dd>
                  ),
              )}
            </div>
          )
        );
      })}
    </dl>
  );
};
