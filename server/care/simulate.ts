import { randomUUID } from 'node:crypto';
import { and, asc, eq, isNotNull, lt } from 'drizzle-orm';
import { randomFor } from '@/data/demo/random';
import told from '@/data/demo/world/care.json';
import type { Scope } from '@/data/model/scope';
import type { Connection } from '../db/client';
import { isOpenVisit } from './store';
import { care, care_visit } from './table';
import { tellVisit } from './visit';

const dayMs = 86_400_000;
const atOnce = 25;
/** Share of the visits that come a day or more late, and of those that find a need. */
const late = 0.06;
const needy = 0.03;

/** Grid workers of the demo visit whom they should by the day it is due, some late, as in the demo's past. */
export const visitDue = async (
  connection: Connection,
  workerOf: (grid: string) => Promise<Scope | null>,
  now: Date,
): Promise<void> => {
  const due = await connection.db
    .select({ id: care_visit.care_id, seq: care_visit.seq, dueAt: care_visit.due_at, grid: care.grid_code })
    .from(care_visit)
    .innerJoin(care, eq(care.id, care_visit.care_id))
    .where(and(isOpenVisit, isNotNull(care.grid_code), lt(care_visit.due_at, new Date(now.getTime() + dayMs))))
    .orderBy(asc(care_visit.due_at), asc(care_visit.care_id))
    .limit(atOnce * 20);
  let nTold = 0;
  for (const { id, seq, dueAt, grid } of due) {
    if (nTold >= atOnce) return;
    const random = randomFor(`visit ${id} ${seq}`);
    const readyAt = dueAt.getTime() + (random.has(late) ? random.between(0.2, 3) : -random.between(0.2, 0.9)) * dayMs;
    const worker = readyAt <= now.getTime() && grid !== null ? await workerOf(grid) : null;
    if (!worker) continue;
    const isNeed = random.has(needy);
    await tellVisit(connection, worker, {
      ...{ id, seq, clientKey: randomUUID() },
      ...(isNeed ? { result: 'need', note: random.pick(told.needs) } : { result: 'well', note: '' }),
    });
    nTold += 1;
  }
};
