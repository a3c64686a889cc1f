'use client';

import { useQueries } from '@tanstack/react-query';
import { SquareArrowOutUpRight } from 'lucide-react';
import { useText } from '@/components/feed/text';
import { useTRPC } from '@/components/feed/trpc';
import { blockTitle } from '@/data/reports/block';
import { AreaMap } from './area-map';
import styles from './block.module.css';
import { Figures, useMetricName } from './figures';
import { type BlockProps, questionLink } from './question';
import { Rows } from './rows';
import { Sentence } from './sentence';
import { Trend } from './trend';

/** Words of somebody's own, a paragraph a line. */
const Note = ({ block }: BlockProps) =>
  (block.words ?? '')
    .split('\n')
    // biome-ignore lint/suspicious/noArrayIndexKey: paragraphs have no other name and keep their order
    .map((line, i) => <p key={i}>{line}</p>);

const drawings = {
  figures: Figures,
  table: Rows,
  bars: Rows,
  trend: Trend,
  map: AreaMap,
  sentence: Sentence,
  note: Note,
};

/** One block: its questions asked, its title, the way to its question, and its drawing. */
export const BlockFrame = ({ block, asks }: Pick<BlockProps, 'block' | 'asks'>) => {
  const api = useTRPC();
  const { t } = useText();
  const found = useQueries({ queries: asks.map(([, ask]) => api.metric.ask.queryOptions(ask)) });
  const answers = asks.flatMap(([name], i) => {
    const answer = found[i]?.data;
    return answer ? [[name, answer] as const] : [];
  });
  const isFailed = found.some(({ error, data }) => error && !data);
  const isReady = answers.length === asks.length;
  const state = isFailed ? 'failed' : isReady ? 'ready' : 'waiting';
  const Drawing = drawings[block.kind];
  const metric = useMetricName();
  const title = blockTitle(block, asks, { t, metric });
  const [first] = asks;
  return (
    <section
      className={`${styles.block} ${styles[block.kind]}`}
      data-panel={`report-${block.key}`}
      data-size="paper"
      data-kind={block.kind}
      data-state={state}
    >
      {title && (
        <h3>
          {title}
          {first && (
            <a
              className={styles.ask}
              href={questionLink(first[1])}
              aria-label={t('report.askOf', { name: title })}
              title={t('report.ask')}
              data-question={first[1].metric}
            >
              <SquareArrowOutUpRight aria-hidden />
            </a>
          )}
        </h3>
      )}
      {isReady ? (
        <>
          {block.say && <Sentence block={block} asks={asks} answers={Object.fromEntries(answers)} />}
          <Drawing block={block} asks={asks} answers={Object.fromEntries(answers)} />
        </>
      ) : (
        <p className={styles.small}>{t(isFailed ? 'report.failedBlock' : 'common.state.waiting')}</p>
      )}
    </section>
  );
};
