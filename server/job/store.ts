import { and, asc, desc, eq, sql } from 'drizzle-orm';
import type { Executor } from '../db/client';
import { job } from './table';

/** Channel that wakes the workers of every process; the table is the truth. */
export const jobChannel = 'gridhall_job';

export type NewJob = {
  kind: string;
  key: string;
  subject: string;
  payload?: Record<string, string | number>;
  /** Null = not before somebody sets it. */
  dueAt: Date | null;
};

/** A job a worker has begun; `now` = the clock of the database as it was taken. */
export type TakenJob = {
  id: number;
  kind: string;
  key: string;
  subject: string;
  payload: Record<string, string | number>;
  attempts: number;
  turn: number;
  now: Date;
};

/**
 * Puts jobs into the queue inside the caller's transaction. One that waits already takes the new instant; one that was
 * done, is not wanted any more or died stays as it is.
 */
export const putJobs = async (tx: Executor, jobs: readonly NewJob[]): Promise<void> => {
  if (jobs.length === 0) return;
  const lines = jobs.map(({ dueAt, payload = {}, ...rest }) => ({ ...rest, payload, due_at: dueAt }));
  await tx.execute(sql`
    with line as (
      select * from jsonb_to_recordset(${JSON.stringify(lines)}::text::jsonb)
        as l(kind text, key text, subject text, payload jsonb, due_at timestamptz(3))
    ), put as (
      insert into job (kind, key, subject, payload, due_at) select kind, key, subject, payload, due_at from line
      on conflict (kind, key) do update set due_at = excluded.due_at where job.state = 'waiting'
    )
    select pg_notify(${jobChannel}, '') where exists (select from line where due_at <= now() + interval '1 second')`);
};

/** Ends all that waits for a subject. */
export const endJobs = async (tx: Executor, subject: string): Promise<void> => {
  await tx
    .update(job)
    .set({ state: 'void', ended_at: sql`now()` })
    .where(and(eq(job.subject, subject), eq(job.state, 'waiting')));
};

/** The clock jobs are due by: the database's, or a fixed instant. */
export type JobClock = Date | null;
const clockOf = (clock: JobClock) => (clock ? sql`${clock.toISOString()}::timestamptz` : sql`now()`);

/**
 * Takes the job that has been due longest, for so many seconds; null when none is. The attempt is written before the
 * work begins, so that work which ends its process is not begun for ever.
 */
export const takeJob = async (
  db: Executor,
  kinds: readonly string[],
  options: { clock: JobClock; leaseSeconds: number },
): Promise<TakenJob | null> => {
  const clock = clockOf(options.clock);
  const [row] = await db.execute<Omit<TakenJob, 'id' | 'now'> & { id: string; now: string }>(sql`
    update job set attempts = attempts + 1, turn = turn + 1, taken_until = ${clock} + make_interval(secs => ${options.leaseSeconds})
    where id = (
      select id from job where state = 'waiting' and due_at <= ${clock} and kind in ${kinds}
        and (taken_until is null or taken_until <= ${clock})
      order by due_at, id limit 1 for update skip locked)
    returning id, kind, key, subject, payload, attempts, turn, ${clock} as now`);
  return row ? { ...row, id: Number(row.id), now: new Date(row.now) } : null;
};

/** The job as this worker took it: nobody has taken it since, and it is not over. */
const stillMine = (taken: TakenJob) => and(eq(job.id, taken.id), eq(job.state, 'waiting'), eq(job.turn, taken.turn));

/** Ends a job inside the transaction of its effect; false = another process has taken it since, or it is over. */
export const finishJob = async (tx: Executor, taken: TakenJob): Promise<boolean> => {
  const done = await tx
    .update(job)
    .set({ state: 'done', ended_at: taken.now, taken_until: null, error: null })
    .where(stillMine(taken))
    .returning({ id: job.id });
  return done.length > 0;
};

/** Puts a job off inside the transaction that found it too early; null = until somebody sets its instant. */
export const putOff = async (tx: Executor, taken: TakenJob, dueAt: Date | null): Promise<void> => {
  await tx.update(job).set({ due_at: dueAt, attempts: 0, taken_until: null, error: null }).where(stillMine(taken));
};

/** Times a job is begun before it is given up. */
export const mostAttempts = 8;

/** Seconds until the next attempt: 2, 4, 8 … at most 10 minutes. */
export const backoffSeconds = (attempts: number): number => Math.min(600, 2 ** attempts);

/** Writes down a failed attempt: the job is due again later, or given up (true). */
export const failJob = async (db: Executor, taken: TakenJob, error: string): Promise<boolean> => {
  const isDead = taken.attempts >= mostAttempts;
  const written = await db
    .update(job)
    .set({
      error: error.slice(0, 500),
      taken_until: null,
      ...(isDead
        ? { state: 'dead', ended_at: taken.now }
        : { due_at: new Date(taken.now.getTime() + backoffSeconds(taken.attempts) * 1000) }),
    })
    .where(stillMine(taken))
    .returning({ id: job.id });
  return isDead && written.length > 0;
};

/** Instant the next job of a kind is due at; null = none waits. */
export const nextDueOf = async (db: Executor, kind: string): Promise<Date | null> => {
  const waits = and(eq(job.kind, kind), eq(job.state, 'waiting'));
  const [next] = await db.select({ at: job.due_at }).from(job).where(waits).orderBy(asc(job.due_at)).limit(1);
  return next?.at ?? null;
};

/** A job that was given up (死信). */
export type DeadJob = {
  id: number;
  kind: string;
  key: string;
  attempts: number;
  error: string | null;
  endedAt: string;
};

const mostDead = 100;

/** Jobs that were given up, the newest first. */
export const deadJobs = async (db: Executor): Promise<DeadJob[]> => {
  const { id, kind, key, attempts, error, ended_at } = job;
  const rows = await db
    .select({ id, kind, key, attempts, error, endedAt: ended_at })
    .from(job)
    .where(eq(job.state, 'dead'))
    .orderBy(desc(ended_at), desc(id))
    .limit(mostDead);
  return rows.map((row) => ({ ...row, endedAt: row.endedAt?.toISOString() ?? '' }));
};

/** Begins a job that was given up anew; false = it is not dead. */
export const reviveJob = async (db: Executor, id: number): Promise<boolean> => {
  const revived = await db
    .update(job)
    .set({ state: 'waiting', attempts: 0, due_at: sql`now()`, ended_at: null })
    .where(and(eq(job.id, id), eq(job.state, 'dead')))
    .returning({ id: job.id });
  await db.execute(sql`select pg_notify(${jobChannel}, '')`);
  return revived.length > 0;
};

/** Removes jobs that ended long ago; those that died stay until they are looked at. */
export const purgeJobs = async (tx: Executor, days: number): Promise<void> => {
  await tx.execute(sql`
    delete from job where state in ('done', 'void') and ended_at < now() - make_interval(days => ${days})`);
};
