'use client';

import type { View } from '@/data/model/view';
import type { VolunteerCall } from '@/data/model/volunteer';
import { formatStamp } from '../base/format';
import type { Column } from '../base/table';
import { useTick } from '../feed/clock';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import { definePanel } from '../panel/panel';
import { RowList, TwoLines } from '../panel/row-list';
import { stateOfCall } from '../panel/volunteer-state';

const key = 'volunteer-list';
const askMs = 10_000;

type ListProps = { rows: VolunteerCall[]; view: View; set: (patch: Partial<View>) => void };

const List = ({ rows, view, set }: ListProps) => {
  const { t, term, lang, installation } = useText();
  const divisions = useDivisions();
  const tick = useTick();
  const at = view.at ? Date.parse(view.at) : tick;
  const stamp = (instant: string) => formatStamp(new Date(instant), installation?.timeZone ?? 'UTC', lang);
  const columns: Column<VolunteerCall>[] = [
    {
      key: 'what',
      head: t('volunteer.list.what'),
      cell: (row) => (
        <TwoLines
          title={row.title}
          note={[term('volunteer-service', row.service), divisions.name(row.division), stamp(row.startsAt)].join(' · ')}
        />
      ),
    },
    {
      key: 'signed',
      head: t('volunteer.list.signed'),
      width: '100px',
      cell: (row) => (
        <TwoLines
          title={t('errand.share', { n: row.nSignedUp, of: row.nWanted })}
          note={t(`volunteer.${stateOfCall(row, at)}`)}
        />
      ),
    },
  ];
  return (
    <RowList kind="volunteer" label={t(`panel.${key}.title`)} columns={columns} rows={rows} view={view} set={set} />
  );
};

/** Calls for volunteers, the latest first (志愿召集). */
export const volunteerList = definePanel({
  key,
  sizes: ['desk'],
  ask: ({ view, api }) => ({ rows: api.volunteer.list.queryOptions({ at: view.at }, { refetchInterval: askMs }) }),
  empty: ({ rows }) => rows.length === 0,
  draw: ({ data: { rows }, view, set }) => <List rows={rows} view={view} set={set} />,
});
