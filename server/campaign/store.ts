import { and, asc, inArray, lte, sql } from 'drizzle-orm';
import { type Campaign, type CampaignDraft, type CampaignMove, stateOn } from '@/data/model/campaign';
import { Problem } from '@/data/model/problem';
import type { Role, Scope } from '@/data/model/scope';
import type { Connection, Executor } from '../db/client';
import { clockNow } from '../db/clock';
import { division } from '../db/schema';
import { checkWord, readInstallation } from '../dictionary/store';
import { localDay } from '../metric/period';
import { campaign, campaign_area, campaign_move } from './table';

type Move = typeof campaign_move.$inferSelect;

const toStep = ({ kind, at, actor_role, ends_on, note }: Move): Campaign['steps'][number] => ({
  ...{ kind, at: at.toISOString(), role: actor_role as Role, endsOn: ends_on, note },
});

/** Campaigns that touch the caller's territory, as they stood at the clock; null = now. */
const readCampaigns = async (db: Executor, scope: Scope, at: Date | null, id: string | null): Promise<Campaign[]> => {
  const clock = at ?? (await clockNow(db));
  const today = localDay(clock, (await readInstallation(db)).timeZone);
  const touched = sql`select campaign_id from campaign_area
    where starts_with(path, ${scope.path}) or starts_with(${scope.path}, path)`;
  const rows = await db
    .select()
    .from(campaign)
    .where(sql`${campaign.id} in (${touched}) ${id === null ? sql`` : sql`and ${campaign.id} = ${id}`}`);
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const areas = await db
    .select()
    .from(campaign_area)
    .where(inArray(campaign_area.campaign_id, ids))
    .orderBy(asc(campaign_area.seq));
  const moves = await db
    .select()
    .from(campaign_move)
    .where(and(inArray(campaign_move.campaign_id, ids), lte(campaign_move.at, clock)))
    .orderBy(asc(campaign_move.seq));
  return rows.flatMap((row) => {
    const steps = moves.filter(({ campaign_id }) => campaign_id === row.id);
    const last = steps.at(-1);
    if (!last) return [];
    const dates = { startsOn: row.starts_on, endsOn: last.ends_on };
    return [
      {
        ...{ id: row.id, version: last.seq, name: row.name, categories: row.categories, goal: row.goal },
        ...{ department: row.department_code, ...dates, steps: steps.map(toStep) },
        areas: areas.flatMap(({ campaign_id, division_code }) => (campaign_id === row.id ? [division_code] : [])),
        state: stateOn({ ...dates, isClosed: last.kind === 'close' }, today),
      },
    ];
  });
};

const order = { running: 0, over: 1, planned: 2, closed: 3 } as const;

/** Running ones first, then those to be closed, those to come, and those closed, the newest first. */
export const listCampaigns = async ({ db }: Connection, scope: Scope, at: Date | null): Promise<Campaign[]> =>
  (await readCampaigns(db, scope, at, null)).sort(
    (a, b) => order[a.state] - order[b.state] || (a.startsOn < b.startsOn ? 1 : -1),
  );

/** One campaign; `not_found` outside the caller's territory. */
export const readCampaign = async (db: Executor, scope: Scope, id: string, at: Date | null): Promise<Campaign> => {
  const [found] = await readCampaigns(db, scope, at, id);
  if (!found) throw new Problem('not_found', `No campaign ${id} in your territory.`, { id });
  return found;
};

/** Paths of divisions, each inside the caller's territory. */
const placesOf = async (db: Executor, scope: Scope, codes: readonly string[]) => {
  const known = await db
    .select()
    .from(division)
    .where(inArray(division.code, [...codes]));
  return [...new Set(codes)].map((code) => {
    const found = known.find((node) => node.code === code);
    if (!found?.path.startsWith(scope.path))
      throw new Problem('not_found', `No division ${code} in your territory.`, { code });
    return { code, path: found.path };
  });
};

/** Opens a campaign, once for an id. */
export const openCampaign = ({ db }: Connection, scope: Scope, draft: CampaignDraft): Promise<Campaign> =>
  db.transaction(async (tx) => {
    const places = await placesOf(tx, scope, draft.areas);
    await checkWord(tx, 'department', draft.department);
    for (const code of draft.categories) await checkWord(tx, 'event-category-l1', code);
    const { id, name, goal, categories } = draft;
    const written = await tx
      .insert(campaign)
      .values({ id, name, goal, categories, department_code: draft.department, starts_on: draft.startsOn })
      .onConflictDoNothing()
      .returning();
    if (written.length > 0) {
      const areas = places.map(({ code, path }, i) => ({ campaign_id: id, seq: i + 1, division_code: code, path }));
      await tx.insert(campaign_area).values(areas);
      const actor = { at: await clockNow(tx), actor_id: scope.actorId, actor_role: scope.role };
      await tx
        .insert(campaign_move)
        .values({ campaign_id: id, seq: 1, kind: 'open', ...actor, ends_on: draft.endsOn, note: goal });
    }
    return readCampaign(tx, scope, id, null);
  });

/** Extends or closes a campaign. `conflict`: somebody moved it since; `invalid`: it is closed, or the day is no later one. */
export const moveCampaign = ({ db }: Connection, scope: Scope, move: CampaignMove): Promise<Campaign> =>
  db.transaction(async (tx) => {
    const before = await readCampaign(tx, scope, move.id, null);
    await placesOf(tx, scope, before.areas);
    if (before.version !== move.version)
      throw new Problem('conflict', `Campaign ${move.id} is at version ${before.version}.`, { id: move.id });
    if (before.state === 'closed') throw new Problem('invalid', `Campaign ${move.id} is closed.`, { id: move.id });
    if (move.kind === 'extend' && (move.endsOn === null || move.endsOn <= before.endsOn))
      throw new Problem('invalid', `endsOn: a day after ${before.endsOn}.`, { field: 'endsOn' });
    const at = await clockNow(tx);
    const today = localDay(at, (await readInstallation(tx)).timeZone);
    const closesOn = today < before.startsOn || today > before.endsOn ? before.endsOn : today;
    const written = await tx
      .insert(campaign_move)
      .values({
        ...{ campaign_id: move.id, seq: move.version + 1, kind: move.kind, note: move.note },
        ...{ at, actor_id: scope.actorId, actor_role: scope.role },
        ends_on: move.kind === 'extend' ? (move.endsOn ?? before.endsOn) : closesOn,
      })
      .onConflictDoNothing()
      .returning();
    if (written.length === 0)
      throw new Problem('conflict', `Campaign ${move.id} was moved meanwhile.`, { id: move.id });
    return readCampaign(tx, scope, move.id, null);
  });
