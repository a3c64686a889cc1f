'use client';

import { useState } from 'react';
import type { EventRow } from '@/data/model/event';
import { exportLimit } from '@/data/model/export';
import type { View } from '@/data/model/view';
import { LevelMark } from '../base/level-mark';
import { useShortcut } from '../base/shortcut';
import { type Column, type Sort, Table } from '../base/table';
import { useTick } from '../feed/clock';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import type { Outputs } from '../feed/trpc';
import { setHighlight, useHighlight } from '../map/highlight';
import { shortName } from '../map/short-name';
import { Used } from '../panel/event-clock';
import { pageQuery, placeOf, sortKeyOf, useEventPages } from '../panel/event-pages';
import { ExportButton } from '../panel/export-button';
import { definePanel } from '../panel/panel';
import { questionOf } from '../panel/question';
import styles from './event-queue.module.css';

const key = 'event-queue';
const words = (name: string) => `panel.${key}.${name}`;
const byUrgency: Sort = { key: 'urgency', order: 'asc' };

/** Widths of the columns by language: the narrowest that holds its words, more where the table is wide. */
const widths = {
  zh: { level: '34px', place: 'max(52px, 9cqi)', stage: '48px', department: 'max(106px, 12cqi)' },
  en: { level: '38px', place: 'max(78px, 11cqi)', stage: '66px', department: 'max(94px, 14cqi)' },
} as const;

const useColumns = (isClose: boolean, now: number): Column<EventRow>[] => {
  const { t, term, lang } = useText();
  const divisions = useDivisions();
  const width = widths[lang];
  return [
    {
      key: 'level',
      head: t(words('level')),
      width: width.level,
      isSortable: true,
      cell: ({ level }) => <LevelMark level={level} size="20px" />,
    },
    { key: 'title', head: t(words('what')), isSortable: true, cell: ({ title }) => <span title={title}>{title}</span> },
    {
      key: 'place',
      head: t(isClose ? 'common.thing.grid' : 'common.thing.community'),
      width: width.place,
      isSortable: true,
      cell: (row) => {
        const place = placeOf(row, divisions, isClose);
        return <span title={place}>{shortName(place, t('map.nameEnding'))}</span>;
      },
    },
    {
      key: 'stage',
      head: t('common.dimension.stage'),
      width: width.stage,
      isSortable: true,
      cell: ({ stage }) => term('event-stage', stage),
    },
    {
      key: 'used',
      head: t(words('used')),
      width: '62px',
      align: 'end',
      isSortable: true,
      cell: (row) => <Used row={row} now={now} />,
    },
    {
      key: 'department',
      head: t(words('handler')),
      width: width.department,
      isSortable: true,
      cell: ({ department }) => (department ? term('department', department) : t('panel.facets.none.department')),
    },
  ];
};

type QueueProps = { list: Outputs['event']['list']; view: View; set: (patch: Partial<View>) => void };

const Queue = ({ list, view, set }: QueueProps) => {
  const { t } = useText();
  const divisions = useDivisions();
  const tick = useTick();
  const highlight = useHighlight();
  const [sort, setSort] = useState(byUrgency);
  const question = questionOf(key, view);
  const { rowAt, onRange, indexOf } = useEventPages(question, sort);
  const level = divisions.byCode(question.division)?.level;
  const columns = useColumns(level === 'community' || level === 'grid', view.at ? Date.parse(list.asOf) : tick);
  const selectedIndex = indexOf(view.selection?.startsWith('event:') ? view.selection.slice(6) : null);
  const select = (row: EventRow | undefined) => row && set({ selection: `event:${row.id}` });
  const move = (step: number) => () => {
    const to = selectedIndex === null ? 0 : Math.min(list.total - 1, Math.max(0, selectedIndex + step));
    select(rowAt(to));
    return undefined;
  };
  useShortcut({ j: move(1), k: move(-1) });
  return (
    <div className={styles.queue}>
      <Table
        label={t(words('title'))}
        columns={columns}
        count={list.total}
        rowAt={rowAt}
        idOf={({ id }) => id}
        selectedIndex={selectedIndex}
        pointedId={highlight?.startsWith('event:') ? highlight.slice(6) : null}
        onSelect={select}
        onPoint={(row) => setHighlight(row ? `event:${row.id}` : null)}
        onOpen={(row) => {
          if (row.position) set({ selection: `event:${row.id}`, camera: cameraAt(row.position) });
        }}
        onRange={onRange}
        sort={sort}
        onSort={setSort}
      />
      <p className={styles.foot}>
        <span>{t(words('hint'))}</span>
        <ExportButton
          what={{ kind: 'events', question, sort: sortKeyOf(sort.key), order: sort.order }}
          panel={key}
          caution={list.total > exportLimit ? t('export.first', { n: exportLimit }) : undefined}
        />
      </p>
    </div>
  );
};

/** Close enough to see the building an event happened at. */
const cameraAt = ([lng, lat]: [number, number]): View['camera'] => ({ lng, lat, zoom: 16.5, pitch: 0, bearing: 0 });

const Caption = ({ list }: { list: Outputs['event']['list'] }) => {
  const { t } = useText();
  return t(words('count'), { n: list.total });
};

/** Events of the period under the filters in force, one row each (事件列表). */
export const eventQueue = definePanel({
  key,
  sizes: ['desk'],
  hasExport: true,
  ask: ({ view, api }) => ({ list: pageQuery(api, questionOf(key, view), byUrgency, 0) }),
  empty: ({ list }) => list.total === 0,
  caption: ({ data }) => <Caption list={data.list} />,
  draw: ({ data, view, set }) => <Queue list={data.list} view={view} set={set} />,
});
