import { and, eq, gt, inArray, isNotNull, lt, sql } from 'drizzle-orm';
import { type Acknowledgement, type LinkPost, linkTimes, type WallCard } from '@/data/model/cast';
import { Problem } from '@/data/model/problem';
import type { Role, Scope } from '@/data/model/scope';
import type { View } from '@/data/model/view';
import type { Connection, Executor } from '../db/client';
import { division, event } from '../db/schema';
import { inTerritory } from '../db/scope';
import { readInstallation } from '../dictionary/store';
import { earOf, hashSecret, isEar, isSecret, makeCode, makeId } from './code';
import { tell } from './hub';
import { unacknowledgedIn } from './lease';
import { mayConduct, mayTakeBack } from './rules';
import { stripView, wallScope } from './strip';
import { wall, wallAcknowledgement, wallDevice, wallLease, wallTry } from './table';

/** Id and secret of a wall or a device, kept in its browser: with them it speaks. */
export type Key = { id: string; secret: string };
/** What a wall or a device only listens with. */
export type Ear = { id: string; ear: string };

/** Whether the one who calls is who the hash stands for. */
const isHeld = (by: Key | Ear, hash: string): boolean =>
  'ear' in by ? isEar(by.ear, hash) : isSecret(by.secret, hash);

const withEar = <T extends Key>(key: T): T & Ear => ({ ...key, ear: earOf(hashSecret(key.secret)) });

/** Codes one post may try in a minute, and wrong codes after which every code that is out counts as guessed at. */
const maxTries = 8;
const maxMisses = 24;
const triesKeptMs = 600_000;

const ago = (ms: number) => sql`clock_timestamp() - ${`${ms} ms`}::interval`;
const day = 86_400_000;

/** Forgets walls, devices and tries that nobody came back to. */
const forget = async (db: Executor): Promise<void> => {
  const gone = db
    .select({ id: wall.id })
    .from(wall)
    .where(lt(wall.seen_at, ago(30 * day)));
  await db.delete(wallDevice).where(inArray(wallDevice.wall_id, gone));
  await db.delete(wallLease).where(inArray(wallLease.wall_id, gone));
  await db.delete(wall).where(lt(wall.seen_at, ago(30 * day)));
  await db.delete(wallDevice).where(lt(wallDevice.seen_at, ago(7 * day)));
  await db.delete(wallTry).where(lt(wallTry.at, ago(triesKeptMs)));
};

/** The wall of a key; `not_allowed` for a wrong one. */
export const authWall = async ({ db }: Connection, by: Key | Ear) => {
  const { id } = by;
  const [row] = await db
    .select({ hash: wall.secret_hash, division: wall.division_code })
    .from(wall)
    .where(eq(wall.id, id));
  if (!row || !isHeld(by, row.hash)) throw new Problem('not_allowed', 'This page is not that wall.');
  return { id, division: row.division };
};

/** Registers a wall page, anew or under the key it has; its territory is that of the post signed in at it. */
export const registerWall = async (
  { db }: Connection,
  scope: Scope,
  { key, card }: { key: Key | null; card: WallCard },
): Promise<Key & Ear> => {
  if (scope.screen !== 'big') throw new Problem('not_allowed', 'Only a wall registers as a wall.');
  const values = { ...card, division_code: scope.division, path: scope.path, seen_at: new Date() };
  const [known] = key ? await db.select({ hash: wall.secret_hash }).from(wall).where(eq(wall.id, key.id)) : [];
  if (key && known && isSecret(key.secret, known.hash)) {
    await db.update(wall).set(values).where(eq(wall.id, key.id));
    return withEar(key);
  }
  await forget(db);
  const made = { id: makeId(), secret: makeId(24) };
  await db.transaction(async (tx) => {
    await tx.insert(wall).values({ id: made.id, secret_hash: hashSecret(made.secret), ...values });
    await tx.insert(wallLease).values({ wall_id: made.id });
  });
  return withEar(made);
};

/** Says that the page of a wall is there. */
export const touchWall = async ({ db }: Connection, id: string): Promise<void> => {
  await db.update(wall).set({ seen_at: sql`clock_timestamp()` }).where(eq(wall.id, id));
};

/** A fresh pairing code; the one before counts no more. */
export const renewCode = async ({ db }: Connection, id: string): Promise<{ code: string; until: string }> => {
  const until = new Date(Date.now() + linkTimes.codeMs);
  for (;;) {
    const code = makeCode();
    const [taken] = await db.select({ id: wall.id }).from(wall).where(eq(wall.code, code));
    if (taken && taken.id !== id) {
      await db
        .update(wall)
        .set({ code: null })
        .where(and(eq(wall.code, code), lt(wall.code_until, sql`now()`)));
      continue;
    }
    await db.update(wall).set({ code, code_until: until, n_misses: 0 }).where(eq(wall.id, id));
    return { code, until: until.toISOString() };
  }
};

/** Refuses a try when the post tried too often in the last minute, else keeps it; one try of a post at a time. */
const throttle = async ({ db }: Connection, actor: string): Promise<void> => {
  const isTaken = await db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`wall try ${actor}`}, 0))`);
    await tx.delete(wallTry).where(lt(wallTry.at, ago(triesKeptMs)));
    const mine = and(eq(wallTry.actor_id, actor), gt(wallTry.at, ago(60_000)));
    if ((await tx.$count(wallTry, mine)) >= maxTries) return false;
    await tx.insert(wallTry).values({ actor_id: actor, at: sql`clock_timestamp()` });
    return true;
  });
  if (!isTaken) throw new Problem('busy', 'Too many codes tried: wait a minute.');
};

/** A wrong code may have been meant for any wall: each counts it, and takes its code back after too many. */
const countMiss = async (db: Executor): Promise<void> => {
  const isSpent = sql`${wall.n_misses} + 1 >= ${maxMisses}`;
  await db
    .update(wall)
    .set({ n_misses: sql`${wall.n_misses} + 1`, code: sql`case when ${isSpent} then null else ${wall.code} end` })
    .where(isNotNull(wall.code));
};

/** A device's key, and the wall it is at. */
type Joined = Key & Ear & { wall: string };

const addDevice = async (db: Executor, scope: Scope, wallId: string): Promise<Joined> => {
  const made = { id: makeId(), secret: makeId(24) };
  await db.insert(wallDevice).values({
    id: made.id,
    secret_hash: hashSecret(made.secret),
    wall_id: wallId,
    actor_id: scope.actorId,
    seen_at: new Date(),
  });
  return { ...withEar(made), wall: wallId };
};

/** Joins the wall that shows a code, as a viewer (观看者). */
export const joinByCode = async (connection: Connection, scope: Scope, code: string): Promise<Joined> => {
  const { db } = connection;
  if (scope.screen === 'big') throw new Problem('not_allowed', 'A wall joins no wall.');
  await throttle(connection, scope.actorId);
  const [row] = await db
    .select({ id: wall.id })
    .from(wall)
    .where(and(eq(wall.code, code), gt(wall.code_until, sql`clock_timestamp()`)));
  if (row) return addDevice(db, scope, row.id);
  await countMiss(db);
  throw new Problem('not_found', 'No wall shows this code now.');
};

/** Joins a wall without its code: the desk on duty over it. */
export const joinById = async ({ db }: Connection, scope: Scope, id: string): Promise<Joined> => {
  const [row] = await db.select({ path: wall.path }).from(wall).where(eq(wall.id, id));
  if (!row || !mayTakeBack(scope, row.path)) throw new Problem('not_found', `No wall ${id} in your territory.`);
  return addDevice(db, scope, id);
};

/** A wall the desk on duty may join. */
export type WallLine = { id: string; name: string; division: string };

/** Walls of the caller's territory whose page was there in the last minute; none for posts that need a code. */
export const listWalls = async ({ db }: Connection, scope: Scope): Promise<WallLine[]> => {
  if (!mayTakeBack(scope, scope.path)) return [];
  return db
    .select({ id: wall.id, name: wall.name, division: wall.division_code })
    .from(wall)
    .where(and(sql`starts_with(${wall.path}, ${scope.path})`, gt(wall.seen_at, ago(60_000))))
    .orderBy(wall.name, wall.id)
    .limit(50);
};

/** A device that proved itself, in the post of its call. */
export type Device = { wall: string; division: string; post: LinkPost; mayConduct: boolean; mayTakeBack: boolean };

/** The device of a key; `not_allowed` for a wrong key, or when another post took over the device. */
export const authDevice = async ({ db }: Connection, scope: Scope, by: Key | Ear): Promise<Device> => {
  const { id } = by;
  const [row] = await db
    .select({
      hash: wallDevice.secret_hash,
      actor: wallDevice.actor_id,
      wall: wall.id,
      path: wall.path,
      division: wall.division_code,
    })
    .from(wallDevice)
    .innerJoin(wall, eq(wall.id, wallDevice.wall_id))
    .where(eq(wallDevice.id, id));
  if (!row || !isHeld(by, row.hash) || row.actor !== scope.actorId)
    throw new Problem('not_allowed', 'This device has not joined the wall in this post.');
  return {
    wall: row.wall,
    division: row.division,
    post: { device: id, role: scope.role, division: scope.division, place: scope.post },
    mayConduct: mayConduct(scope, row.path),
    mayTakeBack: mayTakeBack(scope, row.path),
  };
};

/** Says that a device is there, and leaves for good when `isLeaving`. */
export const touchDevice = async ({ db }: Connection, id: string, isLeaving = false): Promise<void> => {
  if (isLeaving) await db.delete(wallDevice).where(eq(wallDevice.id, id));
  else await db.update(wallDevice).set({ seen_at: sql`clock_timestamp()` }).where(eq(wallDevice.id, id));
};

/** A View as the wall of a division may show it. */
export const stripFor = async ({ db }: Connection, division: string, view: View): Promise<View> =>
  stripView(db, await wallScope(db, division), view);

/** Walls whose territory holds an event; one without a place belongs to the whole installation. */
const wallsOver = async (db: Executor, id: string): Promise<string[]> => {
  const { rootPath } = await readInstallation(db);
  const place = sql`coalesce(${event.grid_code}, ${event.community_code}, ${event.subdistrict_code})`;
  const rows = await db
    .select({ id: wall.id })
    .from(event)
    .leftJoin(division, eq(division.code, place))
    .innerJoin(wall, sql`starts_with(coalesce(${division.path}, ${rootPath}), ${wall.path})`)
    .where(eq(event.id, id));
  return rows.map((row) => row.id);
};

/**
 * Takes notice of a Ⅰ event of the caller's territory (确认), once; a second time changes nothing. `not_found` for an
 * event that waits for nobody's notice.
 */
export const acknowledge = async (connection: Connection, scope: Scope, id: string): Promise<void> => {
  const { db } = connection;
  if (!mayConduct(scope, scope.path)) throw new Problem('not_allowed', `Role ${scope.role} acknowledges no events.`);
  const territory = await inTerritory(db, scope, event);
  if ((await unacknowledgedIn(db, [id], territory)).length === 0) {
    if ((await listAcknowledged(connection, scope, [id])).length > 0) return;
    throw new Problem('not_found', `No event ${id} waits for notice in your territory.`, { id });
  }
  await db.transaction(async (tx) => {
    await tx
      .insert(wallAcknowledgement)
      .values({
        event_id: id,
        actor_id: scope.actorId,
        role: scope.role,
        division_code: scope.division,
        place: scope.post,
      })
      .onConflictDoNothing();
    for (const wall of await wallsOver(tx, id)) await tell(tx, { kind: 'acknowledged', wall, event: id });
  });
};

/** Which of these events of the caller's territory were taken notice of: by which post and when. */
export const listAcknowledged = async ({ db }: Connection, scope: Scope, ids: string[]): Promise<Acknowledgement[]> => {
  if (ids.length === 0) return [];
  const rows = await db
    .select({
      event: wallAcknowledgement.event_id,
      role: wallAcknowledgement.role,
      division: wallAcknowledgement.division_code,
      place: wallAcknowledgement.place,
      at: wallAcknowledgement.at,
    })
    .from(wallAcknowledgement)
    .innerJoin(event, eq(event.id, wallAcknowledgement.event_id))
    .where(and(inArray(wallAcknowledgement.event_id, ids), await inTerritory(db, scope, event)));
  return rows.map(({ role, at, ...row }) => ({ ...row, role: role as Role, at: at.toISOString() }));
};
