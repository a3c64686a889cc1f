'use client';

import type { Answer, Cell } from '@/data/model/answer';
import { type EventRow, type EventStage, eventStages } from '@/data/model/event';
import type { View } from '@/data/model/view';
import { Figure } from '../base/figure';
import { LevelMark } from '../base/level-mark';
import type { Column } from '../base/table';
import { useTick } from '../feed/clock';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import type { Outputs } from '../feed/trpc';
import { withClause } from '../feed/view';
import { setHighlight, useHighlight } from '../map/highlight';
import { Used } from '../panel/event-clock';
import { placeOf } from '../panel/event-pages';
import { deskKey, openList, stagesOf } from '../panel/open-list';
import { definePanel } from '../panel/panel';
import { questionOf } from '../panel/question';
import { RowList } from '../panel/row-list';
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

const useColumns = (isClose: boolean, now: number): Column<EventRow>[] => {
  const { t, term } = useText();
  const divisions = useDivisions();
  return [
    {
      key: 'level',
      head: t(words('level')),
      width: '40px',
      cell: ({ level }) => <LevelMark level={level} size="20px" />,
    },
    {
      key: 'title',
      head: t(words('what')),
      cell: (row) => (
        <span className={styles.what}>
          <b title={row.title}>{row.title}</b>
          <span>{placeOf(row, divisions, isClose)}</span>
        </span>
      ),
    },
    { key: 'used', head: t(words('used')), width: '122px', cell: (row) => <Used row={row} now={now} hasLimit /> },
    {
      key: 'source',
      head: t('common.dimension.source'),
      width: '90px',
      cell: ({ source }) => <span title={term('event-source', source)}>{term('event-source', source)}</span>,
    },
  ];
};

/** Close enough to see the building an event happened at. */
const cameraAt = ([lng, lat]: [number, number]): View['camera'] => ({ lng, lat, zoom: 16, pitch: 0, bearing: 0 });

type QueueProps = { list: Outputs['event']['open']; view: View; set: SetView };

const Queue = ({ list, view, set }: QueueProps) => {
  const { t } = useText();
  const divisions = useDivisions();
  const highlight = useHighlight();
  const tick = useTick();
  const level = divisions.byCode(questionOf(key, view).division)?.level;
  const columns = useColumns(level === 'community' || level === 'grid', view.at ? Date.parse(list.asOf) : tick);
  return (
    <>
      <div className={styles.table}>
        <RowList
          kind="event"
          label={t(words('title'))}
          columns={columns}
          rows={list.rows}
          view={view}
          set={set}
          alsoSet={({ position }) => (position ? { camera: cameraAt(position) } : {})}
          pointedId={highlight?.startsWith('event:') ? highlight.slice(6) : null}
          onPoint={(row) => setHighlight(row ? `event:${row.id}` : null)}
        />
      </div>
      <p className={styles.foot}>
        {t(words(list.total > list.rows.length ? 'first' : 'hint'), { n: list.rows.length, all: list.total })}
      </p>
    </>
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
      {data.list.total === 0 ? <Nothing /> : <Queue list={data.list} view={view} set={set} />}
    </div>
  ),
});

const Nothing = () => {
  const { t } = useText();
  return <p className={styles.foot}>{t(words('none'))}</p>;
};
