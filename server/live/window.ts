import type { Sql } from '../db/client';

/** A line of the change log as readers get it. `xid` and `seq` order all lines for good once they are readable. */
export type LoggedChange = {
  xid: string;
  seq: number;
  kind: string;
  id: string;
  op: string;
  version: number;
  path: string | null;
  at: Date;
};

/**
 * One window of the log. `upto`: the watermark to go on from. `next`: first xid not handed out yet when the window was
 * read; once a later `upto` reaches it, everything committed before `at` has been read. `at`: clock of the database.
 * `isCut`: lines from the watermark on have been purged, so what is left does not tell all that changed.
 */
export type LogWindow = { upto: string; next: string; at: Date; isCut: boolean; lines: LoggedChange[] };

/** Oldest transaction still open: everything below is decided. The watermark to start following from. */
export const currentXmin = async (sql: Sql): Promise<string> => {
  const [row] = await sql<{ xmin: string }[]>`select pg_snapshot_xmin(pg_current_snapshot())::text as xmin`;
  return row?.xmin ?? '0';
};

type WindowRow = { upto: string; next: string; now: string; is_cut: boolean } & {
  [K in keyof LoggedChange]: (K extends 'at' | 'seq' ? string : LoggedChange[K]) | null;
};

/**
 * Lines of the half-open window `[watermark, xmin)`, by (xid, seq), read in one statement so that edge and lines belong
 * to one snapshot. No line can appear later inside a window once read. `after` skips lines of the watermark's own
 * transaction up to that seq; `limit` bounds the lines read (more than asked for = the caller fell too far behind).
 */
export const readWindow = async (
  sql: Sql,
  watermark: string,
  options: { after?: number; limit?: number } = {},
): Promise<LogWindow> => {
  const rows = await sql<WindowRow[]>`
    with edge as materialized (
      select pg_snapshot_xmin(s) as upto, pg_snapshot_xmax(s) as next, statement_timestamp() as now,
        (select (value ->> 'xid')::xid8 from setting where key = 'change_purged') as purged
      from pg_current_snapshot() s
    )
    select edge.upto::text, edge.next::text, edge.now,
      coalesce(edge.purged > ${watermark}::xid8 and edge.purged <= edge.upto, false) as is_cut,
      c.xid::text, c.seq, c.kind, c.id, c.op, c.version, c.path, c.at
    from edge left join lateral (
      select * from change
      where xid >= ${watermark}::xid8 and xid < edge.upto
        and (xid > ${watermark}::xid8 or seq > ${options.after ?? 0})
      order by xid, seq limit ${options.limit ?? null}
    ) c on true
    order by c.xid, c.seq`;
  const [first] = rows;
  if (!first) return { upto: watermark, next: watermark, at: new Date(0), isCut: false, lines: [] };
  const lines = rows.flatMap((row) => (row.xid === null ? [] : [toLine(row)]));
  return { upto: first.upto, next: first.next, at: new Date(first.now), isCut: first.is_cut, lines };
};

const toLine = (row: WindowRow): LoggedChange => ({
  xid: row.xid ?? '',
  seq: Number(row.seq),
  kind: row.kind ?? '',
  id: row.id ?? '',
  op: row.op ?? '',
  version: row.version ?? 0,
  path: row.path,
  at: new Date(row.at ?? 0),
});

/**
 * What the log says of all that had been committed by an instant and not by an earlier one. `snapshot` = the instant, for the
 * next time. `isCut`: lines were purged, or the server is another one or went back: what is there does not tell all that changed.
 */
export type LogNews = {
  snapshot: string;
  server: string;
  isCut: boolean;
  lines: Pick<LoggedChange, 'kind' | 'id' | 'path'>[];
};

/**
 * Lines that nobody could see when `last` was read and everybody can now, those of transactions above an open one too: whoever
 * has these knows as much as one who reads the rows themselves. `last` null = from now on. More than `limit` is `isCut`.
 */
export const readNews = async (sql: Sql, last: LogNews | null, limit: number): Promise<LogNews> => {
  const since = last?.snapshot ?? null;
  type Row = {
    snapshot: string;
    server: string;
    is_cut: boolean;
    kind: string | null;
    id: string;
    path: string | null;
  };
  const rows = await sql<Row[]>`
    with now as materialized (
      select s as snapshot, pg_postmaster_start_time()::text as server,
        pg_snapshot_xmax(s) < pg_snapshot_xmax(${since}::pg_snapshot)
          or (select (value ->> 'xid')::xid8 from setting where key = 'change_purged')
            > pg_snapshot_xmin(${since}::pg_snapshot) as is_cut
      from pg_current_snapshot() s
    )
    select now.snapshot::text, now.server, coalesce(now.is_cut, false) as is_cut, c.kind, c.id, c.path
    from now left join lateral (
      select kind, id, path from change
      where xid >= pg_snapshot_xmin(${since}::pg_snapshot) and not pg_visible_in_snapshot(xid, ${since}::pg_snapshot)
      limit ${limit + 1}
    ) c on true`;
  const [first] = rows;
  if (!first) throw new Error('A statement over one row gave none.');
  const { snapshot, server } = first;
  const lines = rows.flatMap(({ kind, id, path }) => (kind === null ? [] : [{ kind, id, path }]));
  const isOther = last !== null && last.server !== server;
  return { snapshot, server, isCut: first.is_cut || isOther || lines.length > limit, lines };
};
