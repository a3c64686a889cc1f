'use client';

import { formatStamp } from '../base/format';
import { LevelMark } from '../base/level-mark';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import type { Outputs } from '../feed/trpc';
import { definePanel } from '../panel/panel';
import { storyQuestion } from '../panel/story';
import styles from './story-events.module.css';

const key = 'story-events';

/** Events listed; the rest are counted. */
const limit = 40;

/** Looking at an event closely enough to see its block. */
const closeZoom = 15;

export const storyEvents = definePanel({
  key,
  sizes: ['hand'],
  ask: ({ view, api }) => ({
    open: api.event.open.queryOptions({ question: storyQuestion(view, 'all'), limit }),
  }),
  empty: ({ open }) => open.rows.length === 0,
  draw: ({ data: { open }, view, set }) => (
    <Events
      open={open}
      selection={view.selection}
      pick={(event) => {
        const [lng, lat] = event.position ?? [];
        const isPlaced = lng !== undefined && lat !== undefined;
        const camera = isPlaced ? { lng, lat, zoom: closeZoom, pitch: 0, bearing: 0 } : view.camera;
        set({ selection: `event:${event.id}`, camera });
      }}
    />
  ),
});

type Open = Outputs['event']['open'];
type EventsProps = { open: Open; selection: string | null; pick: (event: Open['rows'][number]) => void };

const Events = ({ open, selection, pick }: EventsProps) => {
  const { t, term, lang, installation } = useText();
  const divisions = useDivisions();
  const zone = installation?.timeZone ?? 'UTC';
  return (
    <ul className={styles.list}>
      {open.rows.map((event) => (
        <li key={event.id}>
          <button
            type="button"
            className={styles.event}
            data-event={event.id}
            aria-current={selection === `event:${event.id}` ? 'true' : undefined}
            onClick={() => pick(event)}
          >
            <LevelMark level={event.level} size="26px" />
            <span className={styles.words}>
              <b>{event.title}</b>
              <span>
                {divisions.name(event.community ?? event.subdistrict)} · {term('event-stage', event.stage)} ·{' '}
                {formatStamp(new Date(event.reportedAt), zone, lang)}
              </span>
            </span>
          </button>
        </li>
      ))}
      {open.total > open.rows.length && (
        <li className={styles.rest}>{t(`panel.${key}.rest`, { n: open.total - open.rows.length })}</li>
      )}
    </ul>
  );
};
