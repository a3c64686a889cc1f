import { eq } from 'drizzle-orm';
import { refuse } from '@/data/model/intake';
import type { Scope } from '@/data/model/scope';
import type { Executor } from '../db/client';
import type { DoorPlace } from './door';
import { collection } from './table';

type Beginning = {
  /** Client key of the visit. */
  id: string;
  place: DoorPlace;
  dwelling: string | null;
  events: string[];
  digest: string;
  at: Date;
  now: Date;
};

/** Begins to write a visit; false = it was written before, by the same one with the same content. Another is `key_used`. */
export const beginVisit = async (
  tx: Executor,
  scope: Scope,
  { id, place, dwelling, events, digest, at, now }: Beginning,
): Promise<boolean> => {
  const { building_code, subdistrict_code, community_code, grid_code } = place;
  const written = await tx
    .insert(collection)
    .values({
      ...{ id, building_code, dwelling_code: dwelling, subdistrict_code, community_code, grid_code, events },
      ...{ digest, at, recorded_at: now, actor_id: scope.actorId, actor_role: scope.role },
    })
    .onConflictDoNothing()
    .returning({ id: collection.id });
  if (written.length > 0) return true;
  const [before] = await tx.select().from(collection).where(eq(collection.id, id));
  if (before?.digest !== digest || before.actor_id !== scope.actorId)
    throw refuse('key_used', 'This clientKey was used for another visit.');
  return false;
};
