'use client';

import type { Answer, Cell } from '@/data/model/answer';
import { type EventStage, eventStages } from '@/data/model/event';
import type { View } from '@/data/model/view';
import { Figure } from '../base/figure';
import { useText } from '../feed/text';
import { withClause } from '../feed/view';
import { deskKey, openList, stagesOf } from '../panel/open-list';
import { OpenQueue } from '../panel/open-queue';
import { definePanel } from '../panel/panel';
import { questionOf } from '../panel/question';
import styles from './desk-queue.module.css';

const key = deskKey;
const words = (name: string) => `panel.${key}.${name}`;
const openStages = eventStages.filter((stage) => stage !== 'closed');

type SetView = (patch: Partial<View>) => void;

const cellOf = (answer: Answer, stage: EventStage): Cell =>
  answer.cells.find(({ at }) => at.stage === stage) ?? {
    at: { stage },
    value: 0,
    numerator: 0,
    denominator: 1,
    n: 0,
  };

/** How many stand at each step; pressing one keeps these alone. */
const Stages = ({ answer, view, set }: { answer: Answer; view: View; set: SetView }) => {
  const { t, term } = useText();
  const chosen = stagesOf(view);
  const toggle = (stage: EventStage) => {
    const values = chosen.includes(stage) ? chosen.filter((other) => other !== stage) : [...chosen, stage];
    set({ filters: withClause(view, { source: key, field: 'stage', values }) });
  };
  return (
    <fieldset className={styles.stages}>
      <legend className={styles.spoken}>{t(words('stages'))}</legend>
      {openStages.map((stage) => (
        <button
          key={stage}
          type="button"
          aria-pressed={chosen.includes(stage)}
          data-stage={stage}
          onClick={() => toggle(stage)}
        >
          {term('event-stage', stage)}
          <Figure answer={answer} cell={cellOf(answer, stage)} hasUnit={false} className={styles.count} />
        </button>
      ))}
    </fieldset>
  );
};

/** Open events in order of urgency, with how many stand at each step (分拨队列). */
export const deskQueue = definePanel({
  key,
  sizes: ['desk'],
  ask: ({ view, api }) => ({
    stages: api.metric.ask.queryOptions({
      metric: 'event.open',
      dimensions: ['stage'],
      question: questionOf(key, view),
    }),
    list: openList(api, view, stagesOf(view)),
  }),
  draw: ({ data, view, set }) => (
    <div className={styles.queue}>
      <Stages answer={data.stages} view={view} set={set} />
      {data.list.total === 0 ? <Nothing /> : <OpenQueue list={data.list} view={view} set={set} />}
    </div>
  ),
});

const Nothing = () => {
  const { t } = useText();
  return <p className={styles.nothing}>{t(words('none'))}</p>;
};
