'use client';

import { formatCount, formatValue } from '@/data/model/format';
import type { VerifyBatch } from '@/data/model/verify';
import type { View } from '@/data/model/view';
import { formatStamp } from '../base/format';
import type { Column } from '../base/table';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import { whileRunning } from '../panel/address-shares';
import { definePanel } from '../panel/panel';
import { RowList, TwoLines } from '../panel/row-list';

const key = 'verify-list';
const words = (name: string) => `verify.list.${name}`;

const useColumns = (): Column<VerifyBatch>[] => {
  const { t, lang, installation } = useText();
  const divisions = useDivisions();
  const shareOf = ({ figures: { verified, sent } }: VerifyBatch) =>
    sent === 0 ? '—' : `${formatValue({ unit: 'share', decimals: 1 }, verified / sent, lang).digits}%`;
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
    { key: 'state', head: t(words('state')), width: '96px', cell: ({ state }) => t(`verify.state.${state}`) },
    {
      key: 'share',
      head: t(words('share')),
      width: '136px',
      align: 'end',
      cell: (row) => (
        <TwoLines
          title={shareOf(row)}
          note={[row.figures.verified, row.figures.sent].map((n) => formatCount(n, lang).digits).join(' / ')}
        />
      ),
    },
  ];
};

type ListProps = { rows: VerifyBatch[]; view: View; set: (patch: Partial<View>) => void };

const List = ({ rows, view, set }: ListProps) => {
  const { t } = useText();
  const columns = useColumns();
  return <RowList kind="verify" label={t(`panel.${key}.title`)} columns={columns} rows={rows} view={view} set={set} />;
};

/** Batches of doubtful records, the newest first, with the share that was seen to (核查批次). */
export const verifyList = definePanel({
  key,
  sizes: ['desk'],
  ask: ({ view, api }) => ({
    rows: {
      ...api.verify.list.queryOptions({ at: view.at }),
      ...whileRunning((rows: VerifyBatch[]) => rows.some(({ state }) => state === 'finding')),
    },
  }),
  empty: ({ rows }) => rows.length === 0,
  draw: ({ data: { rows }, view, set }) => <List rows={rows} view={view} set={set} />,
});
