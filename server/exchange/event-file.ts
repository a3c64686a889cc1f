import type { EventStatus } from '@/data/model/event';
import type { LngLat } from '@/data/model/geo';
import { Problem } from '@/data/model/problem';
import { type Columns, type Row, readTable } from './event-table';
import { timeParser } from './local-time';
import { type EventMapping, entryOf, fillTemplate } from './mapping';
import type { Finding } from './report';
import type { SourceFile } from './source-file';
import { cleanName } from './word';

/** One case as the file tells it, in our terms but with the file's own names. Null = the file does not say. */
export type CaseRecord = {
  row: number;
  id: string;
  title: string;
  description: string;
  address: string;
  position: LngLat | null;
  openedAt: Date;
  closedAt: Date | null;
  status: EventStatus;
  categoryL1: string;
  category: string;
  source: string;
  department: string | null;
  flags: string[];
};
export type CaseFile = { records: CaseRecord[]; findings: Finding[]; nRead: number };

const readPosition = (lng: string, lat: string): LngLat | null | string => {
  if (lng === '' && lat === '') return null;
  const position: LngLat = [Number(lng), Number(lat)];
  if (lng === '' || lat === '' || position.some(Number.isNaN)) return `position "${lng}, ${lat}" is not two numbers`;
  if (Math.abs(position[0]) > 180 || Math.abs(position[1]) > 90)
    return `position ${lng}, ${lat} is not longitude and latitude in degrees (swapped, or another reference system?)`;
  return position;
};

const doubtsOf = (
  record: Pick<CaseRecord, 'position' | 'openedAt' | 'closedAt'>,
  isClosed: boolean,
  now: Date,
): string[] => [
  ...(record.closedAt && record.closedAt < record.openedAt ? ['closed_before_opened'] : []),
  ...(record.closedAt && !isClosed ? ['open_with_closing_time'] : []),
  ...(isClosed && !record.closedAt ? ['closed_without_time'] : []),
  ...(record.openedAt > now ? ['future_time'] : []),
  ...(record.position ? [] : ['no_position']),
];

type Reader = {
  mapping: EventMapping;
  columns: Columns;
  parseTime: (text: string) => Date | null;
  now: Date;
  isClosed: (s: EventStatus) => boolean;
};

/** A case, or the reason why the row is refused. */
const readCase = (reader: Reader, { number, cells }: Row): CaseRecord | string => {
  const { mapping, columns, parseTime } = reader;
  const cellOf = (column: string): string => {
    const cell = (cells[columns.get(column) ?? -1] ?? '').trim();
    return mapping.na.includes(cell) ? '' : cell;
  };
  const text = (template: string | undefined) => (template ? cleanName(fillTemplate(template, cellOf)) : '');
  const time = (column: string | undefined) => {
    const raw = column ? cellOf(column) : '';
    return raw === '' ? null : (parseTime(raw) ?? `${column} "${raw}" is not a time like ${mapping.time.format}`);
  };
  const id = cellOf(mapping.id);
  if (id === '') return `${mapping.id} is empty`;
  const openedAt = time(mapping.openedAt);
  if (openedAt === null) return `${mapping.openedAt} is empty`;
  if (typeof openedAt === 'string') return openedAt;
  const closedAt = time(mapping.closedAt);
  if (typeof closedAt === 'string') return closedAt;
  const status = entryOf(mapping.status.map, cellOf(mapping.status.column));
  if (!status) return `${mapping.status.column} "${cellOf(mapping.status.column)}" is not in the mapping's status.map`;
  const [categoryL1, category] = [cellOf(mapping.category.l1), cellOf(mapping.category.l2)];
  if (categoryL1 === '') return `${mapping.category.l1} is empty`;
  const position = readPosition(cellOf(mapping.lng), cellOf(mapping.lat));
  if (typeof position === 'string') return position;
  return {
    row: number,
    id,
    title: text(mapping.title) || cleanName(category || categoryL1),
    description: text(mapping.description),
    address: text(mapping.address),
    position,
    openedAt,
    closedAt: reader.isClosed(status) ? closedAt : null,
    status,
    categoryL1,
    category: category || categoryL1,
    source: typeof mapping.source === 'string' ? cellOf(mapping.source) || 'unknown' : mapping.source.constant,
    department: (mapping.department && cellOf(mapping.department)) || null,
    flags: doubtsOf({ position, openedAt, closedAt }, reader.isClosed(status), reader.now),
  };
};

/** Reads the cases of a CSV file. Row 1 is the header, as in a spreadsheet. `timeZone` is used where the mapping has none. */
export const readCases = (
  source: SourceFile,
  mapping: EventMapping,
  options: { timeZone: string; now: Date; isClosed: (status: EventStatus) => boolean },
): CaseFile => {
  const { columns, rows } = readTable(source, mapping);
  const parseTime = timeParser(mapping.time.format, mapping.time.timeZone ?? options.timeZone);
  const reader = { mapping, columns, parseTime, now: options.now, isClosed: options.isClosed };
  const records: CaseRecord[] = [];
  const findings: Finding[] = [];
  const seen = new Set<string>();
  for (const row of rows) {
    const record = readCase(reader, row);
    const doubled = typeof record !== 'string' && seen.has(record.id);
    if (typeof record === 'string') findings.push({ row: row.number, id: null, flag: null, reason: record });
    else if (doubled)
      findings.push({ row: row.number, id: record.id, flag: null, reason: `${mapping.id} stands twice` });
    else {
      seen.add(record.id);
      records.push(record);
    }
  }
  if (records.length === 0)
    throw new Problem(
      'invalid',
      `${source.name}: no row can be taken; row 2: ${findings[0]?.reason}. Check columns and format in the mapping.`,
    );
  return { records, findings, nRead: rows.length };
};
