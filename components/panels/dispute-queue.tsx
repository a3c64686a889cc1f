'use client';

import type { DisputeRow } from '@/data/model/dispute';
import type { View } from '@/data/model/view';
import { OverWords } from '../base/over-words';
import { spanWords } from '../base/span';
import type { Column } from '../base/table';
import { useTick } from '../feed/clock';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import { definePanel } from '../panel/panel';
import { focusOf } from '../panel/question';
import { RowList, TwoLines } from '../panel/row-list';
import styles from './dispute-queue.module.css';

const key = 'dispute-queue';
const words = (name: string) => `panel.${key}.${name}`;

/** Rows asked for at once; the foot says when there are more. */
const most = 200;

const Due = ({ row, now }: { row: DisputeRow; now: number }) => {
  const { t } = useText();
  if (row.dueAt === null) return t(words('noLimit'));
  if (row.settledAt !== null) return t(words(row.settledAt <= row.dueAt ? 'inTime' : 'late'));
  const minutes = Math.round((Date.parse(row.dueAt) - now) / 60_000);
  if (minutes < 0) return <OverWords minutes={-minutes} />;
  return <span className={styles.due}>{t('common.duration.left', { time: spanWords(minutes, t) })}</span>;
};

const useColumns = (now: number): Column<DisputeRow>[] => {
  const { t, term } = useText();
  const divisions = useDivisions();
  return [
    {
      key: 'title',
      head: t(words('what')),
      cell: (row) => (
        <TwoLines
          title={row.title}
          note={[
            ...[row.community ?? row.subdistrict].flatMap((code) => (code ? [divisions.name(code)] : [])),
            ...(row.round > 1 ? [t(words('round'), { n: row.round })] : []),
          ].join(' · ')}
        />
      ),
    },
    { key: 'status', head: t(words('status')), width: '96px', cell: ({ status }) => t(`dispute.status.${status}`) },
    { key: 'scale', head: t(words('scale')), width: '72px', cell: ({ scale }) => term('dispute-scale', scale) },
    {
      key: 'lead',
      head: t(words('lead')),
      width: '110px',
      cell: ({ lead }) => (lead ? term('department', lead) : t('panel.facets.none.department')),
    },
    { key: 'due', head: t(words('due')), width: '148px', align: 'end', cell: (row) => <Due row={row} now={now} /> },
  ];
};

type QueueProps = { rows: DisputeRow[]; view: View; set: (patch: Partial<View>) => void };

const Queue = ({ rows, view, set }: QueueProps) => {
  const { t } = useText();
  const tick = useTick();
  const columns = useColumns(view.at ? Date.parse(view.at) : tick);
  return (
    <div className={styles.queue}>
      <RowList
        kind="dispute"
        label={t(words('title'))}
        columns={columns}
        rows={rows}
        view={view}
        set={set}
        opensFirst
      />
      <p className={styles.foot}>{t(words(rows.length < most ? 'hint' : 'first'), { n: most })}</p>
    </div>
  );
};

/** Disputes that have not ended, the first due first (矛盾纠纷). */
export const disputeQueue = definePanel({
  key,
  sizes: ['desk'],
  hasExport: true,
  ask: ({ view, api }) => ({
    rows: api.dispute.list.queryOptions({ division: focusOf(view), at: view.at, limit: most }),
  }),
  empty: ({ rows }) => rows.length === 0,
  draw: ({ data: { rows }, view, set }) => <Queue rows={rows} view={view} set={set} />,
});
