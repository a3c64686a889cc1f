'use client';

import type { EventRow } from '@/data/model/event';
import { askedBy } from '@/data/model/view';
import { LevelMark } from '../base/level-mark';
import { OverWords } from '../base/over-words';
import { spanWords } from '../base/span';
import { eventClock, nameable, rankAttention } from '../chart/attention';
import { useTick } from '../feed/clock';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import { incidentAsks } from '../panel/incident-question';
import { definePanel } from '../panel/panel';

import styles from './incident-head.module.css';

const key = 'incident-head';

/** The incident in command (事件指挥): level, what, where to the grid, who handles it, how long of how long. */
export const incidentHead = definePanel({
  key,
  sizes: ['wall', 'desk'],
  isBare: true,
  ask: ({ view, api }) => ({
    open: api.event.open.queryOptions({ question: askedBy('attention-list', view), sort: 'urgency', limit: 60 }),
    event: incidentAsks(view, api).event,
  }),
  empty: ({ open, event }) => event === null && nameable(open.rows).length === 0,
  draw: ({ data, view }) => <Head event={data.event} rows={data.open.rows} at={view.at ? Date.parse(view.at) : null} />,
});

/** Numbers of a span large, its units small. */
const unitSmall = (part: string) => (/\d/.test(part) ? part : <small key={part}>{part}</small>);

type HeadProps = { event: EventRow | null; rows: EventRow[]; at: number | null };

const Head = ({ event: chosen, rows, at }: HeadProps) => {
  const { t, term } = useText();
  const divisions = useDivisions();
  const tick = useTick();
  const now = at ?? tick;
  const event = chosen ?? rankAttention(nameable(rows), now)[0];
  if (!event) return null;
  const clock = eventClock(event, event.closedAt ? Date.parse(event.closedAt) : now);
  const codes = [event.community ?? event.subdistrict, event.grid].filter((code) => code !== null);
  const place = codes.map((code) => divisions.name(code)).join(' · ') || t('common.action.unplaced');
  const unit = event.department ? term('department', event.department) : t('panel.attention-list.unassigned');
  return (
    <div className={styles.head} data-event={event.id} data-level={event.level}>
      <LevelMark level={event.level} size="2.6em" />
      <div className={styles.words}>
        <h2>{term('event-category', event.category)}</h2>
        <p>
          <span>{place}</span> <span>{unit}</span>
        </p>
        <p className={styles.clock}>
          <b>
            {t('common.duration.used', { time: spanWords(clock.used, t) })
              .split(/(\d+)/)
              .map(unitSmall)}
          </b>
          <span>
            {clock.limit === null
              ? t('panel.attention-list.noLimit')
              : t('panel.attention-list.limit', { limit: spanWords(clock.limit, t) })}
          </span>
          {clock.isOver && clock.limit !== null && <OverWords minutes={clock.used - clock.limit} />}
        </p>
      </div>
    </div>
  );
};
