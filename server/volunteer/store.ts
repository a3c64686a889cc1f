import { and, asc, desc, eq, gte, inArray, isNull, lte, ne, type SQL, sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import { groupBy } from '@/data/model/group';
import { Problem } from '@/data/model/problem';
import { isAggregateOnly, type Scope } from '@/data/model/scope';
import type { VolunteerCall, VolunteerRow, VolunteerTeam, VolunteerTurn } from '@/data/model/volunteer';
import type { Connection, Executor } from '../db/client';
import { clockNow } from '../db/clock';
import { maskName } from '../person/rules';
import { opener } from '../person/sealed';
import { hoursOf, overBefore, turnStepsAt } from './rules';
import { volunteer, volunteer_call, volunteer_pass, volunteer_step, volunteer_team, volunteer_turn } from './table';

export { cancelCall, joinTeam, leaveTeam, moveTurn, openCall } from './write';

type StoredCall = typeof volunteer_call.$inferSelect;
type StoredTurn = typeof volunteer_turn.$inferSelect;

export const mostListed = 60;
/** Days before the clock whose hours are told. */
export const countedDays = 90;

/** What lies in the caller's territory, or what his lies in: a grid serves at calls of its community. */
export const touches = (path: AnyPgColumn, scope: Pick<Scope, 'path'>): SQL =>
  sql`(starts_with(${path}, ${scope.path}) or starts_with(${scope.path}, ${path}))`;

const by = (at: Date, told: Date | null): Date | null => (told !== null && told <= at ? told : null);

const asOf = (turn: StoredTurn, at: Date) => ({
  withdrawnAt: by(at, turn.withdrawn_at),
  cameAt: by(at, turn.came_at),
  wentAt: by(at, turn.went_at),
});

/** Hours of service of turns as they stood at an instant, in tenths. */
export const sumHours = (turns: readonly StoredTurn[], at: Date): number =>
  Math.round(turns.reduce((sum, turn) => sum + hoursOf(asOf(turn, at)), 0) * 10) / 10;

/** Teams that touch the caller's territory, with figures of an instant (null = now) (志愿服务队). */
export const listTeams = async ({ db }: Connection, scope: Scope, at: Date | null): Promise<VolunteerTeam[]> => {
  const clock = at ?? (await clockNow(db));
  const teams = await db
    .select()
    .from(volunteer_team)
    .where(touches(volunteer_team.path, scope))
    .orderBy(asc(volunteer_team.division_code), asc(volunteer_team.id));
  const members = await db.select().from(volunteer).where(lte(volunteer.joined_at, clock));
  const since = new Date(clock.getTime() - countedDays * 86_400_000);
  const turns = await db
    .select()
    .from(volunteer_turn)
    .where(sql`${volunteer_turn.went_at} > ${since.toISOString()}::timestamptz`);
  const membersOf = groupBy(members, ({ team_id }) => team_id);
  const turnsOf = groupBy(turns, ({ volunteer_id }) => volunteer_id);
  return teams.map(({ id, name, name_en, division_code, service_code }) => {
    const own = membersOf.get(id) ?? [];
    return {
      ...{ id, name, nameEn: name_en, division: division_code, service: service_code },
      nMembers: own.filter(({ left_at }) => by(clock, left_at) === null).length,
      hours: sumHours(
        own.flatMap((one) => turnsOf.get(one.id) ?? []),
        clock,
      ),
    };
  });
};

/** The team if it lies in the caller's territory. */
const readTeam = async (db: Executor, scope: Scope, id: string) => {
  const [team] = await db
    .select()
    .from(volunteer_team)
    .where(and(eq(volunteer_team.id, id), touches(volunteer_team.path, scope)));
  if (!team) throw new Problem('not_found', `No team ${id} in your territory.`, { id });
  return team;
};

/** The register of a team, masked; posts with aggregates alone get no one (志愿者名册). */
export const teamById = async (
  { db }: Connection,
  scope: Scope,
  id: string,
): Promise<{
  id: string;
  name: string;
  nameEn: string;
  service: string;
  division: string;
  members: VolunteerRow[];
}> => {
  const team = await readTeam(db, scope, id);
  const rows = isAggregateOnly(scope)
    ? []
    : await db
        .select({ volunteer, passSince: volunteer_pass.issued_at })
        .from(volunteer)
        .leftJoin(volunteer_pass, and(eq(volunteer_pass.volunteer_id, volunteer.id), isNull(volunteer_pass.ended_at)))
        .where(eq(volunteer.team_id, id))
        .orderBy(sql`${volunteer.left_at} is not null`, asc(volunteer.id));
  const open = await opener('volunteer');
  return {
    ...{ id, name: team.name, nameEn: team.name_en, service: team.service_code, division: team.division_code },
    members: rows.map(({ volunteer: row, passSince }) => ({
      ...{ id: row.id, name: maskName(open(row.id, row.sealed)), joinedAt: row.joined_at.toISOString() },
      leftAt: row.left_at?.toISOString() ?? null,
      passSince: passSince?.toISOString() ?? null,
    })),
  };
};

const toCall = (call: StoredCall, turns: readonly StoredTurn[], at: Date): VolunteerCall => {
  const own = turns.filter((turn) => turn.signed_up_at <= at && asOf(turn, at).withdrawnAt === null);
  return {
    ...{ id: call.id, division: call.division_code, service: call.service_code, title: call.title },
    ...{ address: call.address, startsAt: call.starts_at.toISOString(), endsAt: call.ends_at.toISOString() },
    ...{ nWanted: call.n_wanted, cancelledAt: by(at, call.cancelled_at)?.toISOString() ?? null },
    nSignedUp: own.length,
    nCame: own.filter((turn) => asOf(turn, at).cameAt !== null).length,
    hours: sumHours(own, at),
  };
};

const turnsOfCalls = async (db: Executor, ids: readonly string[]): Promise<StoredTurn[]> =>
  ids.length === 0
    ? []
    : db
        .select()
        .from(volunteer_turn)
        .where(inArray(volunteer_turn.call_id, [...ids]));

const withTurns = async (db: Executor, calls: StoredCall[], at: Date): Promise<VolunteerCall[]> => {
  const turns = await turnsOfCalls(
    db,
    calls.map(({ id }) => id),
  );
  return calls.map((call) =>
    toCall(
      call,
      turns.filter(({ call_id }) => call_id === call.id),
      at,
    ),
  );
};

/** Calls that touch the caller's territory, issued by an instant (null = now), the latest first (志愿召集). */
export const listCalls = async ({ db }: Connection, scope: Scope, at: Date | null): Promise<VolunteerCall[]> => {
  const clock = at ?? (await clockNow(db));
  const calls = await db
    .select()
    .from(volunteer_call)
    .where(and(touches(volunteer_call.path, scope), lte(volunteer_call.issued_at, clock)))
    .orderBy(desc(volunteer_call.starts_at), volunteer_call.id)
    .limit(mostListed);
  return withTurns(db, calls, clock);
};

/** Calls that are not over in the caller's territory, the soonest first: what a phone shows. */
export const comingCalls = async ({ db }: Connection, scope: Scope): Promise<VolunteerCall[]> => {
  const clock = await clockNow(db);
  const calls = await db
    .select()
    .from(volunteer_call)
    .where(
      and(
        touches(volunteer_call.path, scope),
        isNull(volunteer_call.cancelled_at),
        gte(volunteer_call.ends_at, overBefore(clock)),
      ),
    )
    .orderBy(asc(volunteer_call.starts_at), volunteer_call.id)
    .limit(mostListed);
  return withTurns(db, calls, clock);
};

/** The call if it touches the caller's territory. */
const readCall = async (db: Executor, scope: Scope, id: string): Promise<StoredCall> => {
  const [call] = await db
    .select()
    .from(volunteer_call)
    .where(and(eq(volunteer_call.id, id), touches(volunteer_call.path, scope)));
  if (!call) throw new Problem('not_found', `No call ${id} in your territory.`, { id });
  return call;
};

/** Volunteers of the place of a call, masked: of the teams whose division holds it, or lies in it. */
const eligible = async (db: Executor, call: StoredCall): Promise<{ id: string; name: string; team: string }[]> => {
  const open = await opener('volunteer');
  const rows = await db
    .select({ id: volunteer.id, sealed: volunteer.sealed, team: volunteer_team.name })
    .from(volunteer)
    .innerJoin(volunteer_team, eq(volunteer_team.id, volunteer.team_id))
    .where(
      and(
        isNull(volunteer.left_at),
        sql`(starts_with(${volunteer_team.path}, ${call.path}) or starts_with(${call.path}, ${volunteer_team.path}))`,
      ),
    )
    .orderBy(asc(volunteer.id));
  return rows.map(({ id, sealed, team }) => ({ id, team, name: maskName(open(id, sealed)) }));
};

/** What was said as turns ended, by an instant, by their ids. */
const notesOf = async (db: Executor, ids: string[], at: Date): Promise<Map<string, string>> => {
  const steps = await db
    .select({ id: volunteer_step.turn_id, note: volunteer_step.note })
    .from(volunteer_step)
    .where(and(inArray(volunteer_step.turn_id, ids), ne(volunteer_step.note, ''), lte(volunteer_step.at, at)));
  return new Map(steps.map(({ id, note }) => [id, note]));
};

/** One call with who signed up and who may, masked; posts with aggregates alone get figures. */
export const callById = async (
  { db }: Connection,
  scope: Scope,
  id: string,
  at: Date | null,
): Promise<VolunteerCall & { turns: VolunteerTurn[]; others: { volunteer: string; name: string; team: string }[] }> => {
  const call = await readCall(db, scope, id);
  const clock = at ?? (await clockNow(db));
  const turns = (await turnsOfCalls(db, [id])).filter(({ signed_up_at }) => signed_up_at <= clock);
  const told = toCall(call, turns, clock);
  if (isAggregateOnly(scope)) return { ...told, turns: [], others: [] };
  const people = await eligible(db, call);
  const byId = new Map(people.map((one) => [one.id, one]));
  const times = { startsAt: call.starts_at, endsAt: call.ends_at, cancelledAt: call.cancelled_at };
  const own = turns.filter((turn) => asOf(turn, clock).withdrawnAt === null);
  const here = new Set(own.map(({ volunteer_id }) => volunteer_id));
  const notes = await notesOf(
    db,
    own.map((turn) => turn.id),
    clock,
  );
  return {
    ...told,
    turns: own.map((turn): VolunteerTurn => {
      const { name = '', team = '' } = byId.get(turn.volunteer_id) ?? {};
      const state = asOf(turn, clock);
      return {
        ...{ volunteer: turn.volunteer_id, name, team, signedUpAt: turn.signed_up_at.toISOString() },
        ...{ cameAt: state.cameAt?.toISOString() ?? null, wentAt: state.wentAt?.toISOString() ?? null },
        note: notes.get(turn.id) ?? '',
        next: at === null ? (turnStepsAt(state, times, clock)[0] ?? null) : null,
      };
    }),
    others:
      at === null && turnStepsAt(null, times, clock).length > 0
        ? people
            .filter((one) => !here.has(one.id))
            .map((one) => ({ volunteer: one.id, name: one.name, team: one.team }))
        : [],
  };
};
