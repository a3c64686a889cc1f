import type { EventMove, EventRow } from '@/data/model/event';
import type { Scope } from '@/data/model/scope';
import type { Connection } from '../db/client';
import { findMade, writeMove } from './move';
import type { Reporter } from './report-write';
import { sendAlone } from './send';

/**
 * Moves an event along the loop (流转): the version seen must be the newest (`conflict` carries it), the move legal and
 * the caller's to make (`by`: somebody without a post makes it). Row, history and change-log line are written in one
 * transaction; what is accepted and listed is with its department in the same one.
 */
export const moveEvent = async (
  connection: Connection,
  scope: Scope,
  move: EventMove,
  by?: Reporter,
): Promise<EventRow> => {
  try {
    return await connection.db.transaction(async (tx) => {
      const row = await writeMove(tx, scope, move, by ? { by } : {});
      return move.to === 'S20' && row.status === 'S20' ? ((await sendAlone(tx, scope, row.id)) ?? row) : row;
    });
  } catch (error) {
    // The same move sent twice at one moment: the one that lost finds what the other wrote.
    const made = await findMade(connection.db, scope, move);
    if (made) return made;
    throw error;
  }
};
