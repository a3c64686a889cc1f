import writeXlsxFile, { type Cell, type Row } from 'write-excel-file/node';
import type { Words } from '../dictionary/words';
import { csvOf, type Mark, type Sheet, type Value } from './rules';

/** Text stays text: no cell of a workbook is ever a formula. */
const cellOf = (value: Value): Cell => {
  if (value === null || value === '') return null;
  return typeof value === 'number' ? { type: Number, value } : { type: String, value };
};

const headOf = (head: readonly string[]): Row =>
  head.map((value) => ({ type: String, value, fontWeight: 'bold' as const }));

const widthOf = ({ head, rows }: Sheet, column: number): { width: number } => {
  const lengths = [head[column], ...rows.slice(0, 200).map((row) => row[column])].map((value) => String(value ?? ''));
  // A Chinese character is as wide as two others.
  const wide = lengths.map((text) => text.replace(/[^\u0020-\u024f]/g, 'xx').length);
  return { width: Math.min(40, Math.max(8, ...wide) + 2) };
};

const workbook = async (sheet: Sheet, mark: Mark, { t }: Words): Promise<Uint8Array<ArrayBuffer>> => {
  const table = {
    sheet: t('export.table'),
    data: [headOf(sheet.head), ...sheet.rows.map((row) => row.map(cellOf))],
    columns: sheet.head.map((_, column) => widthOf(sheet, column)),
    stickyRowsCount: 1,
  };
  const about = {
    sheet: t('export.mark.title'),
    data: mark.map(([name, value]) => [{ type: String, value: name, fontWeight: 'bold' as const }, cellOf(value)]),
    columns: [{ width: 20 }, { width: 60 }],
  };
  return new Uint8Array(await writeXlsxFile([table, about]).toBuffer());
};

/** The bytes of a table: its rows each end with the number of the export, so that a part of it is known too. */
export const fileOf = async (
  format: 'csv' | 'xlsx',
  { head, rows }: Sheet,
  mark: Mark,
  words: Words,
): Promise<Uint8Array<ArrayBuffer>> => {
  const [name = '', number = ''] = mark[0] ?? [];
  const numbered = { head: [...head, name], rows: rows.map((row) => [...row, number]) };
  if (format === 'csv') return new TextEncoder().encode(csvOf(numbered, mark));
  return workbook(numbered, mark, words);
};
