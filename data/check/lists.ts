import { units } from '../model/answer';
import { dataClasses } from '../model/catalog';
import { divisionLevels } from '../model/division';
import { eventStages, eventStatuses, lamps, stageOf } from '../model/event';
import { noticeChannels, noticeKinds } from '../model/notice';
import { roles } from '../model/scope';
import { rungCodes, ticketSteps, whistleSteps } from '../model/supervision';
import { isHalfWidth } from './texts';

/** A row of a list as the file has it, every column a string. */
export type ListRow = Record<string, string>;
export type Lists = ReadonlyMap<string, readonly ListRow[]>;

export const commonColumns = ['code', 'zh', 'en', 'parent', 'valid_from', 'source'] as const;

/** Lists whose parents stand in another list; elsewhere a parent is a word of the list itself. */
const parentList: Record<string, string> = {
  'event-category': 'event-category-l1',
  'event-status': 'event-stage',
  'house-type': 'house-group',
  'resource-type': 'asset-group',
  'doubt-rule': 'quality-field',
  'specialised-field': 'specialised-grid',
};

/** Columns that name a word of another list. */
const references: Record<string, string> = {
  lead_department: 'department',
  simple_handler: 'department',
  department: 'department',
  level: 'event-level',
  division_level: 'six-level',
  escalate_to: 'six-level',
  close_condition: 'close-condition',
  origin: 'data-origin',
};

/** Lists that are unions in `data/model`, which code branches on. */
const unions: Record<string, readonly string[]> = {
  'event-status': eventStatuses,
  'event-stage': eventStages,
  'supervision-lamp': lamps,
  'six-level': divisionLevels,
  'supervision-rung': rungCodes,
  'supervision-step': ticketSteps,
  'whistle-step': whistleSteps,
  'notice-channel': noticeChannels,
  'notice-kind': noticeKinds,
  role: roles,
  'data-class': dataClasses,
};

/** Labels that are never made: belief, petitioning, infection. */
const refusedWords = /宗教|信仰|信访|上访|感染|传染|relig|belief|petition|infect/i;
const han = /\p{Script=Han}/u;
/** Columns of Chinese words as they stand on a screen. */
const chineseWords = /(^|(?<!formula)_)zh$/;

export const codesOf = (lists: Lists, list: string): string[] => (lists.get(list) ?? []).map((row) => row.code ?? '');

const checkRow = (list: string, row: ListRow, lists: Lists): string[] => {
  const faults: string[] = [];
  const where = `data/dictionaries/${list}.csv, code ${row.code}`;
  if (!row.code || !row.zh || !row.en || !row.source) faults.push(`${where}: code, zh, en and source are needed.`);
  if (han.test(row.en ?? '')) faults.push(`${where}: en holds Chinese characters.`);
  if (Number.isNaN(Date.parse(row.valid_from ?? ''))) faults.push(`${where}: valid_from is not a date.`);
  if (refusedWords.test(`${row.zh} ${row.en}`)) faults.push(`${where}: people are not labelled this way.`);
  for (const [column, word] of Object.entries(row))
    if (chineseWords.test(column) && isHalfWidth(word))
      faults.push(`${where}: ${column} has punctuation of half width.`);
  const parents = parentList[list] ?? list;
  if (row.parent && !codesOf(lists, parents).includes(row.parent))
    faults.push(`${where}: parent ${row.parent} is not in ${parents}.csv.`);
  for (const [column, target] of Object.entries(references))
    if (row[column] && !codesOf(lists, target).includes(row[column]))
      faults.push(`${where}: ${column} ${row[column]} is not in ${target}.csv.`);
  return faults;
};

const checkUnion = (list: string, codes: readonly string[], lists: Lists): string[] => {
  const found = codesOf(lists, list);
  const same = found.length === codes.length && codes.every((code) => found.includes(code));
  return same ? [] : [`data/dictionaries/${list}.csv has ${found.join(' ')}; the model has ${codes.join(' ')}.`];
};

/** Faults of the code lists: codes, words, parents, references, and agreement with the unions of the model. */
export const checkLists = (lists: Lists): string[] => {
  const faults = [...lists].flatMap(([list, rows]) => {
    const codes = codesOf(lists, list);
    const doubled = codes.filter((code, index) => codes.indexOf(code) !== index);
    const double = doubled.map((code) => `data/dictionaries/${list}.csv: code ${code} stands twice.`);
    return [...double, ...rows.flatMap((row) => checkRow(list, row, lists))];
  });
  for (const [list, codes] of Object.entries(unions)) faults.push(...checkUnion(list, codes, lists));
  for (const status of eventStatuses) {
    const parent = lists.get('event-status')?.find((row) => row.code === status)?.parent;
    if (parent !== stageOf[status])
      faults.push(`event-status.csv: ${status} stands in ${parent}, not ${stageOf[status]}.`);
  }
  for (const row of lists.get('kpi') ?? [])
    if (!units.some((unit) => unit === row.unit))
      faults.push(`kpi.csv, code ${row.code}: unit ${row.unit} is unknown.`);
  return faults;
};
