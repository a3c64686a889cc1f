'use client';

import { useQuery } from '@tanstack/react-query';
import { lookPurposes } from '@/data/model/audit';
import { type CareAsk, type CareRow, careAskOf, carePage, careWindows } from '@/data/model/care';
import type { View } from '@/data/model/view';
import { Button } from '../base/button';
import { OverWords } from '../base/over-words';
import { spanWords } from '../base/span';
import type { Column } from '../base/table';
import { useTick } from '../feed/clock';
import { useDivisions } from '../feed/divisions';
import { problemOf } from '../feed/failure';
import { useText } from '../feed/text';
import { useTRPC } from '../feed/trpc';
import { definePanel } from '../panel/panel';
import { PurposeGate } from '../panel/purpose-gate';
import register from '../panel/register.module.css';
import { RowList, TwoLines } from '../panel/row-list';
import styles from './care-list.module.css';

const key = 'care-list';
const words = (name: string) => `register.list.${name}`;
/** A list is looked at once a minute at most: each look is on record. */
const keptMs = 60_000;

type Set = (patch: Partial<View>) => void;

const Due = ({ row, now }: { row: CareRow; now: number }) => {
  const { t } = useText();
  if (row.dueAt === null) return '—';
  const minutes = Math.round((Date.parse(row.dueAt) - now) / 60_000);
  if (minutes < 0) return <OverWords minutes={-minutes} />;
  return <span className={styles.due}>{t('common.duration.left', { time: spanWords(minutes, t) })}</span>;
};

const useColumns = (): Column<CareRow>[] => {
  const { t, term, lang } = useText();
  const divisions = useDivisions();
  const now = useTick();
  return [
    { key: 'name', head: t(words('name')), width: '92px', cell: ({ name }) => name },
    { key: 'age', head: t(words('age')), width: '104px', cell: ({ ageBand }) => term('age-band', ageBand) },
    {
      key: 'group',
      head: t(words('group')),
      cell: (row) => <TwoLines title={term('care-group', row.group)} note={row.need ?? ''} />,
    },
    {
      key: 'place',
      head: t(words('place')),
      cell: (row) => (
        <TwoLines
          title={`${lang === 'zh' ? row.place : row.placeEn} ${row.room}`}
          note={row.grid ? divisions.name(row.grid) : ''}
        />
      ),
    },
    { key: 'due', head: t(words('due')), width: '124px', align: 'end', cell: (row) => <Due row={row} now={now} /> },
  ];
};

type BarProps = { ask: CareAsk; groups: readonly string[]; set: Set };

/** What is looked for, and what the list holds. */
const Bar = ({ ask, groups, set }: BarProps) => {
  const { t, term } = useText();
  const go = (patch: Partial<CareAsk>) => set({ page: carePage({ ...ask, ...patch }), selection: null });
  return (
    <div className={`${register.bar} ${register.choices}`}>
      <select
        aria-label={t(words('purpose'))}
        value={ask.purpose}
        onChange={({ target }) => go({ purpose: target.value as CareAsk['purpose'] })}
      >
        {lookPurposes.map((purpose) => (
          <option key={purpose} value={purpose}>
            {t(`register.purpose.${purpose}`)}
          </option>
        ))}
      </select>
      <select
        aria-label={t(words('group'))}
        value={ask.group ?? ''}
        onChange={({ target }) => go({ group: target.value || null })}
      >
        <option value="">{t(words('allGroups'))}</option>
        {groups.map((code) => (
          <option key={code} value={code}>
            {term('care-group', code)}
          </option>
        ))}
      </select>
      {careWindows.map((window) => (
        <Button
          key={window}
          kind="quiet"
          data-window={window}
          aria-pressed={ask.window === window}
          onClick={() => go({ window })}
        >
          {t(`register.window.${window}`)}
        </Button>
      ))}
    </div>
  );
};

const List = ({ ask, groups, view, set }: BarProps & { view: View }) => {
  const { t } = useText();
  const api = useTRPC();
  const columns = useColumns();
  const asked = useQuery(api.care.list.queryOptions(ask, { staleTime: keptMs }));
  const rows = asked.data?.rows ?? [];
  return (
    <div className={register.list}>
      <Bar ask={ask} groups={groups} set={set} />
      <RowList kind="care" label={t(`panel.${key}.title`)} columns={columns} rows={rows} view={view} set={set} />
      <p className={register.foot} role="status" data-total={asked.data?.total}>
        {asked.isPending && t(words('reading'))}
        {asked.error && t(`common.problem.${problemOf(asked.error)}`)}
        {asked.data &&
          t(words(rows.length < asked.data.total ? 'first' : 'told'), { n: rows.length, total: asked.data.total })}
      </p>
    </div>
  );
};

const Register = ({ groups, view, set }: { groups: string[]; view: View; set: Set }) => {
  const { t } = useText();
  const ask = careAskOf(view);
  if (view.at !== null) return <p className={register.closed}>{t(words('live'))}</p>;
  if (groups.length === 0) return <p className={register.closed}>{t(words('closed'))}</p>;
  if (ask) return <List ask={ask} groups={groups} view={view} set={set} />;
  return (
    <PurposeGate
      title={t(words('gate'))}
      hint={t(words('gateHint'))}
      onName={(purpose) => set({ page: carePage({ purpose, group: null, window: 'all' }) })}
    />
  );
};

/** Persons in care and service categories, those due first, masked; each look is on record (关爱与服务对象). */
export const careList = definePanel({
  key,
  sizes: ['desk'],
  ask: ({ api }) => ({ groups: api.care.groups.queryOptions() }),
  draw: ({ data: { groups }, view, set }) => <Register groups={groups} view={view} set={set} />,
});
