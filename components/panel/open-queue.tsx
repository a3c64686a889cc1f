'use client';

import type { EventRow } from '@/data/model/event';
import type { View } from '@/data/model/view';
import { LevelMark } from '../base/level-mark';
import type { Column } from '../base/table';
import { useTick } from '../feed/clock';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import type { Outputs } from '../feed/trpc';
import { setHighlight, useHighlight } from '../map/highlight';
import { Used } from './event-clock';
import { placeOf } from './event-pages';
import { deskKey } from './open-list';
import styles from './open-queue.module.css';
import { questionOf } from './question';
import { RowList } from './row-list';

const words = (name: string) => `panel.${deskKey}.${name}`;

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

type QueueProps = { list: Outputs['event']['open']; view: View; set: (patch: Partial<View>) => void };

/** Open events in order of urgency; walking them moves the map. */
export const OpenQueue = ({ list, view, set }: QueueProps) => {
  const { t } = useText();
  const divisions = useDivisions();
  const highlight = useHighlight();
  const tick = useTick();
  const level = divisions.byCode(questionOf(deskKey, view).division)?.level;
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
          opensFirst
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
