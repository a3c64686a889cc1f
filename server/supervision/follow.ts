import { and, eq, isNull, sql } from 'drizzle-orm';
import type { EventLevel, EventStatus } from '@/data/model/event';
import type { Scope } from '@/data/model/scope';
import { whistleClocks } from '@/data/model/supervision';
import type { Executor } from '../db/client';
import { event } from '../db/schema';
import { readInstallation } from '../dictionary/store';
import { endJobs, putJobs } from '../job/store';
import type { JobHandlers } from '../job/worker';
import { appendChanges } from '../live/append';
import { tell } from '../notice/store';
import { superviseEvent } from './clock';
import { subjectText } from './rules';
import { whistle, whistle_department, whistle_move } from './table';

export const reviewKind = 'supervision.review';

type Moved = {
  event: { id: string; status: EventStatus };
  to: EventStatus;
  at: Date;
  seq: number;
  untilAt: Date | null;
};

/** Ends the whistle of an event that leaves joint handling, and all that waits for its departments. */
const endWhistle = async (tx: Executor, scope: Scope, { event: { id }, at }: Moved): Promise<void> => {
  const [ended] = await tx
    .update(whistle)
    .set({ ended_at: at, version: sql`${whistle.version} + 1` })
    .where(and(eq(whistle.event_id, id), isNull(whistle.ended_at)))
    .returning({ id: whistle.id, version: whistle.version });
  if (!ended) return;
  const lines = await tx
    .select({ department: whistle_department.department_code })
    .from(whistle_department)
    .where(eq(whistle_department.whistle_id, ended.id));
  for (const { department } of lines)
    for (const clock of whistleClocks)
      await endJobs(tx, subjectText({ kind: 'whistle', whistleId: ended.id, department, clock }));
  await appendWhistleMove(tx, { id: ended.id, department: null, step: 'end', at, actor: scope, note: '' });
  const { rootPath } = await readInstallation(tx);
  await appendChanges(tx, [{ kind: 'whistle', id: ended.id, op: 'put', version: ended.version, path: rootPath }]);
};

/** Adds a line to the history of a whistle, whose event is locked. */
export const appendWhistleMove = async (
  tx: Executor,
  move: {
    id: string;
    department: string | null;
    step: (typeof whistle_move.$inferInsert)['step'];
    at: Date;
    actor: Pick<Scope, 'actorId' | 'role'>;
    note: string;
  },
): Promise<void> => {
  const [last] = await tx.execute<{ seq: number }>(sql`
    select coalesce(max(seq), 0)::int as seq from whistle_move where whistle_id = ${move.id}`);
  await tx.insert(whistle_move).values({
    ...{ whistle_id: move.id, seq: (last?.seq ?? 0) + 1, department_code: move.department, step: move.step },
    ...{ at: move.at, actor_id: move.actor.actorId, actor_role: move.actor.role, note: move.note },
  });
};

/**
 * Follows a move of an event inside its transaction: the ladder shifts with the clock or ends with the event, a whistle
 * ends with joint handling, and a suspension is to be looked at on its day.
 */
export const followMove = async (tx: Executor, scope: Scope, moved: Moved): Promise<void> => {
  const { event: from, to, seq, untilAt } = moved;
  if (from.status === 'S43') await endWhistle(tx, scope, moved);
  if (to === 'S42')
    await putJobs(tx, [{ kind: reviewKind, key: `${from.id}:${seq}`, subject: `review:${from.id}`, dueAt: untilAt }]);
  if (from.status === 'S42') await endJobs(tx, `review:${from.id}`);
  await superviseEvent(tx, from.id);
};

/** Reminds those who suspended an event that its day has come (挂起复核). */
export const reviewJobs: JobHandlers = {
  [reviewKind]: {
    effect: async (tx, { key, now }) => {
      const id = key.split(':')[0] ?? '';
      const [row] = await tx.select().from(event).where(eq(event.id, id)).for('update');
      if (row?.status !== 'S42') return undefined;
      const { root } = await readInstallation(tx);
      await tell(tx, {
        ...{ cause: `review:${key}`, kind: 'review', now, channels: ['app', 'wecom'], unreadMinutes: 480 },
        event: {
          ...{ id, number: row.number, category: row.category_code, level: row.level as EventLevel },
          ...{ subdistrict: row.subdistrict_code, community: row.community_code, grid: row.grid_code },
        },
        posts: [...(row.subdistrict_code ? [`R3:${row.subdistrict_code}`] : []), `R2:${root}`],
        detail: {},
      });
      return undefined;
    },
  },
};
