import { eq } from 'drizzle-orm';
import type { DisputeNote } from '@/data/model/dispute';
import { Problem } from '@/data/model/problem';
import type { Role, Scope } from '@/data/model/scope';
import type { Connection } from '../db/client';
import { dispute_record } from '../db/schema';
import { checkWord } from '../dictionary/store';
import { canReadDisputes } from './rules';
import { lockDispute } from './write';

const writers: readonly Role[] = ['R2', 'R3', 'R4', 'R6'];

/** Statuses in which a line of each kind is written. */
const when: Record<DisputeNote['kind'], readonly string[]> = {
  session: ['mediating'],
  reply: ['distributed', 'mediating'],
  agreement: ['mediating'],
  follow_up: ['settled', 'referred', 'reviewed'],
};

/** Adds a line to the record of a round; a key sent before writes nothing again. */
export const noteDispute = (connection: Connection, scope: Scope, note: DisputeNote): Promise<{ id: string }> => {
  if (!canReadDisputes(scope) || !writers.includes(scope.role))
    throw new Problem('not_allowed', `Role ${scope.role} on ${scope.screen} writes no record of a dispute.`);
  if ((note.kind === 'reply') !== (note.department !== null))
    throw new Problem('invalid', 'A reply, and nothing else, names its department.');
  if ((note.kind === 'follow_up') !== (note.isKept !== null))
    throw new Problem('invalid', 'A look afterwards, and nothing else, says whether the agreement is kept.');
  return connection.db.transaction(async (tx) => {
    const stored = await lockDispute(tx, scope, note.id);
    const [repeated] = await tx.select().from(dispute_record).where(eq(dispute_record.client_key, note.clientKey));
    if (repeated?.dispute_id === note.id) return { id: note.id };
    if (repeated) throw new Problem('conflict', 'This clientKey was used for another line.');
    if (!when[note.kind].includes(stored.status))
      throw new Problem(
        'invalid',
        `A line of kind ${note.kind} is written while ${when[note.kind].join(' or ')}, not ${stored.status}.`,
      );
    if (note.department !== null) await checkWord(tx, 'department', note.department);
    await tx.insert(dispute_record).values({
      dispute_id: note.id,
      kind: note.kind,
      actor_id: scope.actorId,
      actor_role: scope.role,
      department_code: note.department,
      text: note.text,
      is_kept: note.isKept,
      client_key: note.clientKey,
    });
    return { id: note.id };
  });
};
