'use client';

import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { type ControlRow, controlStates } from '@/data/model/control';
import { lamps } from '@/data/model/event';
import type { View } from '@/data/model/view';
import { LevelMark } from '../base/level-mark';
import { ChoiceMenu } from '../base/menu';
import type { Column } from '../base/table';
import { type ControlFilter, filterControls, rowLamp, rowState, runningClock } from '../chart/control-lamp';
import { useTick } from '../feed/clock';
import { useText } from '../feed/text';
import { LampWords } from '../panel/lamp-words';
import { definePanel } from '../panel/panel';
import { focusOf } from '../panel/question';
import { RowList, TwoLines } from '../panel/row-list';
import styles from './control-queue.module.css';

const key = 'control-queue';
const words = (name: string) => `panel.${key}.${name}`;

/** Rows asked for at once; the foot says when there are more. */
const most = 200;

const noFilter: ControlFilter = { source: null, level: null, state: null, lamp: null };

/** The post's own running clock under the worst lamp of its own part and those right below; a dash while it owes nothing. */
const Clock = ({ row, now }: { row: ControlRow; now: number }) => {
  if (row.closedAt !== null) return '—';
  const own = runningClock(row.own, now);
  return own ? <LampWords minutesLeft={own.minutesLeft} lamp={rowLamp(row, now)} /> : '—';
};

const useColumns = (now: number): Column<ControlRow>[] => {
  const { t, term, lang } = useText();
  return [
    {
      key: 'level',
      head: t(words('level')),
      width: '56px',
      cell: ({ level }) => <LevelMark level={level} size="20px" />,
    },
    {
      key: 'title',
      head: t(words('what')),
      cell: (row) => (
        <TwoLines
          title={row.title}
          note={`${term('control-source', row.source)} · ${lang === 'zh' ? row.divisionName : row.divisionNameEn}`}
        />
      ),
    },
    {
      key: 'todo',
      head: t(words('todo')),
      width: '120px',
      cell: ({ todo }) => (
        <span className={styles.todo} data-own={todo === 'none' || todo === 'wait' ? undefined : ''}>
          {t(`control.todo.${todo}`)}
        </span>
      ),
    },
    { key: 'state', head: t(words('state')), width: '92px', cell: (row) => t(`control.state.${rowState(row)}`) },
    { key: 'due', head: t(words('due')), width: '176px', align: 'end', cell: (row) => <Clock row={row} now={now} /> },
  ];
};

type FiltersProps = { filter: ControlFilter; onFilter: (filter: ControlFilter) => void };

const all = 'all';

/** Source, level, state and lamp, each one or all. */
const Filters = ({ filter, onFilter }: FiltersProps) => {
  const { t, term, words: entries } = useText();
  const choices: Record<keyof ControlFilter, { value: string; label: string }[]> = {
    source: entries('control-source').map(({ code, label }) => ({ value: code, label })),
    level: entries('event-level').map(({ code, label }) => ({ value: code, label })),
    state: controlStates.map((value) => ({ value, label: t(`control.state.${value}`) })),
    lamp: lamps.map((value) => ({ value, label: term('supervision-lamp', value) })),
  };
  return (
    <div className={styles.filters}>
      {(Object.keys(noFilter) as (keyof ControlFilter)[]).map((name) => {
        const value = filter[name];
        const shown = choices[name].find((each) => each.value === value)?.label ?? t(words('all'));
        return (
          <span key={name} data-filter={name}>
            <ChoiceMenu
              label={`${t(words(name))}: ${shown}`}
              value={value ?? all}
              choices={[{ value: all, label: t(words('all')) }, ...choices[name]]}
              onChoose={(next) => onFilter({ ...filter, [name]: next === all ? null : next })}
              className={styles.filter}
            >
              {t(words(name))} {shown}
              <ChevronDown aria-hidden />
            </ChoiceMenu>
          </span>
        );
      })}
    </div>
  );
};

type QueueProps = { rows: ControlRow[]; view: View; set: (patch: Partial<View>) => void };

const Queue = ({ rows: asked, view, set }: QueueProps) => {
  const { t } = useText();
  const tick = useTick();
  const now = view.at ? Date.parse(view.at) : tick;
  const [filter, setFilter] = useState(noFilter);
  const columns = useColumns(now);
  const rows = filterControls(asked, filter, now);
  return (
    <div className={styles.queue}>
      <Filters filter={filter} onFilter={setFilter} />
      <div className={styles.rows}>
        {rows.length === 0 ? (
          <p className={styles.none}>{t(words('noMatch'))}</p>
        ) : (
          <RowList
            kind="control"
            label={t(words('title'))}
            columns={columns}
            rows={rows}
            view={view}
            set={set}
            opensFirst={view.at !== null}
          />
        )}
      </div>
      <p className={styles.foot}>{t(words(asked.length < most ? 'hint' : 'first'), { n: most })}</p>
    </div>
  );
};

/** Joint-control tickets this post has a part of, what is its to do first (风险联控). */
export const controlQueue = definePanel({
  key,
  sizes: ['desk'],
  hasExport: true,
  ask: ({ view, api }) => ({
    rows: api.control.list.queryOptions({ division: focusOf(view), at: view.at, limit: most }),
  }),
  empty: ({ rows }) => rows.length === 0,
  draw: ({ data: { rows }, view, set }) => <Queue rows={rows} view={view} set={set} />,
});
