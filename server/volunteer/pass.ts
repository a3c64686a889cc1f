import { createHash, randomBytes } from 'node:crypto';
import { and, asc, eq, gte, inArray, isNull, or } from 'drizzle-orm';
import type { LiveItem } from '@/data/model/event';
import { refuse } from '@/data/model/intake';
import type { Scope } from '@/data/model/scope';
import type { OwnCall, PassMove, PassTold } from '@/data/model/volunteer';
import { systemScope } from '../access/store';
import type { Connection, Executor } from '../db/client';
import { clockNow } from '../db/clock';
import { appendChanges } from '../live/append';
import { feedOf } from '../live/feed';
import { maskName } from '../person/rules';
import { opener } from '../person/sealed';
import { endPasses, keptVolunteer } from './kept';
import { overBefore, turnStepsAt } from './rules';
import { countedDays, mostListed, sumHours, touches } from './store';
import { volunteer, volunteer_call, volunteer_pass, volunteer_team, volunteer_turn } from './table';
import { recordStep } from './write';

/** A volunteer as he records his own steps. */
const actorId = 'volunteer';

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** A new pass of a volunteer of the caller's teams (发证): its secret is told here and kept nowhere; a former one ends. */
export const issuePass = async ({ db }: Connection, scope: Scope, id: string): Promise<{ secret: string }> =>
  db.transaction(async (tx) => {
    const { path, leftAt, version } = await keptVolunteer(tx, scope, id);
    if (leftAt !== null) throw refuse('pass_left', 'Who left the register gets no pass.', { id });
    const at = await clockNow(tx);
    await endPasses(tx, { volunteer: id, at, by: scope.actorId });
    const secret = randomBytes(32).toString('base64url');
    await tx
      .insert(volunteer_pass)
      .values({ hash: hashOf(secret), volunteer_id: id, issued_at: at, issued_by: scope.actorId });
    await appendChanges(tx, [{ kind: 'volunteer', id, op: 'put', version, path }]);
    return { secret };
  });

/** Ends the pass of a volunteer of the caller's teams (停用); without one nothing happens. */
export const endPass = async ({ db }: Connection, scope: Scope, id: string): Promise<void> =>
  db.transaction(async (tx) => {
    const { path, version } = await keptVolunteer(tx, scope, id);
    const wasThere = await endPasses(tx, { volunteer: id, at: await clockNow(tx), by: scope.actorId });
    if (wasThere) await appendChanges(tx, [{ kind: 'volunteer', id, op: 'put', version, path }]);
  });

/** Who shows a secret; an unknown one, an ended one and one of somebody who left get the same `pass_unknown`. */
const holderOf = async (db: Executor, secret: string) => {
  const [found] = await db
    .select({ volunteer, team: volunteer_team })
    .from(volunteer_pass)
    .innerJoin(volunteer, eq(volunteer.id, volunteer_pass.volunteer_id))
    .innerJoin(volunteer_team, eq(volunteer_team.id, volunteer.team_id))
    .where(and(eq(volunteer_pass.hash, hashOf(secret)), isNull(volunteer_pass.ended_at), isNull(volunteer.left_at)));
  if (!found) throw refuse('pass_unknown', 'No pass has this secret.');
  return found;
};

type Turn = typeof volunteer_turn.$inferSelect;

const isOn = (turn: Turn | undefined): turn is Turn => turn !== undefined && turn.withdrawn_at === null;

/** A call as its volunteer is told it; null = it is none of his any more. */
const toOwnCall = (call: typeof volunteer_call.$inferSelect, turns: readonly Turn[], own: string, at: Date) => {
  const turn = turns.find(({ volunteer_id }) => volunteer_id === own);
  const times = { startsAt: call.starts_at, endsAt: call.ends_at, cancelledAt: call.cancelled_at };
  const state = turn ? { withdrawnAt: turn.withdrawn_at, cameAt: turn.came_at, wentAt: turn.went_at } : null;
  const steps = turnStepsAt(state, times, at);
  const isThere = isOn(turn);
  const nFree = Math.max(0, call.n_wanted - turns.filter(isOn).length);
  if (!isThere && steps.length === 0) return null;
  if (isThere && steps.length === 0 && call.ends_at < overBefore(at)) return null;
  const told: OwnCall = {
    ...{ id: call.id, service: call.service_code, title: call.title, address: call.address, nFree },
    ...{ startsAt: call.starts_at.toISOString(), endsAt: call.ends_at.toISOString() },
    ...{ cancelledAt: call.cancelled_at?.toISOString() ?? null, isOn: isThere, version: turn?.version ?? 0 },
    cameAt: (isThere && turn.came_at?.toISOString()) || null,
    wentAt: (isThere && turn.went_at?.toISOString()) || null,
    steps: steps.filter((step) => step !== 'signUp' || nFree > 0),
  };
  return told;
};

type Holder = Awaited<ReturnType<typeof holderOf>>;

const tell = async (db: Executor, { volunteer: own, team }: Holder): Promise<PassTold> => {
  const at = await clockNow(db);
  const turns = await db.select().from(volunteer_turn).where(eq(volunteer_turn.volunteer_id, own.id));
  const unfinished = turns.filter((turn) => isOn(turn) && turn.came_at && !turn.went_at);
  const calls = await db
    .select()
    .from(volunteer_call)
    .where(
      and(
        touches(volunteer_call.path, team),
        or(
          gte(volunteer_call.ends_at, overBefore(at)),
          inArray(
            volunteer_call.id,
            unfinished.map(({ call_id }) => call_id),
          ),
        ),
      ),
    )
    .orderBy(asc(volunteer_call.starts_at), volunteer_call.id)
    .limit(mostListed);
  const ids = calls.map(({ id }) => id);
  const others = await db.select().from(volunteer_turn).where(inArray(volunteer_turn.call_id, ids));
  const open = await opener('volunteer');
  const since = at.getTime() - countedDays * 86_400_000;
  return {
    ...{ name: maskName(open(own.id, own.sealed)), team: team.name, teamEn: team.name_en },
    hours: sumHours(
      turns.filter(({ went_at }) => went_at !== null && went_at.getTime() > since),
      at,
    ),
    calls: calls.flatMap(
      (call) =>
        toOwnCall(
          call,
          others.filter(({ call_id }) => call_id === call.id),
          own.id,
          at,
        ) ?? [],
    ),
  };
};

/** What the holder of a pass is told: himself, masked, and the calls around his team that are open or that he is on. */
export const readPass = async ({ db }: Connection, secret: string): Promise<PassTold> =>
  tell(db, await holderOf(db, secret));

/** Records a step the holder of a pass takes himself: by the rules of the desk, and from the version he saw. */
export const movePass = async ({ db }: Connection, { secret, ...move }: PassMove): Promise<PassTold> =>
  db.transaction(async (tx) => {
    const holder = await holderOf(tx, secret);
    const { path } = holder.team;
    const step = { ...move, volunteer: holder.volunteer.id, actorId };
    await recordStep(tx, step, (near) => near.startsWith(path) || path.startsWith(near));
    return tell(tx, holder);
  });

/** What a volunteer may do changes with the clock, too: how long an answer may stand, ms. */
const standsMs = 60_000;

const concerns = (item: LiveItem, own: string, { calls }: PassTold): boolean => {
  if (item.kind === 'refetch' || item.kind === 'summons') return true;
  if (item.kind === 'volunteer') return item.id === own;
  return item.kind === 'turn' && (item.id.endsWith(`-${own}`) || calls.some(({ id }) => item.id.startsWith(id)));
};

/**
 * What the holder of a pass is told, anew whenever it is another, from `told` on; null = it is still the same. Fails with
 * `pass_unknown` once the pass has ended.
 */
export async function* followPass(
  connection: Connection,
  { secret, told }: { secret: string; told: PassTold },
  signal: AbortSignal,
): AsyncGenerator<PassTold | null, void> {
  const { volunteer: own } = await holderOf(connection.db, secret);
  let last = told;
  let readAt = 0;
  // The feed of all, of which nothing is handed on: it says when to read again what is his.
  for await (const batch of feedOf(connection).batches(await systemScope(connection), null, signal)) {
    const isDue = Date.now() - readAt > standsMs || batch.some((item) => concerns(item, own.id, last));
    const next = isDue ? await readPass(connection, secret) : last;
    if (isDue) readAt = Date.now();
    const isSame = JSON.stringify(next) === JSON.stringify(last);
    last = next;
    yield isSame ? null : next;
  }
}
