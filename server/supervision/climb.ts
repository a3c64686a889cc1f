import { sql } from 'drizzle-orm';
import { type PolicyRung, rungCodes } from '@/data/model/supervision';
import type { Executor } from '../db/client';
import { readInstallation } from '../dictionary/store';
import { closedStatuses } from '../event/rules';
import { purgeJobs, putJobs } from '../job/store';
import type { JobHandlers } from '../job/worker';
import { tell } from '../notice/store';
import { climbKind, lockStanding, reachedRungs, type Standing, schedule } from './clock';
import { readPolicy } from './policy';
import { atLevel, dueRungs, nextRung, rungAt, type SupervisedClock, subjectText } from './rules';
import { supervision_rung } from './table';
import { raiseTicket } from './ticket';

/** Posts of an event that a rung tells, `role:division`; a department's is `R6:<department>`. */
export const postsOf = (kinds: PolicyRung['posts'], event: Standing['event'], root: string): string[] => {
  const { grid, community, subdistrict, department } = event;
  const posts: Record<PolicyRung['posts'][number], string | null> = {
    grid: grid && `R5:${grid}`,
    community: community && `R4:${community}`,
    subdistrict: subdistrict && `R3:${subdistrict}`,
    department: department && `R6:${department}`,
    district: `R2:${root}`,
    leader: `R1:${root}`,
  };
  return kinds.flatMap((kind) => posts[kind] ?? []);
};

type Reached = { standing: Standing; clock: SupervisedClock; rung: PolicyRung; now: Date };

const isTicketRung = ({ code }: PolicyRung): boolean => rungCodes.indexOf(code) >= rungCodes.indexOf('ticket');

/** What a rung brings about: its line, its ticket from the third on, its notices. */
const reach = async (tx: Executor, { standing, clock, rung, now }: Reached): Promise<void> => {
  const { subject, event } = standing;
  const written = await tx
    .insert(supervision_rung)
    .values({ subject, event_id: event.id, rung: rung.code, due_at: rungAt(clock, rung), at: now })
    .onConflictDoNothing()
    .returning({ id: supervision_rung.id });
  if (written.length === 0) return;
  const deadlineAt = new Date(now.getTime() + atLevel(rung.replyHours, event.level) * 3_600_000);
  if (isTicketRung(rung)) await raiseTicket(tx, { subject, event, rung: rung.code, now, deadlineAt });
  await tell(tx, {
    cause: `${subject}:${rung.code}`,
    kind: rung.code,
    event,
    posts: postsOf(rung.posts, event, (await readInstallation(tx)).root),
    channels: rung.channels,
    unreadMinutes: atLevel(rung.unreadMinutes, event.level),
    detail: {
      subject,
      dueAt: clock.dueAt.toISOString(),
      ...(event.department ? { department: event.department } : {}),
    },
    now,
  });
};

/** Rungs that were past before the clock came under supervision: written down, told to nobody. */
const skip = async (tx: Executor, { standing, clock, now }: Omit<Reached, 'rung'>, rungs: PolicyRung[]) => {
  if (rungs.length === 0) return;
  await tx
    .insert(supervision_rung)
    .values(
      rungs.map((rung) => ({
        ...{ subject: standing.subject, event_id: standing.event.id, rung: rung.code },
        ...{ due_at: rungAt(clock, rung), at: now, is_missed: true },
      })),
    )
    .onConflictDoNothing();
};

/** Climbs the next rung of a clock when it is due, and sets the instant of the one after. */
const climb: JobHandlers[string] = {
  effect: async (tx, { subject, now }) => {
    const standing = await lockStanding(tx, subject);
    if (!standing?.clock || standing.isOver) return undefined;
    const { clock } = standing;
    const policy = await readPolicy(tx, standing.policyAt);
    const rung = nextRung(policy, await reachedRungs(tx, subject));
    if (!rung) return undefined;
    if (standing.isPaused) return { putOffTo: null };
    const dueAt = rungAt(clock, rung);
    if (dueAt > now) return { putOffTo: dueAt };
    await reach(tx, { standing, clock, rung, now });
    await schedule(tx, standing);
    return undefined;
  },
};

export const sweepKind = 'supervision.sweep';
const sweepMinutes = 10;
const sweepAtOnce = 200;
const keptDays = 30;

/** Puts the look for unsupervised events of a ten-minute slot into the queue: one a slot, whoever asks for it. */
export const putSweep = async (tx: Executor, at: Date, nSlotsOn = 0): Promise<void> => {
  const slotMs = sweepMinutes * 60_000;
  const slot = new Date((Math.floor(at.getTime() / slotMs) + nSlotsOn) * slotMs);
  await putJobs(tx, [{ kind: sweepKind, key: slot.toISOString(), subject: sweepKind, dueAt: slot }]);
};

/** Open events with a limit that no report or move has put under supervision: those of a file, and of the demo. */
const unsupervised = async (tx: Executor): Promise<string[]> => {
  const rows = await tx.execute<{ id: string }>(sql`
    select e.id from event e
    where e.status not in ${closedStatuses} and e.handle_due_at is not null
      and not exists (select from job j where j.subject = 'event:' || e.id and j.state = 'waiting')
      and not exists (select from supervision_rung r where r.subject = 'event:' || e.id and r.rung = ${rungCodes.at(-1)})
    order by e.handle_due_at limit ${sweepAtOnce}`);
  return rows.map(({ id }) => id);
};

/** Takes one event in: only the highest rung that is due is climbed, for the lower ones were missed without anybody's doing. */
const takeIn = async (tx: Executor, id: string, now: Date): Promise<void> => {
  const standing = await lockStanding(tx, subjectText({ kind: 'event', eventId: id }));
  if (!standing?.clock || standing.isOver) return;
  const { clock, subject } = standing;
  const due = standing.isPaused
    ? []
    : dueRungs(await readPolicy(tx, standing.policyAt), await reachedRungs(tx, subject), clock, now);
  await skip(tx, { standing, clock, now }, due.slice(0, -1));
  await schedule(tx, standing);
};

const sweep: JobHandlers[string] = {
  effect: async (tx, { key, now }) => {
    const ids = await unsupervised(tx);
    for (const id of ids) await takeIn(tx, id, now);
    if (ids.length === sweepAtOnce)
      await putJobs(tx, [{ kind: sweepKind, key: `${key}+`, subject: sweepKind, dueAt: now }]);
    else await purgeJobs(tx, keptDays);
    await putSweep(tx, now, 1);
    return undefined;
  },
};

export const supervisionJobs: JobHandlers = { [climbKind]: climb, [sweepKind]: sweep };
