import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import heads from '@/data/dictionaries/address-list.json';
import { type BadRow, type ListWish, listLimits, type RowFault } from '@/data/model/address';
import type { LngLat } from '@/data/model/geo';
import { refuse } from '@/data/model/intake';
import { Problem } from '@/data/model/problem';

/** A row of a list; the head is row 1. Its position as it was given. */
export type ListRow = { row: number; address: string; position: LngLat | null };

/** `checksum` = SHA-256 of the bytes. */
export type List = { rows: ListRow[]; checksum: string };

/** Bad rows told at most; the rest is counted. */
const mostTold = 100;

/** A list with rows that cannot be taken: nothing of it is. */
export class BadRows extends Problem {
  readonly rows: BadRow[];
  constructor(rows: BadRow[]) {
    super('invalid', `${rows.length} rows cannot be taken.`, { reason: 'list_rows', n: rows.length });
    this.rows = rows.slice(0, mostTold);
  }
}

/** Text of a stream of bytes; stops at the limit, and at bytes that are not of the encoding. */
async function* textOf(
  bytes: AsyncIterable<Uint8Array>,
  encoding: ListWish['encoding'],
  onBytes: (part: Uint8Array) => void,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const decode = (part?: Uint8Array): string => {
    try {
      return part ? decoder.decode(part, { stream: true }) : decoder.decode();
    } catch {
      throw refuse('list_encoding', `The list is not ${encoding}.`, { encoding });
    }
  };
  let size = 0;
  for await (const part of bytes) {
    size += part.byteLength;
    if (size > listLimits.bytes)
      throw refuse('body_large', 'The list is too large.', { megabytes: listLimits.bytes / 1024 / 1024 });
    onBytes(part);
    yield decode(part);
  }
  yield decode();
}

type Columns = { address: number; lng: number; lat: number };

const columnsOf = (head: readonly string[]): Columns => {
  const names = head.map((name) =>
    name
      .replace(/^\uFEFF/, '')
      .trim()
      .toLowerCase(),
  );
  const at = (known: readonly string[]) => names.findIndex((name) => known.includes(name));
  const columns = { address: at(heads.address), lng: at(heads.lng), lat: at(heads.lat) };
  if (columns.address < 0 || columns.lng < 0 !== columns.lat < 0)
    throw refuse('list_column', 'The list has no column address, or only one of lng and lat.', {
      head: names.join(', ').slice(0, 200),
    });
  return columns;
};

const positionOf = (lng: string, lat: string): LngLat | null | RowFault => {
  if (lng === '' && lat === '') return null;
  if (lng === '' || lat === '') return 'half';
  const position: LngLat = [Number(lng), Number(lat)];
  const [x, y] = position.map(Math.abs) as LngLat;
  if (Number.isNaN(x) || Number.isNaN(y)) return 'number';
  if (x <= 90 && y > 90 && y <= 180) return 'swapped';
  return x <= 180 && y <= 90 ? position : 'degrees';
};

const rowOf = (line: number, cells: readonly string[], columns: Columns): ListRow | BadRow => {
  const cell = (column: number) => (column < 0 ? '' : (cells[column] ?? '').replaceAll('\0', '').trim());
  const address = cell(columns.address);
  if (address === '') return { line, fault: 'empty' };
  if (address.length > listLimits.letters) return { line, fault: 'long' };
  const position = positionOf(cell(columns.lng), cell(columns.lat));
  return typeof position === 'string' ? { line, fault: position } : { row: line, address, position };
};

type Parsed = { record: string[]; info: { lines: number } };

/**
 * Reads a list as it comes in (CSV, comma, first line the head): never more is held than its limits allow. Columns it
 * does not need are left out. Throws `invalid` with the reason; `BadRows` names each row by its line.
 */
export const readList = async (bytes: AsyncIterable<Uint8Array>, encoding: ListWish['encoding']): Promise<List> => {
  const hash = createHash('sha256');
  const source = Readable.from(textOf(bytes, encoding, (part) => hash.update(part)));
  const parser = parse({ info: true, relax_column_count: true, skip_empty_lines: true });
  source.on('error', (error) => parser.destroy(error));
  const rows: ListRow[] = [];
  const bad: BadRow[] = [];
  let columns: Columns | null = null;
  try {
    for await (const { record, info } of source.pipe(parser) as AsyncIterable<Parsed>) {
      if (!columns) {
        columns = columnsOf(record);
        continue;
      }
      const row = rowOf(info.lines, record, columns);
      if ('fault' in row) bad.push(row);
      else rows.push(row);
      if (rows.length + bad.length > listLimits.rows)
        throw refuse('list_long', 'The list has too many rows.', { rows: listLimits.rows });
    }
  } catch (error) {
    source.destroy();
    if (!(error instanceof CsvError)) throw error;
    throw refuse('list_broken', error.message, { line: Number(error.lines ?? 0) });
  }
  if (bad.length > 0) throw new BadRows(bad);
  if (rows.length === 0) throw refuse('list_empty', 'The list has no rows.');
  return { rows, checksum: hash.digest('hex') };
};
