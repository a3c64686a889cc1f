import { createHash, randomUUID } from 'node:crypto';
import { and, asc, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import { groupBy } from '@/data/model/group';
import { type KeptPhoto, refuse } from '@/data/model/intake';
import type { StepPhoto } from '@/data/model/photo';
import { Problem } from '@/data/model/problem';
import { isAggregateOnly, type Scope } from '@/data/model/scope';
import type { Connection, Executor } from '../db/client';
import { errand, event } from '../db/schema';
import { inTerritory } from '../db/scope';
import { isHeld, mayAccept } from '../intake/rules';
import { type PhotoSize, readPhoto, removePhoto, writePhoto } from './disk';
import { cleanPhoto, readTaken } from './image';
import { photoLimit } from './rules';
import { file } from './table';

/** Kept apart from a purge of the same bytes: uploads hold the lock together, a purge holds it alone. */
const lockName = sql`hashtext('gridhall file')`;

/** Removes bytes no row came to name, after a failure. */
const dropUnnamed = ({ db }: Connection, hash: string): Promise<void> =>
  db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${lockName})`);
    const [named] = await tx.select({ id: file.id }).from(file).where(eq(file.hash, hash)).limit(1);
    if (!named) await removePhoto(hash);
  });

/**
 * Keeps a photo for a step to come: decoded, encoded anew, written whole under its hash, and only then a row. Where
 * and when it was taken is read first, told once and not kept.
 */
export const keepPhoto = async (connection: Connection, owner: string, bytes: Buffer): Promise<KeptPhoto> => {
  const taken = readTaken(bytes);
  const { full, thumb, width, height } = await cleanPhoto(bytes);
  const hash = createHash('sha256').update(full).digest('hex');
  const id = randomUUID();
  const writing = connection.db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock_shared(${lockName})`);
    await writePhoto(hash, { full, thumb });
    await tx.insert(file).values({ id, hash, bytes: full.byteLength, width, height, owner });
  });
  await writing.catch(async (error: unknown) => {
    await dropUnnamed(connection, hash).catch(() => undefined);
    throw error;
  });
  return { id, width, height, ...taken };
};

/** Step a photo belongs to: one of an event, or of an errand. */
type PhotoOf = { eventId: string; step: number } | { errandId: string; step: number };

const unused = and(isNull(file.event_id), isNull(file.errand_id));

/** Ties photos of the sender to a step, in the transaction that writes it; each may be used once. */
export const attachPhotos = async (
  tx: Executor,
  owner: string,
  ids: readonly string[] | undefined,
  of: PhotoOf,
): Promise<void> => {
  if (!ids || ids.length === 0) return;
  const tied = await tx
    .update(file)
    .set({ step: of.step, ...('eventId' in of ? { event_id: of.eventId } : { errand_id: of.errandId }) })
    .where(and(inArray(file.id, [...ids]), eq(file.owner, owner), unused))
    .returning({ id: file.id });
  if (tied.length !== new Set(ids).size || ids.length > photoLimit.perStep)
    throw refuse('photo_unknown', 'A photo is unknown, used already, or not yours.');
};

const shown = { id: file.id, step: file.step, width: file.width, height: file.height };
const inOrder = [asc(file.step), asc(file.created_at), asc(file.id)];
const stepped = <Row extends { step: number | null }>(row: Row) => ({ ...row, step: row.step ?? 1 });

/** Photos of an event, the first step first. Whether the caller may see them is the event's matter. */
export const photosOf = async (db: Executor, eventId: string): Promise<StepPhoto[]> => {
  const of = eq(file.event_id, eventId);
  const rows = await db
    .select(shown)
    .from(file)
    .where(of)
    .orderBy(...inOrder);
  return rows.map(stepped);
};

/** Photos of errands, by errand. Whether the caller may see them is the errands' matter. */
export const photosOfErrands = async (db: Executor, ids: readonly string[]): Promise<Map<string, StepPhoto[]>> => {
  const rows = await db
    .select({ ...shown, of: file.errand_id })
    .from(file)
    .where(inArray(file.errand_id, [...ids]))
    .orderBy(...inOrder);
  return new Map([...groupBy(rows, ({ of }) => of ?? '')].map(([id, photos]) => [id, photos.map(stepped)]));
};

const notFound = (id: string) => new Problem('not_found', `No photo ${id} for you.`, { id });

type Kept = typeof file.$inferSelect;

/** Whether the caller may see what a photo belongs to; his own before it is used. */
const isInSight = async (db: Executor, scope: Scope, row: Kept): Promise<boolean> => {
  if (row.errand_id !== null) {
    const own = and(eq(errand.id, row.errand_id), await inTerritory(db, scope, errand));
    return (await db.$count(errand, own)) > 0;
  }
  if (row.event_id === null) return row.owner === scope.actorId;
  const [of] = await db
    .select({ clientKey: event.client_key, acceptedAt: event.accepted_at })
    .from(event)
    .where(and(eq(event.id, row.event_id), await inTerritory(db, scope, event)));
  return of !== undefined && (!isHeld(of) || mayAccept(scope));
};

/** A photo within the caller's rights: his own before it is used, then of events and errands he may see; never on a wall. */
export const photoFor = async (
  { db }: Connection,
  scope: Scope,
  wanted: { id: string; size: PhotoSize },
): Promise<Buffer> => {
  const [row] = await db.select().from(file).where(eq(file.id, wanted.id));
  if (!row || isAggregateOnly(scope) || !(await isInSight(db, scope, row))) throw notFound(wanted.id);
  return readPhoto(row.hash, wanted.size);
};

/** A photo the holder of a receipt sent himself: one of the event's first step. */
export const photoOfReport = async (
  { db }: Connection,
  eventId: string,
  wanted: { id: string; size: PhotoSize },
): Promise<Buffer> => {
  const [row] = await db
    .select({ hash: file.hash })
    .from(file)
    .where(and(eq(file.id, wanted.id), eq(file.event_id, eventId), eq(file.step, 1)));
  if (!row) throw notFound(wanted.id);
  return readPhoto(row.hash, wanted.size);
};

/** Photos nobody used, sent before an instant. */
export const unusedBefore = (before: Date): SQL => sql`${unused} and ${file.created_at} < ${before.toISOString()}`;

/**
 * Removes photos that are due, `most` of them at a time, with the bytes no row names any more; says how many. Should the
 * transaction fail after that, what is left of them is due again.
 */
export const erasePhotos = async (tx: Executor, due: SQL, most: number): Promise<number> => {
  await tx.execute(sql`select pg_advisory_xact_lock(${lockName})`);
  const lot = tx.select({ id: file.id }).from(file).where(due).limit(most);
  const gone = await tx.delete(file).where(inArray(file.id, lot)).returning({ hash: file.hash });
  const hashes = [...new Set(gone.map(({ hash }) => hash))];
  const used = await tx.selectDistinct({ hash: file.hash }).from(file).where(inArray(file.hash, hashes));
  const kept = new Set(used.map(({ hash }) => hash));
  for (const hash of hashes) if (!kept.has(hash)) await removePhoto(hash);
  return gone.length;
};
