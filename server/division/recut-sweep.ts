import { and, eq, sql } from 'drizzle-orm';
import type { Area } from '@/data/model/geo';
import type { Executor } from '../db/client';
import { clockNow } from '../db/clock';
import type { NewJob } from '../job/store';
import type { JobHandlers } from '../job/worker';
import { appendChanges } from '../live/append';
import { readMoves, writeMoves } from './recut-moves';
import type { RecutPlan } from './recut-plan';
import { block, division, recut } from './table';

const sweepKind = 'recut.sweep';

/** Waits, in seconds, before what was committed meanwhile is swept up: writers hold no transaction for longer. */
const sweepsAfter = [1, 30, 120] as const;

/** Jobs that sweep up after a re-cut. */
export const sweepJobs = (id: string, at: Date): NewJob[] =>
  sweepsAfter.map((seconds) => ({
    ...{ kind: sweepKind, key: `${id}:${seconds}`, subject: `recut:${id}`, payload: { id } },
    dueAt: new Date(at.getTime() + seconds * 1_000),
  }));

/** What a re-cut made of the divisions, as it is kept. */
const readPlan = async (
  db: Executor,
  ended: readonly string[],
  { id, path }: { id: string; path: string },
): Promise<RecutPlan> => {
  const divisions = await db.select().from(division).where(eq(division.recut_id, id));
  const heirs = await db
    .select({ code: division.code, heir: division.heir_code })
    .from(division)
    .where(
      and(
        sql`${division.heir_code} is not null`,
        sql`${division.code} in (select jsonb_array_elements_text(${JSON.stringify(ended)}::text::jsonb))`,
      ),
    );
  const blocks = await db
    .select()
    .from(block)
    .where(sql`${block.grid_code} in (select code from division where recut_id = ${id})`);
  return {
    ...{ path, ended, blocks, origins: new Map() },
    divisions: divisions.map((node) => ({ ...node, geometry: node.geometry as Area })) as RecutPlan['divisions'],
    heirs: new Map(heirs.map(({ code, heir }) => [code, heir ?? ''])),
  };
};

/**
 * Places anew what was written into divisions while a re-cut ended them: a report that had looked up its grid before and was
 * committed after.
 */
const sweepUp = async (tx: Executor, id: string): Promise<void> => {
  const [done] = await tx.select().from(recut).where(eq(recut.id, id));
  if (!done) return;
  const plan = await readPlan(tx, done.proposal.ends, done);
  const moves = await readMoves(tx, plan, done.proposal);
  if (moves.length === 0) return;
  await writeMoves(tx, moves, { recut: id, at: await clockNow(tx) });
  await appendChanges(tx, [{ kind: 'reload', id: '*', op: 'put', version: 0, path: null }]);
};

/** What is swept up later, by the queue. */
export const recutJobs: JobHandlers = {
  [sweepKind]: {
    effect: async (tx, { payload }) => {
      await sweepUp(tx, String(payload.id));
      return undefined;
    },
  },
};
