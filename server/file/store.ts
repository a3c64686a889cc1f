import { createHash, randomUUID } from 'node:crypto';
import { and, asc, eq, inArray, isNull, lt, sql } from 'drizzle-orm';
import { type KeptPhoto, refuse } from '@/data/model/intake';
import { Problem } from '@/data/model/problem';
import { isAggregateOnly, type Scope } from '@/data/model/scope';
import type { Connection, Executor } from '../db/client';
import { event } from '../db/schema';
import { inTerritory } from '../db/scope';
import { isHeld, mayAccept } from '../intake/rules';
import { type PhotoSize, readPhoto, removeDrafts, removePhoto, writePhoto } from './disk';
import { cleanPhoto, readTaken } from './image';
import { orphanHours, photoLimit } from './rules';
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
 * Keeps a photo for an event to come: decoded, encoded anew, written whole under its hash, and only then a row. Where
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

/** Ties photos of the sender to a step of an event, in the transaction that writes it; each may be used once. */
export const attachPhotos = async (
  tx: Executor,
  owner: string,
  ids: readonly string[] | undefined,
  of: { eventId: string; step: number },
): Promise<void> => {
  if (!ids || ids.length === 0) return;
  const tied = await tx
    .update(file)
    .set({ event_id: of.eventId, step: of.step })
    .where(and(inArray(file.id, [...ids]), eq(file.owner, owner), isNull(file.event_id)))
    .returning({ id: file.id });
  if (tied.length !== new Set(ids).size || ids.length > photoLimit.perStep)
    throw refuse('photo_unknown', 'A photo is unknown, used already, or not yours.');
};

/** A photo of an event as its card shows it. */
export type EventPhoto = { id: string; step: number; width: number; height: number };

/** Photos of an event, the first step first. Whether the caller may see them is the event's matter. */
export const photosOf = async (db: Executor, eventId: string): Promise<EventPhoto[]> => {
  const rows = await db
    .select({ id: file.id, step: file.step, width: file.width, height: file.height })
    .from(file)
    .where(eq(file.event_id, eventId))
    .orderBy(asc(file.step), asc(file.created_at), asc(file.id));
  return rows.map((row) => ({ ...row, step: row.step ?? 1 }));
};

const notFound = (id: string) => new Problem('not_found', `No photo ${id} for you.`, { id });

/** A photo within the caller's rights: his own before it is used, then those of events he may see; never on a wall. */
export const photoFor = async (
  { db }: Connection,
  scope: Scope,
  wanted: { id: string; size: PhotoSize },
): Promise<Buffer> => {
  const [row] = await db.select().from(file).where(eq(file.id, wanted.id));
  if (!row || isAggregateOnly(scope)) throw notFound(wanted.id);
  if (row.event_id === null) {
    if (row.owner !== scope.actorId) throw notFound(wanted.id);
    return readPhoto(row.hash, wanted.size);
  }
  const [of] = await db
    .select({ clientKey: event.client_key, acceptedAt: event.accepted_at })
    .from(event)
    .where(and(eq(event.id, row.event_id), await inTerritory(db, scope, event)));
  if (!of || (isHeld(of) && !mayAccept(scope))) throw notFound(wanted.id);
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

/** Removes photos nobody used for a day, and bytes no row names any more. Returns how many photos went. */
export const purgePhotos = ({ db }: Connection, now = new Date()): Promise<number> =>
  db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${lockName})`);
    const before = new Date(now.getTime() - orphanHours * 3_600_000);
    const gone = await tx
      .delete(file)
      .where(and(isNull(file.event_id), lt(file.created_at, before)))
      .returning({ hash: file.hash });
    const hashes = [...new Set(gone.map(({ hash }) => hash))];
    const used = await tx.selectDistinct({ hash: file.hash }).from(file).where(inArray(file.hash, hashes));
    const kept = new Set(used.map(({ hash }) => hash));
    for (const hash of hashes) if (!kept.has(hash)) await removePhoto(hash);
    await removeDrafts(before);
    return gone.length;
  });
