'use client';

import type { ErrandBatch } from '@/data/model/errand';
import type { View } from '@/data/model/view';
import { formatStamp } from '../base/format';
import type { Column } from '../base/table';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import { definePanel } from '../panel/panel';
import { RowList, TwoLines } from '../panel/row-list';

const key = 'errand-list';
const askMs = 10_000;

type ListProps = { rows: ErrandBatch[]; view: View; set: (patch: Partial<View>) => void };

const List = ({ rows, view, set }: ListProps) => {
  const { t, lang, installation } = useText();
  const divisions = useDivisions();
  const stamp = (at: string) => formatStamp(new Date(at), installation?.timeZone ?? 'UTC', lang);
  const columns: Column<ErrandBatch>[] = [
    {
      key: 'what',
      head: t('errand.list.what'),
      cell: (row) => (
        <TwoLines
          title={`${t(`errand.kind.${row.kind}`)} · ${divisions.name(row.division)}`}
          note={`${stamp(row.issuedAt)} – ${stamp(row.dueAt)}`}
        />
      ),
    },
    {
      key: 'done',
      head: t('errand.list.done'),
      width: '120px',
      cell: (row) => (
        <TwoLines
          title={t('errand.share', { n: row.finished, of: row.issued })}
          note={row.late > 0 ? t('errand.list.late', { n: row.late }) : ''}
        />
      ),
    },
  ];
  return <RowList kind="errand" label={t(`panel.${key}.title`)} columns={columns} rows={rows} view={view} set={set} />;
};

/** Errands as they were issued together, the newest first (巡查、核查、督察). */
export const errandList = definePanel({
  key,
  sizes: ['desk'],
  ask: ({ view, api }) => ({ rows: api.errand.list.queryOptions({ at: view.at }, { refetchInterval: askMs }) }),
  empty: ({ rows }) => rows.length === 0,
  draw: ({ data: { rows }, view, set }) => <List rows={rows} view={view} set={set} />,
});
