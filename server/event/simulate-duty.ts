import { and, eq, gt, isNull, lte, or, type SQL, sql } from 'drizzle-orm';
import { randomFor } from '@/data/demo/random';
import type { Connection, Executor } from '../db/client';
import { division, duty, worker } from '../db/schema';
import type { Installation } from '../dictionary/store';
import { appendChanges, type ChangeLine } from '../live/append';

const minuteMs = 60_000;
/** Share of shifts nobody signs in to. */
const absentShare = 0.05;

type Shift = {
  worker: string;
  startsAt: Date;
  endsAt: Date;
  isSignedIn: boolean;
  version: number;
  path: string | null;
};

const lineOf = ({ worker: id, startsAt, version, path }: Omit<Shift, 'endsAt' | 'isSignedIn'>): ChangeLine => ({
  kind: 'duty',
  id: `${id}|${startsAt.toISOString()}`,
  op: 'put',
  version,
  path,
});

const dutyPath = sql<string | null>`(select ${division.path} from ${division}
  where ${division.code} = coalesce(${worker.grid_code}, ${worker.community_code}, ${worker.subdistrict_code}))`;

/** Repeats the newest day of the roster for today and tomorrow where they have none yet (排班). */
export const ensureShifts = async ({ db }: Connection, { timeZone, rootPath }: Installation): Promise<void> => {
  const localDay = (at: SQL) => sql`(${at} at time zone ${timeZone})::date`;
  await db.transaction(async (tx) => {
    const rows = await tx.execute<{ worker: string; starts_at: string; path: string | null }>(sql`
      with newest as (select max(${localDay(sql`starts_at`)}) as day from duty),
      wanted as (select day from generate_series(${localDay(sql`now()`)}, ${localDay(sql`now()`)} + 1, '1 day') as d(day)),
      added as (
        insert into duty (worker_id, starts_at, ends_at)
        select d.worker_id,
          ((d.starts_at at time zone ${timeZone}) + (w.day::date - n.day) * interval '1 day') at time zone ${timeZone},
          ((d.ends_at at time zone ${timeZone}) + (w.day::date - n.day) * interval '1 day') at time zone ${timeZone}
        from newest n join wanted w on w.day::date > n.day
        join duty d on ${localDay(sql`d.starts_at`)} = n.day
        on conflict do nothing
        returning worker_id, starts_at
      )
      select a.worker_id as worker, a.starts_at, v.path
      from added a join worker w on w.id = a.worker_id
      left join division v on v.code = coalesce(w.grid_code, w.community_code, w.subdistrict_code)`);
    const lines = rows.map((row) =>
      lineOf({ ...row, path: row.path ?? rootPath, startsAt: new Date(row.starts_at), version: 1 }),
    );
    await appendChanges(tx, lines);
  });
};

/** Minutes before (−) or after the start a worker signs in; null = stays away. */
const arrivalMinutes = (shift: Shift): number | null => {
  const random = randomFor(`duty ${shift.worker} ${shift.startsAt.toISOString()}`);
  return random.has(absentShare) ? null : Math.round(random.between(-10, 12));
};

const isDue = (shift: Shift, now: Date): boolean => {
  const minutes = arrivalMinutes(shift);
  if (minutes === null) return false;
  const from = shift.isSignedIn ? shift.endsAt : shift.startsAt;
  return from.getTime() + minutes * minuteMs <= now.getTime();
};

const readShifts = (tx: Executor, now: Date): Promise<Shift[]> => {
  const soon = new Date(now.getTime() + 10 * minuteMs);
  const isRunning = and(isNull(duty.signed_in_at), lte(duty.starts_at, soon), gt(duty.ends_at, now));
  const isOver = and(sql`${duty.signed_in_at} is not null`, isNull(duty.signed_out_at), lte(duty.ends_at, soon));
  return tx
    .select({
      worker: duty.worker_id,
      startsAt: duty.starts_at,
      endsAt: duty.ends_at,
      isSignedIn: sql<boolean>`${duty.signed_in_at} is not null`,
      version: duty.version,
      path: dutyPath,
    })
    .from(duty)
    .innerJoin(worker, eq(worker.id, duty.worker_id))
    .where(or(isRunning, isOver));
};

/** Signs workers in and out whose time has come (签到、签退); returns how many. */
export const signDuty = async ({ db }: Connection, { rootPath }: Installation, now: Date): Promise<number> =>
  db.transaction(async (tx) => {
    const due = (await readShifts(tx, now)).filter((shift) => isDue(shift, now));
    const lines: ChangeLine[] = [];
    for (const shift of due) {
      const version = shift.version + 1;
      const written = await tx
        .update(duty)
        .set(shift.isSignedIn ? { signed_out_at: now, version } : { signed_in_at: now, version })
        .where(
          and(eq(duty.worker_id, shift.worker), eq(duty.starts_at, shift.startsAt), eq(duty.version, shift.version)),
        )
        .returning({ version: duty.version });
      if (written.length > 0) lines.push(lineOf({ ...shift, path: shift.path ?? rootPath, version }));
    }
    await appendChanges(tx, lines);
    return lines.length;
  });
