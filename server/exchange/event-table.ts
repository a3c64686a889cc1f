import { CsvError, parse } from 'csv-parse/sync';
import { Problem } from '@/data/model/problem';
import { columnsOf, type EventMapping } from './mapping';
import type { SourceFile } from './source-file';

/** A row with its number as a spreadsheet shows it: the header is row 1. */
export type Row = { number: number; cells: readonly string[] };
/** Column name → place in a row. */
export type Columns = ReadonlyMap<string, number>;

const parseRows = (source: SourceFile, delimiter: string, most?: number): string[][] => {
  try {
    return parse(source.text, { bom: true, delimiter, skip_empty_lines: true, ...(most && { to: most }) });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = 'lines' in error ? `, line ${String(error.lines)}` : '';
    const isCut = error.code === 'CSV_QUOTE_NOT_CLOSED';
    const hint = isCut
      ? 'a quote is never closed: it looks cut off; fetch it again.'
      : `${error.message}. Is it damaged or cut off, or is the delimiter another?`;
    throw new Problem('invalid', `${source.name}${line}: ${hint}`);
  }
};

const mappedColumns = (mapping: EventMapping): [string, string][] => {
  const { id, title, description, address, lng, lat, openedAt, closedAt, status, category, source, department } =
    mapping;
  const single = { id, lng, lat, openedAt, closedAt, department, 'status.column': status.column };
  const named = { ...single, 'category.l1': category.l1, 'category.l2': category.l2 };
  const templates = { title, description, address, ...(typeof source === 'string' ? { source } : {}) };
  return [
    ...Object.entries(named).flatMap(([place, column]): [string, string][] => (column ? [[place, column]] : [])),
    ...Object.entries(templates).flatMap(([place, template]) =>
      columnsOf(template ?? '{}').map((column): [string, string] => [place, column]),
    ),
  ];
};

const readHeader = (source: SourceFile, mapping: EventMapping): Columns => {
  if (/^\s*[[{]/.test(source.text))
    throw new Problem('invalid', `${source.name} looks like JSON, not CSV: is it the file of the events?`);
  const [header = []] = parseRows(source, mapping.delimiter, 1);
  const columns = new Map(header.map((name, index) => [name.trim(), index]));
  if (columns.size !== header.length)
    throw new Problem('invalid', `${source.name}: a column name stands twice in its first line: ${header.join(', ')}.`);
  const lost = mappedColumns(mapping).find(([, column]) => !columns.has(column));
  if (!lost) return columns;
  const [place, column] = lost;
  const hint = header.length === 1 ? ` Is its delimiter another than "${mapping.delimiter}"?` : '';
  throw new Problem(
    'invalid',
    `${source.name} has no column "${column}", which the mapping names as events.${place}; it has: ${header.join(', ')}.${hint}`,
  );
};

/** Columns and rows of a CSV file; one that ends inside a line is refused, for nobody can tell what is missing. */
export const readTable = (source: SourceFile, mapping: EventMapping): { columns: Columns; rows: Row[] } => {
  const columns = readHeader(source, mapping);
  const [, ...lines] = parseRows(source, mapping.delimiter);
  if (!/[\r\n]$/.test(source.text))
    throw new Problem(
      'invalid',
      `${source.name} ends inside line ${lines.length + 1} (no line break at its end): it looks cut off; fetch it again, or add the line break if it is whole.`,
    );
  if (lines.length === 0) throw new Problem('invalid', `${source.name} has a header and no rows.`);
  return { columns, rows: lines.map((cells, index) => ({ number: index + 2, cells })) };
};
