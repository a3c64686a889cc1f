import type { Scope } from '@/data/model/scope';
import {
  type CareHit,
  type CaseHit,
  type Condition,
  type DwellingHit,
  listOfCondition,
  type PersonHit,
  type Theme,
  type ThemeAsk,
  type ThemeHit,
  themeConditions,
  type VehicleHit,
} from '@/data/model/theme';
import type { Connection } from '../db/client';
import type { Words } from '../dictionary/words';
import { searchTheme } from '../theme/store';
import type { Sheet, Value } from './rules';

type Columns<Hit> = [name: string, read: (row: Hit, words: Words) => Value][];

const where: Columns<ThemeHit> = [
  ['place', (row, { lang }) => (lang === 'zh' ? row.place : row.placeEn)],
  ['room', ({ room }) => room],
  ['grid', ({ grid }, { division }) => division(grid)],
];

const columns: { [K in Theme]: Columns<never> } = {
  person: [
    ['name', ({ name }: PersonHit) => name],
    ['sex', ({ sex }: PersonHit, { term }) => term('sex', sex)],
    ['ageBand', ({ ageBand }: PersonHit, { term }) => term('age-band', ageBand)],
    ['populationType', ({ populationType }: PersonHit, { term }) => term('population-type', populationType)],
    ['relation', ({ relation }: PersonHit, { term }) => term('residence-relation', relation)],
    ...where,
    ['since', ({ since }: PersonHit) => since],
  ],
  dwelling: [
    ...where,
    ['houseUse', ({ houseUse }: DwellingHit, { term }) => term('house-use', houseUse)],
    ['houseType', ({ houseType }: DwellingHit, { term }) => term('house-type', houseType)],
    ['areaSqm', ({ areaSqm }: DwellingHit) => areaSqm],
  ],
  case: [
    ['number', ({ number }: CaseHit) => number],
    ['title', ({ title }: CaseHit) => title],
    ['level', ({ kind, level }: CaseHit, { term }) => term(kind === 'event' ? 'event-level' : 'dispute-scale', level)],
    [
      'stage',
      ({ kind, stage }: CaseHit, { t, term }) =>
        kind === 'event' ? term('event-stage', stage) : t(`dispute.stage.${stage}`),
    ],
    ['grid', ({ grid }: CaseHit, { division }) => division(grid)],
    ['reported', ({ reportedAt }: CaseHit, { stamp }) => stamp(reportedAt)],
  ],
  care: [
    ['name', ({ name }: CareHit) => name],
    ['ageBand', ({ ageBand }: CareHit, { term }) => term('age-band', ageBand)],
    ['group', ({ group }: CareHit, { term }) => term('care-group', group)],
    ['grid', ({ grid }: CareHit, { division }) => division(grid)],
    ['due', ({ dueAt }: CareHit, { stamp }) => stamp(dueAt)],
  ],
  vehicle: [
    ['plate', ({ plate }: VehicleHit) => plate],
    ['plateKind', ({ plateKind }: VehicleHit, { term }) => term('plate-kind', plateKind)],
    ...where.filter(([name]) => name !== 'room'),
    ['since', ({ since }: VehicleHit) => since],
  ],
};

/** Rows of a search as a table, masked as the list has them; persons in care without their doors. */
export const readThemeSheet = async (
  connection: Connection,
  scope: Scope,
  ask: ThemeAsk,
  words: Words,
): Promise<{ sheet: Sheet; isCut: boolean }> => {
  const { rows, isCut } = await searchTheme(connection, scope, ask);
  const own = columns[ask.theme] as Columns<ThemeHit>;
  return {
    sheet: {
      head: own.map(([name]) => words.t(`theme.column.${name}`)),
      rows: rows.map((row) => own.map(([, read]) => read(row, words))),
    },
    isCut,
  };
};

const saidBy = (key: Condition, value: string, { t, term }: Words): string => {
  const list = listOfCondition[key];
  if (list) return term(list, value);
  if (key === 'tail') return '';
  return t(key === 'window' ? `register.window.${value}` : `theme.value.${key}.${value}`);
};

/** Theme and conditions of a search in words; of a plate it says no more than that one was looked for. */
export const titleOfTheme = ({ theme, conditions }: ThemeAsk, words: Words): string =>
  [
    words.t(`theme.name.${theme}`),
    ...(themeConditions[theme] as readonly Condition[]).flatMap((key) => {
      const value = conditions[key];
      return value ? [[words.t(`theme.column.${key}`), saidBy(key, value, words)].filter(Boolean).join(' ')] : [];
    }),
  ].join(' · ');
