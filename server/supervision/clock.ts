import { eq, sql } from 'drizzle-orm';
import type { EventLevel } from '@/data/model/event';
import { groupBy } from '@/data/model/group';
import type { RungCode } from '@/data/model/supervision';
import type { Executor } from '../db/client';
import { event } from '../db/schema';
import { isClosed, isPaused } from '../event/rules';
import { endJobs, putJobs } from '../job/store';
import { readPolicy } from './policy';
import { nextRung, parseSubject, rungAt, type SupervisedClock, subjectText } from './rules';
import { supervision_rung, whistle, whistle_department } from './table';

export const climbKind = 'supervision.climb';

/** An event as far as supervision tells of it. */
export type SupervisedEvent = {
  id: string;
  number: string;
  category: string;
  level: EventLevel;
  department: string | null;
  worker: string | null;
  subdistrict: string | null;
  community: string | null;
  grid: string | null;
};

/** A clock as it stands. `isOver`: what it measures was done, or the event is closed: its pending steps end. */
export type Standing = {
  subject: string;
  event: SupervisedEvent;
  /** Null = there is no limit. */
  clock: SupervisedClock | null;
  /** The ladder in force then is climbed. */
  policyAt: Date;
  isPaused: boolean;
  isOver: boolean;
};

const columns = {
  id: event.id,
  number: event.number,
  category: event.category_code,
  level: sql<EventLevel>`${event.level}`,
  department: event.department_code,
  worker: event.worker_id,
  subdistrict: event.subdistrict_code,
  community: event.community_code,
  grid: event.grid_code,
};

const clockColumns = {
  status: event.status,
  reportedAt: event.reported_at,
  dueAt: event.handle_due_at,
  pausedMinutes: event.paused_minutes,
};

const lockEvent = async (tx: Executor, id: string) => {
  const [row] = await tx
    .select({ ...columns, ...clockColumns })
    .from(event)
    .where(eq(event.id, id))
    .for('update');
  if (!row) return null;
  const { status, reportedAt, dueAt, pausedMinutes, ...rest } = row;
  return { status, reportedAt, dueAt, pausedMinutes, event: rest };
};

type Locked = NonNullable<Awaited<ReturnType<typeof lockEvent>>>;

const ofEvent = (subject: string, { status, reportedAt, dueAt, pausedMinutes, event: row }: Locked): Standing => ({
  subject,
  event: row,
  clock: dueAt && { startAt: reportedAt, dueAt, pausedMinutes, level: row.level },
  policyAt: reportedAt,
  isPaused: isPaused(status),
  isOver: isClosed(status) || dueAt === null,
});

type Called = { whistleId: string; department: string; clock: 'sign' | 'contact' | 'arrive' };

const ofWhistle = async (tx: Executor, subject: string, { whistleId, department, clock }: Called) => {
  const [line] = await tx
    .select({ w: whistle, d: whistle_department })
    .from(whistle)
    .innerJoin(whistle_department, eq(whistle_department.whistle_id, whistle.id))
    .where(sql`${whistle.id} = ${whistleId} and ${whistle_department.department_code} = ${department}`);
  const locked = line && (await lockEvent(tx, line.w.event_id));
  if (!locked) return null;
  // What a step did meanwhile is seen only once the event is locked.
  const [now] = await tx
    .select({ d: whistle_department, endedAt: whistle.ended_at })
    .from(whistle_department)
    .innerJoin(whistle, eq(whistle.id, whistle_department.whistle_id))
    .where(sql`${whistle.id} = ${whistleId} and ${whistle_department.department_code} = ${department}`);
  const d = now?.d ?? line.d;
  const [dueAt, doneAt] = {
    sign: [d.sign_due_at, d.signed_at],
    contact: [d.contact_due_at, d.contacted_at],
    arrive: [d.arrive_due_at, d.arrived_at],
  }[clock] as [Date, Date | null];
  const { level } = locked.event;
  return {
    subject,
    event: { ...locked.event, department, worker: null },
    clock: { startAt: line.w.blown_at, dueAt, pausedMinutes: 0, level },
    policyAt: line.w.blown_at,
    isPaused: false,
    isOver: doneAt !== null || now?.endedAt !== null || isClosed(locked.status),
  };
};

/** A clock as it stands, its event locked until the transaction ends; null = there is none. */
export const lockStanding = async (tx: Executor, text: string): Promise<Standing | null> => {
  const subject = parseSubject(text);
  if (!subject) return null;
  if (subject.kind === 'whistle') return ofWhistle(tx, text, subject);
  const locked = await lockEvent(tx, subject.eventId);
  return locked && ofEvent(text, locked);
};

export const reachedRungs = async (tx: Executor, subject: string): Promise<RungCode[]> => {
  const rows = await tx
    .select({ rung: supervision_rung.rung })
    .from(supervision_rung)
    .where(eq(supervision_rung.subject, subject));
  return rows.map(({ rung }) => rung);
};

/** Sets the instant of a clock's next rung, or ends what waits for it. */
export const schedule = async (tx: Executor, standing: Standing): Promise<void> => {
  const { subject, clock, isOver } = standing;
  if (isOver || !clock) return endJobs(tx, subject);
  const rung = nextRung(await readPolicy(tx, standing.policyAt), await reachedRungs(tx, subject));
  if (!rung) return;
  const dueAt = standing.isPaused ? null : rungAt(clock, rung);
  await putJobs(tx, [{ kind: climbKind, key: `${subject}:${rung.code}`, subject, dueAt }]);
};

/** Puts an event under supervision, or follows a move of it, inside the transaction that made it (督办计时). */
export const superviseEvent = async (tx: Executor, id: string): Promise<void> => {
  const standing = await lockStanding(tx, subjectText({ kind: 'event', eventId: id }));
  if (standing) await schedule(tx, standing);
};

/** An event that was reported just now, as far as supervision asks. */
type NewEvent = { id: string; reportedAt: Date; dueAt: Date | null; level: EventLevel };

/** Puts events that were reported just now under supervision: the first rung of each, without looking at what it wrote itself. */
export const superviseNew = async (tx: Executor, events: readonly NewEvent[]): Promise<void> => {
  const limited = events.flatMap(({ dueAt, ...one }) => (dueAt === null ? [] : [{ ...one, dueAt }]));
  const byInstant = groupBy(limited, ({ reportedAt }) => reportedAt.getTime());
  const jobs = await Promise.all(
    [...byInstant].map(async ([instant, reported]) => {
      const [first] = await readPolicy(tx, new Date(instant));
      if (!first) return [];
      return reported.map(({ id, reportedAt, dueAt, level }) => {
        const subject = subjectText({ kind: 'event', eventId: id });
        const at = rungAt({ startAt: reportedAt, dueAt, pausedMinutes: 0, level }, first);
        return { kind: climbKind, key: `${subject}:${first.code}`, subject, dueAt: at };
      });
    }),
  );
  await putJobs(tx, jobs.flat());
};
