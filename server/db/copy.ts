import type { Writable } from 'node:stream';
import type postgres from 'postgres';

/** A value of a row as COPY takes it: null, text, number, truth, instant, bytes, or an object for a jsonb column. */
export type CopyValue = unknown;

const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

const escapeText = (text: string): string =>
  /[\\\t\n\r]/.test(text) ? text.replace(/[\\\t\n\r]/g, (character) => escapes[character] ?? character) : text;

/** One field in COPY's text format. */
export const copyField = (value: CopyValue): string => {
  if (value === null || value === undefined) return '\\N';
  if (typeof value === 'string') return escapeText(value);
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 't' : 'f';
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return `\\\\x${Buffer.from(value).toString('hex')}`;
  return escapeText(JSON.stringify(value));
};

/** An open COPY: `send` waits for the socket, `end` for the server's word. */
type Copy = { send: (text: string) => Promise<void>; end: () => Promise<void>; abort: () => void };

/**
 * postgres.js 3.4.9 reports an error that comes after the last row to `query.reject` alone, and its stream then never
 * finishes: both are listened to.
 */
const openCopy = async (sql: postgres.ISql, table: string, columns: readonly string[]): Promise<Copy> => {
  const query: { reject?: (error: unknown) => void; writable: () => Promise<Writable> } =
    sql`copy ${sql(table)} (${sql([...columns])}) from stdin`;
  let fail: (error: unknown) => void = () => {};
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  failed.catch(() => {});
  const refuse = query.reject;
  query.reject = (error) => {
    fail(error);
    refuse?.(error);
  };
  const stream = await query.writable();
  stream.on('error', fail);
  const until = (act: (done: () => void) => void) => Promise.race([failed, new Promise<void>((done) => act(done))]);
  return {
    send: (text) => until((done) => stream.write(text, () => done())),
    end: () => until((done) => stream.once('finish', done).end()),
    abort: () => stream.destroy(),
  };
};

/** Streams rows into a table with COPY; resolves with the number of rows. `onRows` hears of progress. */
export const copyRows = async (
  sql: postgres.ISql,
  target: { table: string; columns: readonly string[] },
  rows: Iterable<readonly CopyValue[]> | AsyncIterable<readonly CopyValue[]>,
  onRows: (n: number) => void = () => {},
): Promise<number> => {
  const copy = await openCopy(sql, target.table, target.columns);
  let n = 0;
  let lines: string[] = [];
  const flush = async () => {
    if (lines.length > 0) await copy.send(`${lines.join('\n')}\n`);
    lines = [];
  };
  try {
    for await (const row of rows) {
      lines.push(row.map(copyField).join('\t'));
      n += 1;
      if (lines.length < 1000) continue;
      await flush();
      onRows(n);
    }
    await flush();
    await copy.end();
  } catch (error) {
    copy.abort();
    throw error;
  }
  return n;
};
