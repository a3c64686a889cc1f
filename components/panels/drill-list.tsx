'use client';

import type { Drill } from '@/data/model/drill';
import type { View } from '@/data/model/view';
import { formatStamp } from '../base/format';
import type { Column } from '../base/table';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import { definePanel } from '../panel/panel';
import { RowList, TwoLines } from '../panel/row-list';

const key = 'drill-list';
const words = (name: string) => `drill.list.${name}`;
const askMs = 15_000;

type ListProps = { rows: Drill[]; view: View; set: (patch: Partial<View>) => void };

const List = ({ rows, view, set }: ListProps) => {
  const { t, lang, installation } = useText();
  const divisions = useDivisions();
  const columns: Column<Drill>[] = [
    {
      key: 'name',
      head: t(words('name')),
      cell: (row) => <TwoLines title={row.name} note={divisions.name(row.division)} />,
    },
    { key: 'state', head: t(words('state')), width: '88px', cell: ({ state }) => t(`drill.state.${state}`) },
    {
      key: 'from',
      head: t(words('from')),
      width: '112px',
      align: 'end',
      cell: ({ startsAt }) => formatStamp(new Date(startsAt), installation?.timeZone ?? 'UTC', lang),
    },
  ];
  return <RowList kind="drill" label={t(`panel.${key}.title`)} columns={columns} rows={rows} view={view} set={set} />;
};

/** Drills, running ones first (应急演练). */
export const drillList = definePanel({
  key,
  sizes: ['desk'],
  ask: ({ view, api }) => ({ rows: api.drill.list.queryOptions({ at: view.at }, { refetchInterval: askMs }) }),
  empty: ({ rows }) => rows.length === 0,
  draw: ({ data: { rows }, view, set }) => <List rows={rows} view={view} set={set} />,
});
