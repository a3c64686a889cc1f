import { eq, sql } from 'drizzle-orm';
import type { EventCorrection, EventRow } from '@/data/model/event';
import { Problem } from '@/data/model/problem';
import type { Scope } from '@/data/model/scope';
import type { Connection, Executor } from '../db/client';
import { appendChanges } from '../live/append';
import { readCategory } from './category';
import { selectImages, toEventRow } from './image';
import { conflict, readOwn } from './move';
import { sendAlone } from './send';
import { event, event_correction } from './table';

const writeCorrection = async (tx: Executor, scope: Scope, correction: EventCorrection): Promise<EventRow> => {
  const { id, category, level, note } = correction;
  const stored = await readOwn(tx, scope, id);
  if (stored.version !== correction.version) throw conflict(id, stored.version);
  if (stored.category_code === category && stored.level === level)
    throw new Problem('invalid', `Event ${id} is filed as that already.`, { id });
  const { code, l1 } = await readCategory(tx, category);
  const [last] = await tx.execute<{ seq: number | null }>(
    sql`select max(seq) as seq from event_correction where event_id = ${id}`,
  );
  const version = stored.version + 1;
  const written = await tx
    .update(event)
    .set({ category_code: code, category_l1: l1, level, version, recorded_at: sql`now()` })
    .where(sql`${eq(event.id, id)} and ${eq(event.version, stored.version)}`)
    .returning({ version: event.version });
  if (written.length === 0) throw conflict(id, (await readOwn(tx, scope, id)).version);
  await tx.insert(event_correction).values({
    ...{ event_id: id, seq: (last?.seq ?? 0) + 1, at: stored.reported_at },
    ...{ from_category: stored.category_code, from_category_l1: stored.category_l1, from_level: stored.level },
    ...{ to_category: code, to_category_l1: l1, to_level: level },
    ...{ actor_id: scope.actorId, actor_role: scope.role, note },
  });
  await appendChanges(tx, [{ kind: 'event', id, op: 'put', version, path: stored.path }]);
  const sent = stored.category_code === code ? null : await sendAlone(tx, scope, id);
  if (sent) return sent;
  const [record] = await selectImages(tx, { where: sql`e.id = ${id}`, hasWall: false });
  if (!record) throw new Problem('not_found', `No event ${id}.`);
  return toEventRow(record);
};

/**
 * Files an event under another category or level (归类更正). The limits stay as they were fixed at the report; what was
 * known before stays on record. One that waits and is filed under a listed category is sent at once. Row, correction and change-log line are written in one transaction.
 */
export const correctEvent = (connection: Connection, scope: Scope, correction: EventCorrection): Promise<EventRow> =>
  connection.db.transaction((tx) => writeCorrection(tx, scope, correction));
