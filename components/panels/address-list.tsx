'use client';

import type { AddressBatch } from '@/data/model/address';
import { formatCount, formatValue } from '@/data/model/format';
import type { View } from '@/data/model/view';
import { formatStamp } from '../base/format';
import type { Column } from '../base/table';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import { whileRunning } from '../panel/address-shares';
import { definePanel } from '../panel/panel';
import { RowList, TwoLines } from '../panel/row-list';

const key = 'address-list';
const words = (name: string) => `address.list.${name}`;

const useColumns = (): Column<AddressBatch>[] => {
  const { t, lang, installation } = useText();
  const divisions = useDivisions();
  const shareOf = ({ nMatched, nRows }: AddressBatch) =>
    `${formatValue({ unit: 'share', decimals: 1 }, nMatched / nRows, lang).digits}%`;
  const stamp = (at: string) => formatStamp(new Date(at), installation?.timeZone ?? 'UTC', lang);
  return [
    {
      key: 'name',
      head: t(words('name')),
      cell: (row) => (
        <TwoLines
          title={row.name}
          note={t(words('by'), { division: divisions.name(row.division), at: stamp(row.at) })}
        />
      ),
    },
    { key: 'state', head: t(words('state')), width: '88px', cell: ({ state }) => t(`address.state.${state}`) },
    {
      key: 'share',
      head: t(words('share')),
      width: '128px',
      align: 'end',
      cell: (row) => (
        <TwoLines
          title={shareOf(row)}
          note={[row.nMatched, row.nRows].map((n) => formatCount(n, lang).digits).join(' / ')}
        />
      ),
    },
  ];
};

type ListProps = { rows: AddressBatch[]; view: View; set: (patch: Partial<View>) => void };

const List = ({ rows, view, set }: ListProps) => {
  const { t } = useText();
  const columns = useColumns();
  return <RowList kind="address" label={t(`panel.${key}.title`)} columns={columns} rows={rows} view={view} set={set} />;
};

/** Lists of addresses that were handed in, the newest first, with the share that was matched (标准地址匹配). */
export const addressList = definePanel({
  key,
  sizes: ['desk'],
  ask: ({ view, api }) => ({
    rows: {
      ...api.address.list.queryOptions({ at: view.at }),
      ...whileRunning((rows: AddressBatch[]) => rows.some(({ state }) => state === 'running')),
    },
  }),
  empty: ({ rows }) => rows.length === 0,
  draw: ({ data: { rows }, view, set }) => <List rows={rows} view={view} set={set} />,
});
