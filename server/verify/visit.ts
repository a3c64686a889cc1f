import { and, eq } from 'drizzle-orm';
import { refuse } from '@/data/model/intake';
import { Problem } from '@/data/model/problem';
import type { Scope } from '@/data/model/scope';
import { openStates, type Visit } from '@/data/model/verify';
import type { Connection } from '../db/client';
import { clockNow } from '../db/clock';
import { inTerritory } from '../db/scope';
import { readInstallation } from '../dictionary/store';
import { localDay } from '../metric/period';
import { mergeVisit, readRecord } from './record';
import { putRefresh, tellDoubts } from './run';
import { doubt, verify_batch, verify_result } from './table';

/**
 * Writes down what a visit found and merges it into the base data, in one transaction and once for a client key.
 * `conflict`: somebody else was there first, or the record says something else than the visitor saw. Refused to whoever
 * opened or sent the batch, where the record has a grid of its own.
 */
export const writeVisit = (connection: Connection, scope: Scope, visit: Visit): Promise<{ version: number }> =>
  connection.db.transaction(async (tx) => {
    const { id, result, note, clientKey } = visit;
    const [known] = await tx
      .select()
      .from(doubt)
      .where(and(eq(doubt.id, id), await inTerritory(tx, scope, doubt)))
      .for('update');
    if (!known?.sent_at) throw new Problem('not_found', `No doubtful record ${id} in your territory.`, { id });
    const [before] = await tx.select().from(verify_result).where(eq(verify_result.client_key, clientKey));
    if (before) return { version: before.seq };
    const [batch] = await tx
      .select({ opener: verify_batch.actor_id, sender: verify_batch.sent_by })
      .from(verify_batch)
      .where(eq(verify_batch.id, known.batch_id));
    // What lies in no grid is nobody else's to see to.
    if (known.grid_code !== null && (batch?.opener === scope.actorId || batch?.sender === scope.actorId))
      throw refuse('same_post', 'Whoever doubts a record does not settle it.');
    const now = await clockNow(tx);
    const stood = await readRecord(tx, known.kind, known.record_id, true);
    if (known.version !== visit.version || !openStates.includes(known.state) || stood?.stamp !== visit.stamp)
      throw new Problem('conflict', `Record ${id} is at version ${known.version} or was changed.`, { id });
    const happenedAt = new Date(visit.happenedAt);
    const at = happenedAt > now ? now : happenedAt < known.sent_at ? known.sent_at : happenedAt;
    const day = localDay(at, (await readInstallation(tx)).timeZone);
    const record = { kind: known.kind, key: known.record_id, stood };
    const change = await mergeVisit(tx, connection, record, { result, values: visit.values, day, now: at });
    const version = known.version + 1;
    await tx.insert(verify_result).values({
      ...{ doubt_id: id, seq: version, result, ...change, note, at, recorded_at: now, client_key: clientKey },
      ...{ actor_id: scope.actorId, actor_role: scope.role },
    });
    const isDone = result !== 'unreachable';
    await tx
      .update(doubt)
      .set({
        ...{ version, state: result, visited_at: at, done_at: isDone ? at : null },
        ...(result === 'confirmed' ? { stamp: stood.stamp } : {}),
      })
      .where(eq(doubt.id, id));
    await tellDoubts(tx, [{ id, version }]);
    if (isDone && result !== 'confirmed') await putRefresh(tx, now);
    return { version };
  });
