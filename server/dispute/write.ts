import { randomUUID } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { DisputeMove, DisputeParty, DisputeRelapse, DisputeReport, DisputeStatus } from '@/data/model/dispute';
import { Problem } from '@/data/model/problem';
import type { Scope } from '@/data/model/scope';
import type { Connection, Executor } from '../db/client';
import { clockNow } from '../db/clock';
import { numberOf } from '../db/number';
import { dispute_move, dispute_party, dispute_record } from '../db/schema';
import { inTerritory } from '../db/scope';
import { addWorkingDays, readCalendar } from '../dictionary/calendar';
import { checkWord, readInstallation, wordOf, wordsIn } from '../dictionary/store';
import { locatorOf } from '../division/locate';
import { rowKey, sealer } from '../person/sealed';
import { canReportDispute, checkDisputeMove, hasDisputeEnded, scaleOf } from './rules';
import { dispute } from './table';

type Stored = typeof dispute.$inferSelect;

const scaleFor = async (tx: Executor, nPeople: number): Promise<string> => {
  const words = await wordsIn(tx, 'dispute-scale');
  return scaleOf(
    words.map(({ code, attrs }) => ({ code, from: Number(attrs.parties_from) })),
    nPeople,
  );
};

/** The dispute if the caller's territory holds it, locked; `not_found` for any other. */
export const lockDispute = async (tx: Executor, scope: Scope, id: string): Promise<Stored> => {
  const [stored] = await tx
    .select()
    .from(dispute)
    .where(and(eq(dispute.id, id), await inTerritory(tx, scope, dispute)))
    .for('update');
  if (!stored) throw new Problem('not_found', `No dispute ${id} in your territory.`, { id });
  return stored;
};

const addParties = async (tx: Executor, rootId: string, round: number, parties: readonly DisputeParty[]) => {
  if (parties.length === 0) return;
  const [row] = await tx
    .select({ last: sql<number>`coalesce(max(${dispute_party.seq}), 0)` })
    .from(dispute_party)
    .where(eq(dispute_party.root_id, rootId));
  const seal = await sealer('dispute_party');
  const rows = parties.map(({ side, kind, name }, i) => {
    const seq = Number(row?.last ?? 0) + i + 1;
    return { root_id: rootId, seq, round, side, kind, sealed: seal(rowKey(rootId, seq), name) };
  });
  await tx.insert(dispute_party).values(rows);
};

/** Writes a round with its first move; a key sent before gives the id of the first time. */
const insertRound = async (
  tx: Executor,
  scope: Scope,
  round: Omit<typeof dispute.$inferInsert, 'status' | 'status_at' | 'reported_at' | 'number'>,
  parties: readonly DisputeParty[],
): Promise<string> => {
  const at = await clockNow(tx);
  const { timeZone } = await readInstallation(tx);
  const [written] = await tx
    .insert(dispute)
    .values({
      ...round,
      number: `J${numberOf(round.id, at, timeZone)}`,
      status: 'discovered',
      status_at: at,
      reported_at: at,
    })
    .onConflictDoNothing({ target: dispute.client_key })
    .returning({ id: dispute.id });
  if (!written) {
    const [first] = await tx
      .select({ id: dispute.id })
      .from(dispute)
      .where(and(eq(dispute.client_key, round.client_key), await inTerritory(tx, scope, dispute)));
    if (!first) throw new Problem('conflict', 'This clientKey was used by another reporter.');
    return first.id;
  }
  const actor = { actor_id: scope.actorId, actor_role: scope.role };
  await tx.insert(dispute_move).values({ dispute_id: round.id, seq: 1, to_status: 'discovered', at, ...actor });
  await addParties(tx, round.root_id, round.round ?? 1, parties);
  return written.id;
};

const checkReporter = (scope: Scope): void => {
  if (!canReportDispute(scope))
    throw new Problem('not_allowed', `Role ${scope.role} on ${scope.screen} may not report a dispute.`);
};

/** Reports a dispute (巡查发现): placed, scaled by its people; a repeated `clientKey` gives the id of the first time. */
export const reportDispute = async (connection: Connection, scope: Scope, report: DisputeReport): Promise<string> => {
  checkReporter(scope);
  const { position, parties, clientKey, category, nPeople, ...words } = report;
  const [lng, lat] = position;
  const place = (await locatorOf(connection))(position);
  if (!place)
    throw new Problem('invalid', `Position ${lng}, ${lat} lies in no grid: pick a place on the map.`, { lng, lat });
  if (!place.path.startsWith(scope.path))
    throw new Problem('not_allowed', `Position ${lng}, ${lat} lies outside your territory.`, { lng, lat });
  if (parties.length > nPeople)
    throw new Problem('invalid', `${parties.length} parties are more than ${nPeople} people.`);
  const id = randomUUID();
  return connection.db.transaction(async (tx) => {
    const found = await wordOf(tx, 'dispute-category', category);
    if (!found?.parent) throw new Problem('invalid', `Dispute category ${category} is not in the list.`, { category });
    const placed = {
      ...{ lng, lat, subdistrict_code: place.subdistrict, community_code: place.community },
      ...{ grid_code: place.grid, block_code: place.block },
    };
    const kind = { category_code: category, category_l1: found.parent };
    const size = { n_people: nPeople, scale: await scaleFor(tx, nPeople) };
    return insertRound(
      tx,
      scope,
      { id, root_id: id, client_key: clientKey, ...words, ...placed, ...kind, ...size },
      parties,
    );
  });
};

/** Opens the next round of a case that broke out again (反复): its last round must have ended. */
export const relapseDispute = async (
  connection: Connection,
  scope: Scope,
  relapse: DisputeRelapse,
): Promise<string> => {
  checkReporter(scope);
  return connection.db.transaction(async (tx) => {
    const { root_id: rootId } = await lockDispute(tx, scope, relapse.id);
    const rounds = await tx.select().from(dispute).where(eq(dispute.root_id, rootId)).for('update');
    const last = rounds.sort((a, b) => b.round - a.round)[0];
    if (!last) throw new Problem('not_found', `No dispute ${relapse.id}.`);
    const isRepeated = rounds.some(({ client_key }) => client_key === relapse.clientKey);
    if (!isRepeated && !hasDisputeEnded(last.status))
      throw new Problem('invalid', `Round ${last.round} of the case has not ended: go on with it.`, {
        round: last.round,
      });
    const { version: _, method: __, score: ___, ...kept } = last;
    const fresh = { registered_at: null, due_at: null, settled_at: null, ended_at: null, lead_code: null };
    const size = { n_people: relapse.nPeople, scale: await scaleFor(tx, relapse.nPeople) };
    const round = { ...kept, ...fresh, ...size, id: randomUUID(), round: last.round + 1 };
    return insertRound(
      tx,
      scope,
      { ...round, description: relapse.description, client_key: relapse.clientKey },
      relapse.parties,
    );
  });
};

const Days = z.coerce.number().int().positive().nullable().catch(null);

/** What a move writes besides the status. */
const entered = async (tx: Executor, stored: Stored, move: DisputeMove, at: Date): Promise<Partial<Stored>> => {
  const by: Partial<Record<DisputeStatus, Partial<Stored>>> = {
    distributed: { lead_code: move.lead },
    mediating: { method: null, settled_at: null },
    settled: { method: move.method, settled_at: at },
    referred: { method: move.method, settled_at: at },
    reviewed: { ended_at: at },
    void: { ended_at: at },
    assessed: { score: move.score },
  };
  if (move.to !== 'registered') return by[move.to] ?? {};
  const category = await wordOf(tx, 'dispute-category', stored.category_code);
  const days = Days.parse(category?.attrs.resolve_workdays || null);
  return { registered_at: at, due_at: days === null ? null : addWorkingDays(await readCalendar(tx), at, days) };
};

const checkWords = async (tx: Executor, stored: Stored, move: DisputeMove): Promise<void> => {
  for (const code of [...(move.lead === null ? [] : [move.lead]), ...move.assist])
    await checkWord(tx, 'department', code);
  if (move.method !== null) await checkWord(tx, 'dispute-resolution', move.method);
  if (move.to !== 'settled') return;
  const [session] = await tx
    .select({ id: dispute_record.id })
    .from(dispute_record)
    .where(and(eq(dispute_record.dispute_id, stored.id), eq(dispute_record.kind, 'session')))
    .limit(1);
  if (!session) throw new Problem('invalid', 'Nothing has been mediated yet: write down a mediation first.');
};

/**
 * Moves a dispute to its next stage: the version seen must be the newest (`conflict`), the move one there is and the
 * caller's to make. Row and history are written in one transaction.
 */
export const moveDispute = (connection: Connection, scope: Scope, move: DisputeMove): Promise<number> =>
  connection.db.transaction(async (tx) => {
    const stored = await lockDispute(tx, scope, move.id);
    if (stored.version !== move.version)
      throw new Problem('conflict', `Dispute ${move.id} is at version ${stored.version}.`, { version: stored.version });
    checkDisputeMove(scope, stored.status, move);
    await checkWords(tx, stored, move);
    const at = new Date(Math.max(stored.status_at.getTime(), (await clockNow(tx)).getTime()));
    const version = stored.version + 1;
    const changed = await entered(tx, stored, move, at);
    await tx
      .update(dispute)
      .set({ ...changed, status: move.to, status_at: at, version })
      .where(eq(dispute.id, move.id));
    await tx.insert(dispute_move).values({
      dispute_id: move.id,
      seq: version,
      from_status: stored.status,
      to_status: move.to,
      at,
      actor_id: scope.actorId,
      actor_role: scope.role,
      lead_code: changed.lead_code ?? stored.lead_code,
      assist_codes: move.assist.join(' '),
      note: move.note,
    });
    return version;
  });
