'use client';

import type { Campaign } from '@/data/model/campaign';
import type { View } from '@/data/model/view';
import type { Column } from '../base/table';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import { definePanel } from '../panel/panel';
import { RowList, TwoLines } from '../panel/row-list';
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
      cell: (row) => <TwoLines title={row.name} note={row.areas.map(divisions.name).join(t('campaign.join'))} />,
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
  return (
    <RowList
      kind="campaign"
      label={t(`panel.${key}.title`)}
      columns={columns}
      rows={rows}
      view={view}
      set={set}
      opensFirst={view.at !== null}
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
