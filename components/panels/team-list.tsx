'use client';

import type { View } from '@/data/model/view';
import type { VolunteerTeam } from '@/data/model/volunteer';
import type { Column } from '../base/table';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import { definePanel } from '../panel/panel';
import { RowList, TwoLines } from '../panel/row-list';

const key = 'team-list';

type ListProps = { rows: VolunteerTeam[]; view: View; set: (patch: Partial<View>) => void };

const List = ({ rows, view, set }: ListProps) => {
  const { t, term, lang } = useText();
  const divisions = useDivisions();
  const columns: Column<VolunteerTeam>[] = [
    {
      key: 'name',
      head: t('volunteer.team.name'),
      cell: (row) => (
        <TwoLines
          title={lang === 'zh' ? row.name : row.nameEn}
          note={[term('volunteer-service', row.service), divisions.name(row.division)].join(' · ')}
        />
      ),
    },
    {
      ...{ key: 'members', head: t('volunteer.team.members'), width: '72px', align: 'end' as const },
      cell: ({ nMembers }) => nMembers,
    },
    {
      ...{ key: 'hours', head: t('volunteer.team.hours'), width: '112px', align: 'end' as const },
      cell: ({ hours }) => hours,
    },
  ];
  return <RowList kind="team" label={t(`panel.${key}.title`)} columns={columns} rows={rows} view={view} set={set} />;
};

/** Teams of volunteers by division (志愿服务队). */
export const teamList = definePanel({
  key,
  sizes: ['desk'],
  ask: ({ view, api }) => ({ rows: api.volunteer.teams.queryOptions({ at: view.at }) }),
  empty: ({ rows }) => rows.length === 0,
  draw: ({ data: { rows }, view, set }) => <List rows={rows} view={view} set={set} />,
});
