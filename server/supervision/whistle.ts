import { randomUUID } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { EventMove } from '@/data/model/event';
import { Problem } from '@/data/model/problem';
import type { Scope } from '@/data/model/scope';
import { type WhistleBlow, type WhistleClock, type WhistleMove, whistleClocks } from '@/data/model/supervision';
import type { Connection, Executor } from '../db/client';
import { clockNow } from '../db/clock';
import { addWorkingDays, type Calendar, readCalendar } from '../dictionary/calendar';
import { checkWord, readInstallation, wordOf } from '../dictionary/store';
import { writeMove } from '../event/move';
import { endJobs } from '../job/store';
import { appendChanges } from '../live/append';
import { tell } from '../notice/store';
import { lockStanding, schedule } from './clock';
import { appendWhistleMove } from './follow';
import { subjectText, whistleMoves } from './rules';
import { whistle, whistle_department } from './table';
import { lockOwnEvent } from './ticket';

const Limits = z.object({
  sign_hours: z.coerce.number(),
  contact_hours: z.coerce.number(),
  arrive_workdays: z.coerce.number().int(),
});

/** Limits of a kind of whistle, valid at an instant. */
export const readKind = async (tx: Executor, kind: string, at: Date) => {
  const row = await wordOf(tx, 'whistle-type', kind, at);
  if (!row) throw new Problem('invalid', `Whistle ${kind} is not in the list.`, { kind });
  return Limits.parse(row.attrs);
};

const hoursOn = (at: Date, hours: number): Date => new Date(at.getTime() + hours * 3_600_000);

/** When a department must have signed, made contact and arrived. No working day to arrive in = as soon as contact is due. */
export const whistleLimits = (limits: z.infer<typeof Limits>, calendar: Calendar, at: Date) => {
  const contactDueAt = hoursOn(at, limits.contact_hours);
  const days = limits.arrive_workdays;
  return {
    sign_due_at: hoursOn(at, limits.sign_hours),
    contact_due_at: contactDueAt,
    arrive_due_at: days === 0 ? contactDueAt : addWorkingDays(calendar, at, days),
  };
};

const writeBlow = async (tx: Executor, scope: Scope, blow: WhistleBlow): Promise<string> => {
  const departments = [...new Set(blow.departments)];
  for (const code of departments) await checkWord(tx, 'department', code);
  const move: EventMove = {
    ...{ id: blow.eventId, version: blow.version, to: 'S43', note: blow.reason },
    ...{ departmentCode: null, satisfaction: null },
  };
  await writeMove(tx, scope, move, { isWhistle: true });
  const { row, event, path } = await lockOwnEvent(tx, scope, blow.eventId);
  const at = row.status_at;
  const limits = whistleLimits(await readKind(tx, blow.kind, at), await readCalendar(tx, at), at);
  const id = randomUUID();
  const { kind, reason } = blow;
  await tx.insert(whistle).values({ id, event_id: row.id, kind, reason, actor_id: scope.actorId, blown_at: at });
  await tx
    .insert(whistle_department)
    .values(departments.map((code) => ({ ...limits, whistle_id: id, department_code: code })));
  await appendWhistleMove(tx, { id, department: null, step: 'blow', at, actor: scope, note: reason });
  for (const department of departments)
    for (const clock of whistleClocks) {
      const standing = await lockStanding(tx, subjectText({ kind: 'whistle', whistleId: id, department, clock }));
      if (standing) await schedule(tx, standing);
    }
  await tell(tx, {
    ...{ cause: `whistle:${id}:blow`, kind: 'whistle', event, now: at, channels: ['app', 'wecom', 'sms'] },
    posts: [...departments.map((code) => `R6:${code}`), `R2:${(await readInstallation(tx)).root}`],
    unreadMinutes: 60,
    detail: { whistle: id, dueAt: limits.sign_due_at.toISOString() },
  });
  await appendChanges(tx, [{ kind: 'whistle', id, op: 'put', version: 1, path }]);
  return id;
};

/** Blows a whistle (吹哨): the event goes into joint handling, the departments' clocks begin, all in one transaction. */
export const blowWhistle = async (connection: Connection, scope: Scope, blow: WhistleBlow): Promise<string> => {
  if (scope.role !== 'R3') throw new Problem('not_allowed', `A whistle is blown by R3, not ${scope.role}.`);
  return connection.db.transaction((tx) => writeBlow(tx, scope, blow));
};

type Line = typeof whistle_department.$inferSelect;

const stateOf = (line: Line) => ({
  ...{ signedAt: line.signed_at, contactedAt: line.contacted_at, arrivedAt: line.arrived_at },
  ...{ repliedAt: line.replied_at, scoredAt: line.scored_at },
});

export const movesOfLine = (scope: Scope, line: Line, isOver: boolean) =>
  whistleMoves(scope.role, stateOf(line), isOver);

/** What a move changes of the line of a department. */
const effectOf = (move: WhistleMove, at: Date): Partial<Line> => {
  switch (move.step) {
    case 'sign':
      return { signed_at: at };
    case 'contact':
      return { contacted_at: at };
    case 'arrive':
      return { arrived_at: at };
    case 'reply':
      if (move.reply === null) throw new Problem('invalid', 'A reply names the four elements.', { field: 'reply' });
      return { replied_at: at, reply: move.reply };
    default:
      if (move.score === null) throw new Problem('invalid', 'A score is 1 to 5.', { field: 'score' });
      return { scored_at: at, score: move.score };
  }
};

const noLine = (id: string): Problem => new Problem('not_found', `No such whistle ${id} in your territory.`, { id });

const isClock = (step: string): step is WhistleClock => whistleClocks.some((clock) => clock === step);

/** The whistle and the line of a department, its event locked. */
const lockLine = async (tx: Executor, scope: Scope, move: WhistleMove) => {
  const [found] = await tx.select({ eventId: whistle.event_id }).from(whistle).where(eq(whistle.id, move.id));
  if (!found) throw noLine(move.id);
  const { path } = await lockOwnEvent(tx, scope, found.eventId, noLine(move.id));
  const ofLine = and(
    eq(whistle_department.whistle_id, move.id),
    eq(whistle_department.department_code, move.department),
  );
  const [line] = await tx.select().from(whistle_department).where(ofLine);
  const [row] = await tx.select().from(whistle).where(eq(whistle.id, move.id));
  if (!line || !row) throw noLine(move.id);
  return { line, row, path, ofLine };
};

const writeLineMove = async (tx: Executor, scope: Scope, move: WhistleMove): Promise<void> => {
  const { line, row, path, ofLine } = await lockLine(tx, scope, move);
  if (line.version !== move.version)
    throw new Problem('conflict', `The line of ${move.department} is at version ${line.version}.`, {
      version: line.version,
    });
  if (!movesOfLine(scope, line, row.ended_at !== null).includes(move.step))
    throw new Problem('not_allowed', `${scope.role} cannot take the step ${move.step} now.`, { step: move.step });
  const at = await clockNow(tx);
  const [changed] = await tx
    .update(whistle)
    .set({ version: sql`${whistle.version} + 1` })
    .where(eq(whistle.id, move.id))
    .returning({ version: whistle.version });
  await tx
    .update(whistle_department)
    .set({ ...effectOf(move, at), version: line.version + 1 })
    .where(ofLine);
  const { id, department, step, note } = move;
  await appendWhistleMove(tx, { id, department, step, at, actor: scope, note });
  if (isClock(step)) await endJobs(tx, subjectText({ kind: 'whistle', whistleId: id, department, clock: step }));
  await appendChanges(tx, [{ kind: 'whistle', id, op: 'put', version: changed?.version ?? 1, path }]);
};

/** A step of a department called, or the score the grassroots give it: row, history and feed in one transaction. */
export const moveWhistle = (connection: Connection, scope: Scope, move: WhistleMove): Promise<void> =>
  connection.db.transaction((tx) => writeLineMove(tx, scope, move));
