import { and, asc, desc, eq, inArray, isNull, lte, type SQL, sql } from 'drizzle-orm';
import type { Errand, ErrandBatch, ErrandMove, ErrandResult } from '@/data/model/errand';
import { groupBy } from '@/data/model/group';
import { refuse } from '@/data/model/intake';
import type { StepPhoto } from '@/data/model/photo';
import { Problem } from '@/data/model/problem';
import { isAggregateOnly, type Role, type Scope } from '@/data/model/scope';
import type { Connection, Executor } from '../db/client';
import { clockNow } from '../db/clock';
import { inTerritory } from '../db/scope';
import { pathOf } from '../division/locate';
import { happenedBetween } from '../event/rules';
import { attachPhotos, photosOfErrands } from '../file/store';
import { appendChanges } from '../live/append';
import { faultOfStep } from './rules';
import { errand, errand_batch, errand_move } from './table';

export { issueErrands, voidErrands } from './issue';

type StoredBatch = typeof errand_batch.$inferSelect;
type Stored = typeof errand.$inferSelect;

const mostListed = 40;
const mostRows = 600;

const touches = ({ path }: Pick<Scope, 'path'>): SQL =>
  sql`(starts_with(${errand_batch.path}, ${path}) or starts_with(${path}, ${errand_batch.path}))`;

const by = (at: Date, told: Date | null): Date | null => (told !== null && told <= at ? told : null);

const figures = {
  batch_id: errand.batch_id,
  received_at: errand.received_at,
  finished_at: errand.finished_at,
  void_at: errand.void_at,
  due_at: errand.due_at,
  result: errand.result,
};

type Figured = Pick<Stored, keyof typeof figures>;

const toBatch = (batch: StoredBatch, rows: readonly Figured[], at: Date): ErrandBatch => {
  const finished = rows.filter((row) => by(at, row.finished_at) !== null);
  const results: Partial<Record<ErrandResult, number>> = {};
  for (const { result } of finished) if (result !== null) results[result] = (results[result] ?? 0) + 1;
  const isLate = (row: Figured) => row.due_at < at && by(at, row.finished_at) === null && by(at, row.void_at) === null;
  return {
    ...{ id: batch.id, kind: batch.kind, division: batch.division_code, perGrid: batch.per_grid, note: batch.note },
    ...{ role: batch.actor_role as Role, issuedAt: batch.issued_at.toISOString(), dueAt: batch.due_at.toISOString() },
    voidAt: by(at, batch.void_at)?.toISOString() ?? null,
    issued: rows.length,
    received: rows.filter((row) => by(at, row.received_at) !== null).length,
    finished: finished.length,
    late: rows.filter(isLate).length,
    results,
  };
};

/** Batches that touch the caller's territory, issued by an instant (null = now), with its errands alone counted. */
export const listBatches = async ({ db }: Connection, scope: Scope, at: Date | null): Promise<ErrandBatch[]> => {
  const clock = at ?? (await clockNow(db));
  const batches = await db
    .select()
    .from(errand_batch)
    .where(and(touches(scope), lte(errand_batch.issued_at, clock)))
    .orderBy(desc(errand_batch.issued_at), errand_batch.id)
    .limit(mostListed);
  if (batches.length === 0) return [];
  const ids = batches.map(({ id }) => id);
  const rows = await db
    .select(figures)
    .from(errand)
    .where(and(inArray(errand.batch_id, ids), await inTerritory(db, scope, errand)));
  const ofBatch = groupBy(rows, ({ batch_id }) => batch_id);
  return batches.map((batch) => toBatch(batch, ofBatch.get(batch.id) ?? [], clock));
};

type Beside = { note: string; photos?: StepPhoto[]; at: Date | null };

const toErrand = (row: Stored, { note, photos = [], at }: Beside): Errand => {
  const told = (value: Date | null) => (at === null ? value : by(at, value))?.toISOString() ?? null;
  const finishedAt = told(row.finished_at);
  return {
    ...{ id: row.id, version: row.version, kind: row.kind, grid: row.grid_code, subject: row.subject, name: row.name },
    ...{ category: row.category_code, address: row.address, note, issuedAt: row.issued_at.toISOString() },
    ...{ dueAt: row.due_at.toISOString(), receivedAt: told(row.received_at), finishedAt },
    ...(finishedAt === null
      ? { result: null, answer: '', photos: [] }
      : { result: row.result, answer: row.answer, photos }),
  };
};

/** One batch with its errands in the caller's territory; posts with aggregates alone get none of them. */
export const batchById = async (
  { db }: Connection,
  scope: Scope,
  id: string,
  at: Date | null,
): Promise<ErrandBatch & { errands: Errand[] }> => {
  const [batch] = await db
    .select()
    .from(errand_batch)
    .where(and(eq(errand_batch.id, id), touches(scope)));
  if (!batch) throw new Problem('not_found', `No batch ${id} in your territory.`, { id });
  const rows = await db
    .select()
    .from(errand)
    .where(and(eq(errand.batch_id, id), await inTerritory(db, scope, errand)))
    .orderBy(sql`${errand.finished_at} desc nulls last`, asc(errand.grid_code), asc(errand.id));
  const shown = isAggregateOnly(scope) ? [] : rows.slice(0, mostRows);
  const photos = await photosOfErrands(
    db,
    shown.map((row) => row.id),
  );
  return {
    ...toBatch(batch, rows, at ?? (await clockNow(db))),
    errands: shown.map((row) => toErrand(row, { note: batch.note, photos: photos.get(row.id), at })),
  };
};

/** What waits for the caller's grid (我的任务单), the soonest due first. */
export const myErrands = async ({ db }: Connection, scope: Scope): Promise<Errand[]> => {
  const rows = await db
    .select({ errand, note: errand_batch.note })
    .from(errand)
    .innerJoin(errand_batch, eq(errand_batch.id, errand.batch_id))
    .where(and(await inTerritory(db, scope, errand), isNull(errand.finished_at), isNull(errand.void_at)))
    .orderBy(asc(errand.due_at), asc(errand.id))
    .limit(mostRows);
  return rows.map((row) => toErrand(row.errand, { note: row.note, at: null }));
};

/** Whether this very step was taken before; `key_used`: the key stands for another. */
const isMade = async (tx: Executor, scope: Scope, move: ErrandMove): Promise<boolean> => {
  const [made] = await tx.select().from(errand_move).where(eq(errand_move.client_key, move.clientKey));
  if (!made) return false;
  if (made.errand_id !== move.id || made.actor_id !== scope.actorId || made.step !== move.step)
    throw refuse('key_used', 'This clientKey was used for another move.');
  return true;
};

/** A step of a grid's own errand (接收、反馈), once for its key; `conflict` for a version that has gone on. */
export const moveErrand = async ({ db }: Connection, scope: Scope, move: ErrandMove): Promise<{ version: number }> =>
  db.transaction(async (tx) => {
    const own = and(eq(errand.id, move.id), await inTerritory(tx, scope, errand));
    const [row] = await tx.select().from(errand).where(own).for('update');
    if (!row) throw new Problem('not_found', `No errand ${move.id} of your grid.`, { id: move.id });
    if (await isMade(tx, scope, move)) return { version: row.version };
    const state = { receivedAt: row.received_at, finishedAt: row.finished_at, voidAt: row.void_at };
    const fault = faultOfStep({ kind: row.kind, version: row.version, ...state }, move);
    if (fault === 'stale' || fault === 'void')
      throw new Problem('conflict', `Errand ${move.id} is at version ${row.version}: ${fault}.`, { id: move.id });
    if (fault) throw new Problem('invalid', `Errand ${move.id} does not take this: ${fault}.`, { field: fault });
    const at = happenedBetween(row.received_at ?? row.issued_at, await clockNow(tx), move.happenedAt);
    const version = row.version + 1;
    const set =
      move.step === 'receive' ? { received_at: at } : { finished_at: at, result: move.result, answer: move.note };
    await tx
      .update(errand)
      .set({ ...set, version })
      .where(eq(errand.id, row.id));
    await tx.insert(errand_move).values({
      ...{ errand_id: row.id, seq: version, step: move.step, at, result: move.result, note: move.note },
      ...{ actor_id: scope.actorId, actor_role: scope.role, client_key: move.clientKey },
    });
    await attachPhotos(tx, scope.actorId, move.photos, { errandId: row.id, step: version });
    const path = (await pathOf(tx, row)) ?? scope.path;
    await appendChanges(tx, [{ kind: 'errand', id: row.id, op: 'put', version, path }]);
    return { version };
  });
