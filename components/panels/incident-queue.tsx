'use client';

import type { Answer } from '@/data/model/answer';
import type { EventLevel, EventRow } from '@/data/model/event';
import { askedBy } from '@/data/model/view';
import { Figure } from '../base/figure';
import { LevelMark } from '../base/level-mark';
import { OverWords } from '../base/over-words';
import { spanWords } from '../base/span';
import { hiddenRow, useFitRows } from '../base/use-fit';
import { eventClock, nameable, rankAttention } from '../chart/attention';
import { shortName } from '../chart/gap';
import { useTick } from '../feed/clock';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import { definePanel } from '../panel/panel';
import { partsOf } from '../panel/question';
import styles from './incident-queue.module.css';

const key = 'incident-queue';
const grave = ['1', '2'];

/** Other open events of the two gravest levels (其他Ⅰ、Ⅱ级): counted all, listed as far as there is room. */
export const incidentQueue = definePanel({
  key,
  sizes: ['wall', 'desk'],
  ask: ({ view, api }) => {
    const asked = askedBy(key, view);
    const question = { ...asked, filters: [...asked.filters, { source: key, field: 'level' as const, values: grave }] };
    return {
      open: api.event.open.queryOptions({ question, sort: 'urgency', limit: 40 }),
      byLevel: api.metric.ask.queryOptions({ metric: 'event.open', dimensions: ['level'], question, complete: true }),
    };
  },
  empty: ({ open }) => open.rows.length === 0,
  aside: ({ data }) => <Counts answer={data.byLevel} />,
  draw: ({ data, view }) => (
    <Queue
      rows={nameable(data.open.rows)}
      byLevel={data.byLevel}
      chosen={partsOf(view.selection)?.code ?? null}
      at={view.at ? Date.parse(view.at) : null}
    />
  ),
});

/** Open events of the two levels, the one in command included. */
const Counts = ({ answer }: { answer: Answer }) => (
  <span className={styles.counts}>
    {grave.map((level) => {
      const cell = answer.cells.find(({ at }) => at.level === level);
      const isZero = (cell?.value ?? 0) === 0;
      return (
        <span key={level} data-zero={isZero ? '' : undefined}>
          <LevelMark level={Number(level) as EventLevel} size="1.9em" isMuted={isZero} />
          {cell && <Figure answer={answer} cell={cell} hasUnit={false} />}
        </span>
      );
    })}
  </span>
);

type QueueProps = { rows: EventRow[]; byLevel: Answer; chosen: string | null; at: number | null };

const Queue = ({ rows, byLevel, chosen, at }: QueueProps) => {
  const { t } = useText();
  const tick = useTick();
  const now = at ?? tick;
  const { ref, fits } = useFitRows<HTMLDivElement>(0.3);
  const others = rankAttention(rows, now).filter(({ id }) => id !== chosen);
  if (others.length === 0) return <p className={styles.none}>{t(`panel.${key}.none`)}</p>;
  const open = byLevel.cells.reduce((sum, { value }) => sum + (value ?? 0), 0);
  const left = open - (rows.length - others.length) - Math.min(fits, others.length);
  return (
    <div className={styles.list}>
      <div className={styles.rows} ref={ref}>
        {others.slice(0, 8).map((row, i) => (
          <div key={row.id} className={styles.row} style={i < fits ? undefined : hiddenRow}>
            <Row row={row} now={now} />
          </div>
        ))}
      </div>
      {left > 0 && <p className={styles.more}>{t(`panel.${key}.more`, { n: left })}</p>}
    </div>
  );
};

const Row = ({ row, now }: { row: EventRow; now: number }) => {
  const { t, term } = useText();
  const divisions = useDivisions();
  const clock = eventClock(row, now);
  const place = shortName(divisions.name(row.community ?? row.subdistrict), [t('common.thing.community')]);
  return (
    <div className={styles.event} data-event={row.id}>
      <LevelMark level={row.level} size="1.9em" />
      <div>
        <p className={styles.title}>{term('event-category', row.category)}</p>
        <p className={styles.sub}>
          <span>
            {place} · {term('event-stage', row.stage)}
          </span>
          {clock.isOver && clock.limit !== null ? (
            <OverWords minutes={clock.used - clock.limit} />
          ) : (
            <span>{t('common.duration.used', { time: spanWords(clock.used, t) })}</span>
          )}
        </p>
      </div>
    </div>
  );
};
