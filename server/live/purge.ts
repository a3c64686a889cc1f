import type { Connection, Sql } from '../db/client';
import { removeDrafts } from '../file/disk';
import { purgeTurns } from '../intake/turn';
import { purgeBatches } from '../metric/batch';

const dayMs = 86_400_000;
/** Days a line stays in the log at least: a client that was away longer asks for everything again. */
const keptDays = 7;

/**
 * Removes the lines of all transactions before the first that has a line younger than a week or may still be open, and
 * keeps that edge in the setting `change_purged`, where `readWindow` compares it. One statement; returns lines removed.
 */
export const purgeLog = async (sql: Sql): Promise<number> => {
  const gone = await sql`
    with open as materialized (select pg_snapshot_xmin(pg_current_snapshot()) as xid),
    edge as materialized (
      select case when young.xid < open.xid then young.xid else open.xid end as xid
      from open left join lateral (
        select xid from change where at >= now() - make_interval(days => ${keptDays}) order by xid limit 1
      ) young on true
    ),
    kept as (
      insert into setting (key, value)
      select 'change_purged', jsonb_build_object('xid', edge.xid::text) from edge
      where exists (select from change where change.xid < edge.xid)
      on conflict (key) do update set value = excluded.value
        where (setting.value ->> 'xid')::xid8 < (excluded.value ->> 'xid')::xid8
          or (setting.value ->> 'xid')::xid8 > (select xid from open)
    )
    delete from change using edge where change.xid < edge.xid`;
  return gone.count;
};

/** A purge that runs at its first call and then once a day, beside what the caller does. */
export const dailyPurge = (connection: Connection, onError: (error: unknown) => void): (() => void) => {
  let dueAt = 0;
  return () => {
    if (Date.now() < dueAt) return;
    dueAt = Date.now() + dayMs;
    const { sql } = connection;
    const work = [
      purgeLog(sql).then(() => purgeBatches(sql)),
      purgeTurns(connection),
      removeDrafts(new Date(Date.now() - dayMs)),
    ];
    Promise.all(work).catch(onError);
  };
};
