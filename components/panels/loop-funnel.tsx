'use client';

import type { Answer } from '@/data/model/answer';
import { eventStages } from '@/data/model/event';
import { askedBy } from '@/data/model/view';
import { Figure } from '../base/figure';
import { useText } from '../feed/text';
import { definePanel } from '../panel/panel';
import styles from './loop-funnel.module.css';

/** How far today's events have come in the loop (闭环进度): reached or passed each step, the rest held before it. */
export const loopFunnel = definePanel({
  key: 'loop-funnel',
  sizes: ['wall', 'desk'],
  ask: ({ view, api }) => ({
    reached: api.metric.ask.queryOptions({
      metric: 'event.reached',
      dimensions: ['stage'],
      question: { ...askedBy('loop-funnel', view), period: 'today' },
      complete: true,
    }),
  }),
  empty: ({ reached }) => !reached.cells.some((cell) => (cell.value ?? 0) > 0),
  caption: () => <Caption />,
  draw: ({ data }) => <Funnel answer={data.reached} />,
});

const Caption = () => {
  const { t } = useText();
  return t('panel.loop-funnel.caption');
};

const Funnel = ({ answer }: { answer: Answer }) => {
  const { term } = useText();
  const byStage = new Map(answer.cells.map((cell) => [cell.at.stage, cell]));
  const countAt = (at: number) => byStage.get(eventStages[at])?.value ?? 0;
  const all = Math.max(1, countAt(0));
  return (
    <div className={styles.steps}>
      {eventStages.map((stage, i) => {
        const cell = byStage.get(stage);
        const held = i === 0 ? 0 : countAt(i - 1) - countAt(i);
        return (
          <div className={styles.step} key={stage} data-stage={stage}>
            {cell && <Figure answer={answer} cell={cell} hasUnit={false} />}
            <div className={styles.plot}>
              {held > 0 && <span className={styles.held} style={{ height: `${(held / all) * 100}%` }} />}
              <span className={styles.bar} style={{ height: `${(countAt(i) / all) * 100}%` }} />
            </div>
            <span>{term('event-stage', stage)}</span>
          </div>
        );
      })}
    </div>
  );
};
