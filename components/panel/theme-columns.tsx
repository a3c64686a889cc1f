'use client';

import type { CareHit, CaseHit, DwellingHit, PersonHit, Theme, ThemeHit, VehicleHit } from '@/data/model/theme';
import { formatStamp } from '../base/format';
import type { Column } from '../base/table';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import { TwoLines } from './row-list';

/** Columns of a theme's table. */
export const useThemeColumns = (theme: Theme): Column<ThemeHit>[] => {
  const { t, term, lang, installation } = useText();
  const divisions = useDivisions();
  const zone = installation?.timeZone ?? 'UTC';
  const head = (name: string) => t(`theme.column.${name}`);
  const gridName = (grid: string | null) => (grid === null ? '' : divisions.name(grid));
  const place: Column<ThemeHit> = {
    key: 'place',
    head: head('place'),
    cell: (row) => (
      <TwoLines
        title={[lang === 'zh' ? row.place : row.placeEn, row.room].filter(Boolean).join(' ')}
        note={gridName(row.grid)}
      />
    ),
  };
  const stamp = (at: string | null) => (at === null ? '—' : formatStamp(new Date(at), zone, lang));
  const stageOf = ({ kind, stage }: CaseHit) =>
    kind === 'event' ? term('event-stage', stage) : t(`dispute.stage.${stage}`);
  const person: Column<PersonHit>[] = [
    {
      key: 'name',
      head: head('name'),
      width: '84px',
      cell: ({ name, sex }) => <TwoLines title={name} note={term('sex', sex)} />,
    },
    { key: 'age', head: head('ageBand'), width: '124px', cell: ({ ageBand }) => term('age-band', ageBand) },
    {
      key: 'kind',
      head: head('populationType'),
      width: '148px',
      cell: ({ populationType, relation }) => (
        <TwoLines title={term('population-type', populationType)} note={term('residence-relation', relation)} />
      ),
    },
    place,
    { key: 'since', head: head('since'), width: '108px', align: 'end', cell: ({ since }) => since },
  ];
  const dwelling: Column<DwellingHit>[] = [
    place,
    { key: 'use', head: head('houseUse'), width: '128px', cell: ({ houseUse }) => term('house-use', houseUse) },
    { key: 'type', head: head('houseType'), width: '148px', cell: ({ houseType }) => term('house-type', houseType) },
    { key: 'area', head: head('areaSqm'), width: '120px', align: 'end', cell: ({ areaSqm }) => Math.round(areaSqm) },
  ];
  const caseOf: Column<CaseHit>[] = [
    {
      key: 'title',
      head: head('title'),
      cell: ({ title, number, grid }) => (
        <TwoLines title={title} note={[number, gridName(grid)].filter(Boolean).join(' · ')} />
      ),
    },
    {
      key: 'level',
      head: head('level'),
      width: '84px',
      cell: ({ kind, level }) => term(kind === 'event' ? 'event-level' : 'dispute-scale', level),
    },
    { key: 'stage', head: head('stage'), width: '64px', cell: stageOf },
    {
      key: 'reported',
      head: head('reported'),
      width: '104px',
      align: 'end',
      cell: ({ reportedAt }) => stamp(reportedAt),
    },
  ];
  const care: Column<CareHit>[] = [
    { key: 'name', head: head('name'), width: '84px', cell: ({ name }) => name },
    { key: 'age', head: head('ageBand'), width: '124px', cell: ({ ageBand }) => term('age-band', ageBand) },
    { key: 'group', head: head('group'), cell: ({ group }) => term('care-group', group) },
    { key: 'grid', head: head('grid'), width: '148px', cell: ({ grid }) => gridName(grid) },
    { key: 'due', head: head('due'), width: '132px', align: 'end', cell: ({ dueAt }) => stamp(dueAt) },
  ];
  const vehicle: Column<VehicleHit>[] = [
    { key: 'plate', head: head('plate'), width: '108px', cell: ({ plate }) => plate },
    { key: 'kind', head: head('plateKind'), width: '148px', cell: ({ plateKind }) => term('plate-kind', plateKind) },
    place,
    { key: 'since', head: head('since'), width: '108px', align: 'end', cell: ({ since }) => since },
  ];
  return { person, dwelling, case: caseOf, care, vehicle }[theme] as Column<ThemeHit>[];
};
