import { and, eq, isNull } from 'drizzle-orm';
import { randomFor, uuidOf } from '@/data/demo/random';
import told from '@/data/demo/world/verify.json';
import type { Role, Scope } from '@/data/model/scope';
import { doubtRules } from '@/data/model/verify';
import { badgeOf } from '../access/rules';
import type { Connection, Executor } from '../db/client';
import { residence } from '../db/schema';
import { readInstallation } from '../dictionary/store';
import { putJobs } from '../job/store';
import { runDueJobs } from '../job/worker';
import { localDay } from '../metric/period';
import { findJob, verifyJobs } from './run';
import { doubt, verify_batch, verify_result } from './table';

type Doubt = typeof doubt.$inferSelect;

const id = 'ed000000-0000-4000-8000-000000000099';
const dayMs = 86_400_000;
/** Days before the demo's end that its running batch was opened. */
const daysBack = 8;
/** Share of its records that were seen to by then. */
const seenShare = 0.44;

/** The post whose batch it is: the root of the installation's. */
const deskOf = (root: string, path: string): Scope => ({
  ...{ division: root, path, level: 'district', role: 'R2', screen: 'mid', post: root, actorId: `R2:${root}` },
});

/** Who visits a record: the post of the deepest division it stands in. */
const visitorOf = (
  { grid_code, community_code, subdistrict_code }: Pick<Doubt, 'grid_code' | 'community_code' | 'subdistrict_code'>,
  root: string,
): { role: Role; division: string } => {
  if (grid_code) return { role: 'R5', division: grid_code };
  if (community_code) return { role: 'R4', division: community_code };
  return subdistrict_code ? { role: 'R3', division: subdistrict_code } : { role: 'R2', division: root };
};

/** Visits to a part of the batch: somebody was met and it was right, or had moved on long ago; or nobody was met. */
const seeSome = async (tx: Executor, sentAt: Date, end: Date): Promise<void> => {
  const { timeZone, root } = await readInstallation(tx);
  const dayOf = (at: Date) => localDay(at, timeZone);
  const open = await tx.select().from(doubt).where(eq(doubt.batch_id, id)).orderBy(doubt.id);
  for (const each of open) {
    const visitor = visitorOf(each, root);
    const random = randomFor(`verify ${each.rule} ${each.record_id}`);
    if (!random.has(seenShare)) continue;
    const isMet = random.has(0.78);
    const isGone = each.rule === 'H01' && random.has(0.7);
    const result = isMet ? (isGone ? 'gone' : 'confirmed') : 'unreachable';
    const at = new Date(Math.round(sentAt.getTime() + random.next() * (end.getTime() - sentAt.getTime())));
    await tx
      .update(doubt)
      .set({ state: result, version: 2, visited_at: at, done_at: isMet ? at : null })
      .where(eq(doubt.id, each.id));
    const to_on = dayOf(at);
    const change = result === 'gone' ? { before: { to_on: null }, after: { to_on } } : { before: {}, after: {} };
    if (result === 'gone')
      await tx
        .update(residence)
        .set({ to_on })
        .where(eq(residence.id, Number(each.record_id)));
    await tx.insert(verify_result).values({
      ...{ doubt_id: each.id, seq: 2, result, ...change, note: random.pick(told.notes), at },
      ...{ recorded_at: at, actor_id: badgeOf(visitor), actor_role: visitor.role },
      client_key: uuidOf(random),
    });
  }
};

/** Sends the running batch and sees to a part of it, all of it or nothing; once. */
const sendRunning = ({ db }: Connection, desk: Scope, at: Date, end: Date): Promise<void> =>
  db.transaction(async (tx) => {
    const sentAt = new Date(at.getTime() + dayMs / 4);
    const sent = await tx
      .update(verify_batch)
      .set({ sent_at: sentAt, sent_by: desk.actorId })
      .where(and(eq(verify_batch.id, id), isNull(verify_batch.sent_at)))
      .returning();
    if (sent.length === 0) return;
    await tx.update(doubt).set({ state: 'sent', sent_at: sentAt }).where(eq(doubt.batch_id, id));
    await seeSome(tx, sentAt, end);
  });

/** Runs the rules over a demo that has no running batch yet, by the same job as any other, and sends what they find. */
export const verifyDemo = async (connection: Connection): Promise<void> => {
  const { demo, seededAt, root, rootPath } = await readInstallation(connection.db);
  if (demo === null || demo === 'city') return;
  const { db } = connection;
  const end = new Date(seededAt);
  const at = new Date(end.getTime() - daysBack * dayMs);
  const desk = deskOf(root, rootPath);
  const written = await db
    .insert(verify_batch)
    .values({
      ...{ id, name: told.current, rules: [...doubtRules], division_code: root, path: rootPath, at },
      ...{ actor_id: desk.actorId, actor_role: desk.role },
    })
    .onConflictDoNothing()
    .returning();
  if (written.length > 0) await putJobs(db, [findJob(id, at)]);
  await runDueJobs(connection, verifyJobs, { clock: at });
  await sendRunning(connection, desk, at, end);
};
