import { and, eq, isNull } from 'drizzle-orm';
import { Problem } from '@/data/model/problem';
import type { Scope } from '@/data/model/scope';
import type { Executor } from '../db/client';
import { volunteer, volunteer_pass, volunteer_team } from './table';

/** A volunteer of a team the caller keeps the register of, held till the end of the transaction. */
export const keptVolunteer = async (tx: Executor, scope: Scope, id: string) => {
  const [row] = await tx
    .select({ path: volunteer_team.path, leftAt: volunteer.left_at, version: volunteer.version })
    .from(volunteer)
    .innerJoin(volunteer_team, eq(volunteer_team.id, volunteer.team_id))
    .where(eq(volunteer.id, id))
    .for('update', { of: volunteer });
  if (!row?.path.startsWith(scope.path)) throw new Problem('not_found', `No volunteer ${id} of your teams.`, { id });
  return row;
};

type Ending = { volunteer: string; at: Date; by: string };

/** Ends the pass a volunteer has; whether there was one. */
export const endPasses = async (tx: Executor, { volunteer: id, at, by }: Ending): Promise<boolean> => {
  const ended = await tx
    .update(volunteer_pass)
    .set({ ended_at: at, ended_by: by })
    .where(and(eq(volunteer_pass.volunteer_id, id), isNull(volunteer_pass.ended_at)))
    .returning({ hash: volunteer_pass.hash });
  return ended.length > 0;
};
