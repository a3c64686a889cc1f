'use client';

import type { Campaign } from '@/data/model/campaign';
import type { View } from '@/data/model/view';
import { useShortcut } from '../base/shortcut';
import { type Column, Table } from '../base/table';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import { definePanel } from '../panel/panel';
import { partsOf } from '../panel/question';
import styles from './campaign-list.module.css';

const key = 'campaign-list';
const words = (name: string) => `campaign.list.${name}`;

const useColumns = (): Column<Campaign>[] => {
  const { t, term } = useText();
  const divisions = useDivisions();
  return [
    {
      key: 'name',
      head: t(words('name')),
      cell: (row) => (
        <span className={styles.what}>
          <b title={row.name}>{row.name}</b>
          <span>{row.areas.map(divisions.name).join(t('campaign.join'))}</span>
        </span>
      ),
    },
    { key: 'state', head: t(words('state')), width: '88px', cell: ({ state }) => t(`campaign.state.${state}`) },
    { key: 'lead', head: t(words('lead')), width: '120px', cell: (row) => term('department', row.department) },
    {
      key: 'dates',
      head: t(words('dates')),
      width: '124px',
      align: 'end',
      cell: ({ startsOn, endsOn }) => (
        <span className={styles.dates}>
          {startsOn}
          <br />
          {endsOn}
        </span>
      ),
    },
  ];
};

type ListProps = { rows: Campaign[]; view: View; set: (patch: Partial<View>) => void };

const List = ({ rows, view, set }: ListProps) => {
  const { t } = useText();
  const columns = useColumns();
  const selected = partsOf(view.selection);
  const at = rows.findIndex(({ id }) => selected?.kind === 'campaign' && id === selected.code);
  const select = (row: Campaign | undefined) => row && set({ selection: `campaign:${row.id}` });
  const move = (step: number) => () => {
    select(rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + step))]);
    return undefined;
  };
  useShortcut({ j: move(1), k: move(-1) });
  return (
    <Table
      label={t(`panel.${key}.title`)}
      columns={columns}
      count={rows.length}
      rowAt={(index) => rows[index]}
      idOf={({ id }) => id}
      selectedIndex={at < 0 ? null : at}
      onSelect={select}
      onOpen={() => document.querySelector<HTMLElement>('[data-detail]')?.focus()}
    />
  );
};

/** Campaigns over key areas, running ones first (重点地区排查整治). */
export const campaignList = definePanel({
  key,
  sizes: ['desk'],
  ask: ({ view, api }) => ({ rows: api.campaign.list.queryOptions({ at: view.at }) }),
  empty: ({ rows }) => rows.length === 0,
  draw: ({ data: { rows }, view, set }) => <List rows={rows} view={view} set={set} />,
});
