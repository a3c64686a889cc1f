import { sql } from 'drizzle-orm';
import type { RowKind } from '@/data/model/event';
import type { Executor } from '../db/client';

/** Channel that wakes readers; it carries nothing, the log is the truth. */
export const wakeChannel = 'gridhall_change';

/**
 * One change for the log. `path` = path of the division the row lies in; null = the whole installation.
 * kind `event`: id = event id. kind `duty`: id = `<worker_id>|<starts_at as ISO instant>`.
 * kinds `ticket`, `whistle`, `notice`, `errand`, `volunteer`, `turn`, `summons` (a call for volunteers), `doubt`: id = that of the row.
 * kind `link`: id = that of the list of addresses.
 * kinds `alert`, `weather`, `beach`: id = that of the warning, of the station's or the beach's hour.
 * kinds `care`, `visit`, `call`: id = that of the register's row, `<care_id>|<seq>`, `<alert_id>|<dwelling_code>`.
 * kind `batch`: id of an import of events, version = how many events it wrote. kind `reload`: id `*`, a bulk load went
 * past the log and readers start afresh.
 */
export type ChangeLine = {
  kind:
    | 'event'
    | RowKind
    | 'alert'
    | 'weather'
    | 'beach'
    | 'care'
    | 'visit'
    | 'call'
    | 'doubt'
    | 'link'
    | 'batch'
    | 'reload';
  id: string;
  op: 'put' | 'delete';
  version: number;
  path: string | null;
};

/** Adds lines to the change log inside the caller's transaction and wakes the readers at its commit; one statement. */
export const appendChanges = async (tx: Executor, lines: readonly ChangeLine[]): Promise<void> => {
  if (lines.length === 0) return;
  await tx.execute(sql`
    with line as (
      insert into change (kind, id, op, version, path)
      select kind, id, op, version, path
      from jsonb_to_recordset(${JSON.stringify(lines)}::text::jsonb)
        as l(kind text, id text, op text, version integer, path text)
    )
    select pg_notify(${wakeChannel}, '')`);
};
