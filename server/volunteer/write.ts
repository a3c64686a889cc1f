import { and, eq, isNull, sql } from 'drizzle-orm';
import { divisionLevels } from '@/data/model/division';
import { refuse } from '@/data/model/intake';
import { Problem } from '@/data/model/problem';
import type { Scope } from '@/data/model/scope';
import type { TurnMove, VolunteerCallDraft, VolunteerJoin } from '@/data/model/volunteer';
import type { Connection, Executor } from '../db/client';
import { clockNow } from '../db/clock';
import { division } from '../db/schema';
import { checkWord } from '../dictionary/store';
import { appendChanges } from '../live/append';
import { sealer } from '../person/sealed';
import { endPasses, keptVolunteer } from './kept';
import { goneAt, turnStepsAt } from './rules';
import { volunteer, volunteer_call, volunteer_step, volunteer_team, volunteer_turn } from './table';

/** Sub-district and community a division lies in or is. */
const groundOf = async (tx: Executor, path: string) => {
  const line = await tx
    .select({ code: division.code, level: division.level })
    .from(division)
    .where(sql`starts_with(${path}, ${division.path})`);
  const at = (level: (typeof divisionLevels)[number]) =>
    line.find((node) => divisionLevels[node.level - 1] === level)?.code ?? null;
  return { subdistrict_code: at('subdistrict'), community_code: at('community') };
};

const noTeam = (id: string) => new Problem('not_found', `No team ${id} in your territory.`, { id });

/** Puts somebody on the register of a team in the caller's territory (登记志愿者), once for an id. */
export const joinTeam = async ({ db }: Connection, scope: Scope, join: VolunteerJoin): Promise<void> =>
  db.transaction(async (tx) => {
    const [team] = await tx.select().from(volunteer_team).where(eq(volunteer_team.id, join.team));
    if (!team?.path.startsWith(scope.path)) throw noTeam(join.team);
    const { subdistrict_code, community_code } = team;
    const seal = await sealer('volunteer');
    const written = await tx
      .insert(volunteer)
      .values({
        ...{ id: join.id, team_id: team.id, sealed: seal(join.id, join.name) },
        ...{ subdistrict_code, community_code },
        joined_at: await clockNow(tx),
      })
      .onConflictDoNothing()
      .returning({ id: volunteer.id });
    if (written.length > 0)
      await appendChanges(tx, [{ kind: 'volunteer', id: join.id, op: 'put', version: 1, path: team.path }]);
  });

/** Takes somebody off the register from now on (注销), and his pass with him; what was served stays counted. */
export const leaveTeam = async ({ db }: Connection, scope: Scope, id: string): Promise<void> =>
  db.transaction(async (tx) => {
    const { path } = await keptVolunteer(tx, scope, id);
    const at = await clockNow(tx);
    const [left] = await tx
      .update(volunteer)
      .set({ left_at: at, version: sql`${volunteer.version} + 1` })
      .where(and(eq(volunteer.id, id), isNull(volunteer.left_at)))
      .returning({ version: volunteer.version });
    if (!left) return;
    await endPasses(tx, { volunteer: id, at, by: scope.actorId });
    await appendChanges(tx, [{ kind: 'volunteer', id, op: 'put', version: left.version, path }]);
  });

/** Calls for volunteers in a division of the caller's territory, once for an id. */
export const openCall = async ({ db }: Connection, scope: Scope, draft: VolunteerCallDraft): Promise<void> =>
  db.transaction(async (tx) => {
    const [place] = await tx.select().from(division).where(eq(division.code, draft.division));
    if (!place?.path.startsWith(scope.path))
      throw new Problem('not_found', `No division ${draft.division} in your territory.`, { code: draft.division });
    await checkWord(tx, 'volunteer-service', draft.service);
    const at = await clockNow(tx);
    const [startsAt, endsAt] = [new Date(draft.startsAt), new Date(draft.endsAt)];
    if (endsAt <= at) throw new Problem('invalid', 'A call lies ahead.', { field: 'endsAt' });
    const written = await tx
      .insert(volunteer_call)
      .values({
        ...{ id: draft.id, division_code: place.code, path: place.path, service_code: draft.service },
        ...(await groundOf(tx, place.path)),
        ...{ title: draft.title, address: draft.address, starts_at: startsAt, ends_at: endsAt },
        ...{ n_wanted: draft.nWanted, issued_at: at, actor_id: scope.actorId, actor_role: scope.role },
      })
      .onConflictDoNothing()
      .returning({ id: volunteer_call.id });
    if (written.length > 0)
      await appendChanges(tx, [{ kind: 'summons', id: draft.id, op: 'put', version: 1, path: place.path }]);
  });

/** Calls a call off; who is there may still be recorded as gone. */
export const cancelCall = async ({ db }: Connection, scope: Scope, id: string): Promise<void> =>
  db.transaction(async (tx) => {
    const [call] = await tx
      .select({ path: volunteer_call.path, cancelledAt: volunteer_call.cancelled_at })
      .from(volunteer_call)
      .where(and(eq(volunteer_call.id, id), sql`starts_with(${volunteer_call.path}, ${scope.path})`))
      .for('update');
    if (!call) throw new Problem('not_found', `No call ${id} in your territory.`, { id });
    if (call.cancelledAt !== null) return;
    await tx
      .update(volunteer_call)
      .set({ cancelled_at: await clockNow(tx) })
      .where(eq(volunteer_call.id, id));
    await appendChanges(tx, [{ kind: 'summons', id, op: 'put', version: 2, path: call.path }]);
  });

/** The volunteer, if his team's division and the call's hold one another. */
const checkEligible = async (tx: Executor, id: string, path: string): Promise<void> => {
  const [row] = await tx
    .select({ path: volunteer_team.path, leftAt: volunteer.left_at })
    .from(volunteer)
    .innerJoin(volunteer_team, eq(volunteer_team.id, volunteer.team_id))
    .where(eq(volunteer.id, id));
  const isHere = row && row.leftAt === null && (row.path.startsWith(path) || path.startsWith(row.path));
  if (!isHere) throw new Problem('not_found', `No volunteer ${id} of this place.`, { id });
};

const columnOf = { signUp: 'signed_up_at', withdraw: 'withdrawn_at', come: 'came_at', go: 'went_at' } as const;

/** A step as it is recorded. `version` = that of the turn it was taken from, 0 = there was none; left out = whatever it is. */
type Step = TurnMove & { actorId: string; note?: string; version?: number };

/** Records a step at a call whose path `isNear` holds of; a step that was recorded already changes nothing. */
export const recordStep = async (tx: Executor, move: Step, isNear: (path: string) => boolean): Promise<void> => {
  // the call is held so that two sign-ups at once cannot both take the last place
  const [call] = await tx.select().from(volunteer_call).where(eq(volunteer_call.id, move.call)).for('update');
  if (!call || !isNear(call.path))
    throw new Problem('not_found', `No call ${move.call} in your territory.`, { id: move.call });
  await checkEligible(tx, move.volunteer, call.path);
  const at = await clockNow(tx);
  const turns = await tx.select().from(volunteer_turn).where(eq(volunteer_turn.call_id, call.id));
  const turn = turns.find(({ volunteer_id }) => volunteer_id === move.volunteer) ?? null;
  const column = columnOf[move.step];
  const isSigned = turn !== null && turn.withdrawn_at === null;
  if (turn?.[column] && (move.step === 'signUp' ? isSigned : true)) return;
  if (move.version !== undefined && move.version !== (turn?.version ?? 0))
    throw refuse('turn_changed', 'The turn was changed meanwhile.');
  const state = turn && { withdrawnAt: turn.withdrawn_at, cameAt: turn.came_at, wentAt: turn.went_at };
  const times = { startsAt: call.starts_at, endsAt: call.ends_at, cancelledAt: call.cancelled_at };
  if (!turnStepsAt(state, times, at).includes(move.step))
    throw refuse('turn_step', `A volunteer cannot ${move.step} at this call now.`, { field: 'step' });
  const nSigned = turns.filter((one) => one.withdrawn_at === null).length;
  if (move.step === 'signUp' && nSigned >= call.n_wanted)
    throw refuse('call_full', `Call ${call.id} has all ${call.n_wanted} it wanted.`, { id: call.id });
  const version = (turn?.version ?? 0) + 1;
  const id = `${call.id}-${move.volunteer}`;
  const set = {
    ...{ [column]: move.step === 'go' ? goneAt(times, at) : at, version, actor_id: move.actorId },
    ...(move.step === 'signUp' ? { withdrawn_at: null } : {}),
  };
  const { subdistrict_code, community_code, service_code } = call;
  await tx
    .insert(volunteer_turn)
    .values({
      ...{ id, call_id: call.id, volunteer_id: move.volunteer, subdistrict_code, community_code, service_code },
      ...{ signed_up_at: at, version, actor_id: move.actorId },
    })
    .onConflictDoUpdate({ target: volunteer_turn.id, set });
  await tx
    .insert(volunteer_step)
    .values({ turn_id: id, version, step: move.step, at, actor_id: move.actorId, note: move.note ?? '' });
  await appendChanges(tx, [{ kind: 'turn', id, op: 'put', version, path: call.path }]);
};

/** Records a step of a volunteer at a call in the caller's territory (报名、签到、签退). */
export const moveTurn = async ({ db }: Connection, scope: Scope, move: TurnMove): Promise<void> =>
  db.transaction((tx) =>
    recordStep(
      tx,
      { ...move, actorId: scope.actorId },
      (path) => path.startsWith(scope.path) || scope.path.startsWith(path),
    ),
  );
