import type { ExportFormat } from '@/data/model/export';
import { Problem } from '@/data/model/problem';
import type { Scope } from '@/data/model/scope';
import { localDay } from '../metric/period';

/** A cell of a file: words or a number; null = empty. */
export type Value = string | number | null;

/** Head and rows of a table as it is written, all rows as wide as the head. */
export type Sheet = { head: string[]; rows: Value[][] };

/** Lines that say whose the file is, of when and what for (水印). */
export type Mark = [name: string, value: string][];

/** Characters a spreadsheet takes a formula to begin with, wide ones included. */
const formula = /^[=+\-@\t\r\n＝＋－＠]/u;

/** A cell of text; one that a spreadsheet would run as a formula is quoted as text. */
const cellOf = (value: Value): string => {
  const text = value === null ? '' : String(value);
  const safe = typeof value === 'string' && formula.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/**
 * CSV (RFC 4180) with a byte-order mark, so that spreadsheets read it as UTF-8: the table, then the mark, its lines as
 * wide as the table.
 */
export const csvOf = ({ head, rows }: Sheet, mark: Mark): string => {
  const wide = Math.max(head.length, 2);
  const padded = (row: Value[]): Value[] => [...row, ...Array<null>(wide - row.length).fill(null)];
  const lines = [head, ...rows, [], ...mark].map(padded);
  return `\uFEFF${lines.map((row) => row.map(cellOf).join(',')).join('\r\n')}\r\n`;
};

/** Number an export is found by again: the local day and its line in the log. */
export const exportNumber = (id: number, at: Date, timeZone: string): string =>
  `EX${localDay(at, timeZone).replaceAll('-', '')}-${String(id).padStart(6, '0')}`;

export const mimeOf: Record<ExportFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
};

/** Walls take nothing along. */
export const checkMayExport = ({ screen }: Pick<Scope, 'screen'>): void => {
  if (screen === 'big') throw new Problem('not_allowed', 'A wall exports nothing.');
};

/** Posts that read the exports of their whole territory (审计); others read their own. */
export const readsAudit = ({ role, screen }: Pick<Scope, 'role' | 'screen'>): boolean =>
  screen !== 'big' && ['R2', 'R3', 'R4', 'R8'].includes(role);
