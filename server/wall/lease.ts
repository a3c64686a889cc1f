import { and, eq, inArray, notInArray, type SQL, sql } from 'drizzle-orm';
import type { LinkState } from '@/data/model/cast';
import { Problem, type ProblemCode } from '@/data/model/problem';
import type { Connection, Executor } from '../db/client';
import { event } from '../db/schema';
import { inTerritory } from '../db/scope';
import { closedStatuses } from '../event/rules';
import { wallChannel } from './hub';
import { type Lease, type Move, type Refusal, step } from './rules';
import { wallScope } from './strip';
import { wall, wallAcknowledgement, wallLease } from './table';

/** A wall whose page was not heard of this long is not there. */
const onlineMs = 25_000;
/** Somebody else changed the lease between reading and writing: tried again this often. */
const maxTries = 20;

const leaseColumns = {
  revision: wallLease.revision,
  term: wallLease.term,
  conductor: wallLease.conductor,
  heardAt: wallLease.heard_at,
  asked: wallLease.asked,
  askedAt: wallLease.asked_at,
  isQuiet: wallLease.is_quiet,
  interrupt: wallLease.interrupt,
  view: wallLease.view,
  sequence: wallLease.sequence,
  castAt: wallLease.cast_at,
  shownSequence: wallLease.shown_sequence,
  shownMs: wallLease.shown_ms,
};

const wallColumns = {
  id: wall.id,
  name: wall.name,
  division: wall.division_code,
  width: wall.width,
  height: wall.height,
  tier: wall.tier,
};

type Row = { lease: Lease & { revision: number }; wall: LinkState['wall']; isOnline: boolean; now: string };

const readRow = async (db: Executor, id: string): Promise<Row> => {
  const [row] = await db
    .select({
      lease: leaseColumns,
      wall: wallColumns,
      isOnline: sql<boolean>`${wall.seen_at} > clock_timestamp() - ${`${onlineMs} ms`}::interval`,
      now: sql<string>`clock_timestamp()`,
    })
    .from(wall)
    .innerJoin(wallLease, eq(wallLease.wall_id, wall.id))
    .where(eq(wall.id, id));
  if (!row) throw new Problem('not_found', `No wall ${id}.`);
  return row;
};

/** Open Ⅰ events that nobody took notice of yet. */
const unacknowledged = (territory: SQL): SQL | undefined =>
  and(
    eq(event.level, 1),
    notInArray(event.status, closedStatuses),
    territory,
    sql`not exists (select from ${wallAcknowledgement} where ${wallAcknowledgement.event_id} = ${event.id})`,
  );

/** Whether a Ⅰ event in the wall's territory waits for its acknowledgement: then nothing is handed over by silence. */
const isHeld = async (db: Executor, division: string): Promise<boolean> => {
  const scope = await wallScope(db, division);
  const [one] = await db
    .select({ id: event.id })
    .from(event)
    .where(unacknowledged(await inTerritory(db, scope, event)))
    .limit(1);
  return one !== undefined;
};

const stateOf = ({ wall: card, isOnline }: Row, lease: Lease, revision: number): LinkState => ({
  wall: card,
  isOnline,
  revision,
  term: lease.term,
  conductor: lease.conductor,
  heardAt: lease.heardAt?.toISOString() ?? null,
  asked: lease.asked && lease.askedAt ? { ...lease.asked, at: lease.askedAt.toISOString() } : null,
  isQuiet: lease.isQuiet,
  interrupt: lease.interrupt,
  view: lease.view,
  sequence: lease.sequence,
  shown: lease.shownMs === null ? null : { sequence: lease.shownSequence, ms: lease.shownMs },
});

const problemOf: Record<Refusal, [ProblemCode, string]> = {
  not_conductor: ['conflict', 'This device does not conduct the wall (any more).'],
  late: ['stale', 'This cast is out of turn: its number is older than the last one, or far above it.'],
  past: ['stale', 'This event interrupts the wall no more.'],
  asked: ['busy', 'Another device asks to conduct already.'],
};

/** Writes the lease where it is still the one that was read, and wakes who listens: one statement. */
const swap = async (db: Executor, id: string, revision: number, lease: Lease): Promise<boolean> => {
  const message = JSON.stringify({ kind: 'changed', wall: id });
  const written = await db
    .update(wallLease)
    .set({
      revision: revision + 1,
      term: lease.term,
      conductor: lease.conductor,
      heard_at: lease.heardAt,
      asked: lease.asked,
      asked_at: lease.askedAt,
      is_quiet: lease.isQuiet,
      interrupt: lease.interrupt,
      view: lease.view,
      sequence: lease.sequence,
      cast_at: lease.castAt,
      shown_sequence: lease.shownSequence,
      shown_ms: lease.shownMs,
    })
    .where(and(eq(wallLease.wall_id, id), eq(wallLease.revision, revision)))
    .returning({ told: sql`pg_notify(${wallChannel}, ${message})` });
  return written.length > 0;
};

/**
 * Moves the lease of a wall by compare-and-set: read, decide, write only if nobody wrote between. Throws the Problem of
 * a refusal. Time is the database's, so that several servers agree.
 */
export const moveLease = async ({ db }: Connection, id: string, move: Move): Promise<LinkState> => {
  for (let tries = 0; tries < maxTries; tries++) {
    const row = await readRow(db, id);
    const { revision, ...lease } = row.lease;
    const held = lease.asked !== null && lease.conductor !== null && (await isHeld(db, row.wall.division));
    const outcome = step(lease, move, new Date(row.now), held);
    if ('refused' in outcome) {
      const [code, detail] = problemOf[outcome.refused];
      throw new Problem(code, detail, { reason: outcome.refused });
    }
    if (outcome.lease === lease) return stateOf(row, lease, revision);
    if (await swap(db, id, revision, outcome.lease)) return stateOf(row, outcome.lease, revision + 1);
  }
  throw new Problem('busy', `The lease of wall ${id} is changed too often.`);
};

/** Ⅰ events among those named that wait for their acknowledgement, cut by a condition on `event`. */
export const unacknowledgedIn = async (db: Executor, ids: string[], territory: SQL): Promise<string[]> => {
  const rows = await db
    .select({ id: event.id })
    .from(event)
    .where(and(inArray(event.id, ids), unacknowledged(territory)));
  return rows.map(({ id }) => id);
};
