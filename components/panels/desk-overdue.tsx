'use client';

import type { EventRow } from '@/data/model/event';
import type { View } from '@/data/model/view';
import { LevelMark } from '../base/level-mark';
import { dueOrder } from '../chart/due';
import { useTick } from '../feed/clock';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import { placeOf } from '../panel/event-pages';
import { openList } from '../panel/open-list';
import { definePanel } from '../panel/panel';
import { useDuration } from '../panel/timeline';
import styles from './desk-overdue.module.css';

const key = 'desk-overdue';

type LineProps = { row: EventRow; minutesLeft: number; isCurrent: boolean; pick: () => void };

const Line = ({ row, minutesLeft, isCurrent, pick }: LineProps) => {
  const { t, term } = useText();
  const divisions = useDivisions();
  const duration = useDuration();
  const isOver = minutesLeft < 0;
  return (
    <li>
      <button type="button" className={styles.line} aria-pressed={isCurrent} data-id={row.id} onClick={pick}>
        <LevelMark level={row.level} size="20px" />
        <span className={styles.what}>
          <b>{row.title}</b>
          <span>
            {placeOf(row, divisions, true)} ·{' '}
            {row.department ? term('department', row.department) : t('panel.facets.none.department')}
          </span>
        </span>
        <span className={styles.debt} data-lamp={isOver ? 'red' : 'yellow'}>
          {t(isOver ? 'common.duration.over' : 'common.duration.left', { time: duration(Math.abs(minutesLeft)) })}
        </span>
      </button>
    </li>
  );
};

type ListProps = { rows: readonly EventRow[]; asOf: string; view: View; set: (patch: Partial<View>) => void };

const List = ({ rows, asOf, view, set }: ListProps) => {
  const { t } = useText();
  const tick = useTick();
  const due = dueOrder(rows, view.at ? Date.parse(asOf) : tick);
  if (due.length === 0) return <p className={styles.none}>{t(`panel.${key}.none`)}</p>;
  return (
    <ol className={styles.list}>
      {due.map(({ row, minutesLeft }) => (
        <Line
          key={row.id}
          row={row}
          minutesLeft={minutesLeft}
          isCurrent={view.selection === `event:${row.id}`}
          pick={() =>
            set({
              selection: `event:${row.id}`,
              ...(row.position
                ? { camera: { lng: row.position[0], lat: row.position[1], zoom: 16, pitch: 0, bearing: 0 } }
                : {}),
            })
          }
        />
      ))}
    </ol>
  );
};

const Caption = () => {
  const { t } = useText();
  return t(`panel.${key}.order`);
};

/** Events about to run over their limit, then those over it by how long (超期监督). */
export const deskOverdue = definePanel({
  key,
  sizes: ['desk'],
  ask: ({ view, api }) => ({ list: openList(api, view) }),
  caption: () => <Caption />,
  draw: ({ data: { list }, view, set }) => <List rows={list.rows} asOf={list.asOf} view={view} set={set} />,
});
