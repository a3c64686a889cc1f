'use client';

import type { Muster } from '@/data/model/muster';
import type { View } from '@/data/model/view';
import { formatStamp } from '../base/format';
import type { Column } from '../base/table';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import { MusterBar } from '../panel/muster-bar';
import { definePanel } from '../panel/panel';
import { RowList, TwoLines } from '../panel/row-list';

const key = 'muster-list';
const words = (name: string) => `muster.list.${name}`;
const askMs = 10_000;

type ListProps = { rows: Muster[]; view: View; set: (patch: Partial<View>) => void };

const List = ({ rows, view, set }: ListProps) => {
  const { t, lang, installation } = useText();
  const divisions = useDivisions();
  const stamp = (at: string) => formatStamp(new Date(at), installation?.timeZone ?? 'UTC', lang);
  const columns: Column<Muster>[] = [
    {
      key: 'area',
      head: t(words('area')),
      cell: (row) => (
        <TwoLines
          title={divisions.name(row.division)}
          note={`${stamp(row.calledAt)} · ${t(row.closedAt ? words('closed') : words('open'))}`}
        />
      ),
    },
    { key: 'figures', head: t(words('figures')), width: '230px', cell: (row) => <MusterBar figures={row.figures} /> },
  ];
  return <RowList kind="muster" label={t(`panel.${key}.title`)} columns={columns} rows={rows} view={view} set={set} />;
};

/** Roll calls, the newest first (点名). */
export const musterList = definePanel({
  key,
  sizes: ['desk'],
  ask: ({ view, api }) => ({ rows: api.muster.list.queryOptions({ at: view.at }, { refetchInterval: askMs }) }),
  empty: ({ rows }) => rows.length === 0,
  draw: ({ data: { rows }, view, set }) => <List rows={rows} view={view} set={set} />,
});
