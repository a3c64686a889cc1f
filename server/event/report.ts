import { randomUUID } from 'node:crypto';
import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { DispatchRule } from '@/data/model/dispatch';
import type { EventLevel, EventReport, EventRow, EventStatus } from '@/data/model/event';
import { refuse } from '@/data/model/intake';
import { Problem } from '@/data/model/problem';
import type { Scope } from '@/data/model/scope';
import type { Connection, Executor } from '../db/client';
import { insertRows } from '../db/insert-rows';
import { numberOf } from '../db/number';
import { building, dwelling, term, unplaced } from '../db/schema';
import { inTerritory } from '../db/scope';
import { inForce, readInstallation } from '../dictionary/store';
import { planRoute, reportRoute } from '../dispatch/route';
import { ruleOf } from '../dispatch/rules';
import { locatorOf, type Place, pathOf } from '../division/locate';
import { attachPhotos } from '../file/store';
import { appendChanges } from '../live/append';
import { superviseNew } from '../supervision/clock';
import { selectImages, toEventRow } from './image';
import {
  applyMove,
  CategoryLimits,
  canReport,
  dueTimes,
  type EventClock,
  happenedBetween,
  openingStatuses,
} from './rules';
import { event, event_transition } from './table';

/**
 * Who acts where it is no post: the public, a sending system, a device, the machine itself. `isHeld`: waits for acceptance whatever its
 * category. `alongside` writes in the transaction of the report, the first time alone.
 */
export type Reporter = {
  actorId: string;
  role: Scope['role'] | 'public' | 'partner' | 'sensor' | 'system';
  isHeld?: boolean;
  alongside?: (tx: Executor, row: { id: string; number: string }) => Promise<void>;
};

/** How far a sender's clock may run ahead. */
const aheadMs = 5 * 60_000;

type Category = { code: string; l1: string; limits: CategoryLimits; rule: DispatchRule; at: Date };

/** Row of the category list valid now, with the clock of the database; events keep what it says of limits and dispatch. */
export const readCategory = async (tx: Executor, code: string): Promise<Category> => {
  const [row] = await tx
    .select({ parent: term.parent, attrs: term.attrs, validFrom: term.valid_from, at: sql<string>`now()` })
    .from(term)
    .where(and(eq(term.list, 'event-category'), eq(term.code, code), inForce()))
    .prepare('category')
    .execute();
  if (!row) throw refuse('category', `Event category ${code} is not in the list.`, { category: code });
  const { parent, attrs, validFrom } = row;
  const rule = ruleOf({ code, attrs, validFrom });
  return { code, l1: parent ?? code, limits: CategoryLimits.parse(attrs), rule, at: new Date(row.at) };
};

const checkSource = async (tx: Executor, code: string): Promise<void> => {
  const [row] = await tx
    .select({ code: term.code })
    .from(term)
    .where(sql`${term.list} = 'event-source' and ${term.code} = ${code}`)
    .prepare('source')
    .execute();
  if (!row) throw new Problem('invalid', `Event source ${code} is not in the list.`, { source: code });
};

/** Whether a building stands where a position fell, by its deepest known level; an unplaced one agrees with any. */
const isAt = (home: Pick<Place, 'subdistrict' | 'community' | 'grid'>, place: Place): boolean =>
  home.grid !== null
    ? home.grid === place.grid
    : home.community !== null
      ? home.community === place.community
      : home.subdistrict === null || home.subdistrict === place.subdistrict;

/** Address of the case; the building it names must lie in the caller's territory and where the position is. */
const readAddress = async (tx: Executor, scope: Scope, report: EventReport, place: Place): Promise<string> => {
  const { buildingCode, dwellingCode } = report;
  if (buildingCode === null && dwellingCode === null) return report.address;
  const [home] = await tx
    .select({
      address: building.address,
      room: dwelling.code,
      subdistrict: building.subdistrict_code,
      community: building.community_code,
      grid: building.grid_code,
    })
    .from(building)
    .leftJoin(dwelling, sql`${dwelling.building_code} = ${building.code} and ${dwelling.code} = ${dwellingCode}`)
    .where(
      and(eq(building.code, buildingCode ?? dwellingCode?.slice(0, 19) ?? ''), await inTerritory(tx, scope, building)),
    );
  if (!home) throw new Problem('invalid', `No building ${buildingCode ?? dwellingCode} in your territory.`);
  if (dwellingCode !== null && home.room === null) throw new Problem('invalid', `No dwelling ${dwellingCode} in it.`);
  if (!isAt(home, place))
    throw new Problem(
      'invalid',
      `Building ${buildingCode ?? dwellingCode} does not stand in the grid of the position.`,
    );
  return report.address === '' ? home.address : report.address;
};

/** Statuses a new event goes through at once, as a clock and as transitions. */
const runOpening = (at: Date, statuses: EventStatus[], handleDueAt: Date | null) => {
  const start: EventClock = {
    status: 'S10',
    status_at: at,
    accepted_at: null,
    registered_at: null,
    dispatched_at: null,
    signed_at: null,
    handled_at: null,
    closed_at: null,
    evaluated_at: null,
    handle_due_at: handleDueAt,
    n_rework: 0,
    n_return: 0,
    n_extension: 0,
    n_whistle: 0,
    is_self_handled: false,
    paused_minutes: 0,
  };
  return statuses.slice(1).reduce((clock, to) => applyMove(clock, to, at), start);
};

const openingSteps = (by: Reporter, id: string, at: Date, steps: EventStatus[], to: string) =>
  steps.map((status, i) => ({
    event_id: id,
    seq: i + 1,
    from_status: steps[i - 1] ?? null,
    to_status: status,
    at,
    actor_id: i === 0 ? by.actorId : 'system',
    actor_role: i === 0 ? by.role : 'system',
    department_code: status === 'S31' ? to : null,
  }));

/** The image of an event that was made just now, without asking for it. */
const imageOf = (row: typeof event.$inferInsert & EventClock): EventRow =>
  toEventRow({
    ...{ id: row.id, version: 1, number: row.number, title: row.title, address: row.address ?? '' },
    ...{ category_code: row.category_code, category_l1: row.category_l1, level: row.level as EventLevel },
    ...{ source_code: row.source_code, status: row.status, building_code: row.building_code ?? null },
    ...{ department_code: row.department_code ?? null, lng: row.lng ?? null, lat: row.lat ?? null },
    ...{ subdistrict_code: row.subdistrict_code ?? null, community_code: row.community_code ?? null },
    ...{ grid_code: row.grid_code ?? null, block_code: row.block_code ?? null },
    reported_at: row.reported_at.toISOString(),
    handle_due_at: row.handle_due_at?.toISOString() ?? null,
    closed_at: row.closed_at?.toISOString() ?? null,
    status_at: row.status_at.toISOString(),
    paused_minutes: row.paused_minutes,
  });

const findRepeated = async (tx: Executor, scope: Scope, clientKey: string): Promise<EventRow | null> => {
  const where: SQL = sql`e.client_key = ${clientKey}`;
  const [record] = await selectImages(tx, { where, hasWall: false });
  if (!record) return null;
  if (!(await pathOf(tx, record))?.startsWith(scope.path))
    throw refuse('key_used', 'This clientKey was used by another reporter.');
  return toEventRow(record);
};

const insertEvent = async (
  tx: Executor,
  scope: Scope,
  report: EventReport,
  context: { place: Place; timeZone: string; by: Reporter },
): Promise<EventRow> => {
  const { place, by } = context;
  // Sent together, answered in order: one way to the database and back, not four.
  const [{ code, l1, limits, rule, at: now }, , address] = await Promise.all([
    readCategory(tx, report.category),
    checkSource(tx, report.source),
    readAddress(tx, scope, report, place),
  ]);
  if (Date.parse(report.happenedAt ?? '') > now.getTime() + aheadMs)
    throw refuse('future_time', `${report.happenedAt} lies in the future.`);
  const at = happenedBetween(new Date(0), now, report.happenedAt);
  const due = dueTimes(limits, at);
  const isHeld = by.isHeld ?? false;
  const planned = await planRoute(tx, { rule, isHeld }, { grid: place.grid, position: report.position });
  const { isSent, department, worker } = planned.decision;
  const statuses = openingStatuses(isSent);
  const clock = runOpening(at, statuses, due.handleDueAt);
  const id = randomUUID();
  const number = numberOf(id, at, context.timeZone);
  const row = {
    ...clock,
    id,
    number,
    title: report.title,
    description: report.description,
    category_code: code,
    category_l1: l1,
    level: limits.level,
    source_code: report.source,
    address,
    building_code: report.buildingCode ?? report.dwellingCode?.slice(0, 19) ?? null,
    dwelling_code: report.dwellingCode,
    department_code: isSent ? department : null,
    worker_id: isSent ? worker : null,
    lng: report.position[0],
    lat: report.position[1],
    subdistrict_code: place.subdistrict,
    community_code: place.community,
    grid_code: place.grid,
    block_code: place.block,
    reported_at: at,
    accept_due_at: due.acceptDueAt,
    is_auto_dispatched: isSent,
    client_key: report.clientKey,
  };
  await Promise.all([
    tx.execute(sql`
      with made as (${insertRows(event, [row])}),
        steps as (${insertRows(event_transition, openingSteps(by, id, at, statuses, department))})
      ${reportRoute(id, at, planned)}`),
    superviseNew(tx, { id, reportedAt: at, dueAt: due.handleDueAt, level: limits.level }),
    place.block === null &&
      tx.insert(unplaced).values({ kind: 'event', record_id: id, reason: 'no_block', listed_at: at }),
    appendChanges(tx, [{ kind: 'event', id, op: 'put', version: 1, path: place.path }]),
  ]);
  await attachPhotos(tx, by.actorId, report.photos, { eventId: id, step: 1 });
  await by.alongside?.(tx, { id, number });
  return imageOf(row);
};

/** The key, or the number, is another event's already. */
const isTaken = (error: unknown): boolean =>
  error instanceof Error && (isTaken(error.cause) || (error as { code?: string }).code === '23505');

/**
 * Reports an event (上报): placed, limits fixed, dispatched when its category is listed; written with its history and
 * change-log line in one transaction. A repeated `clientKey` returns the event of the first time.
 */
export const reportEvent = async (
  connection: Connection,
  scope: Scope,
  report: EventReport,
  by?: Reporter,
): Promise<EventRow> => {
  if (!by && !canReport(scope))
    throw new Problem('not_allowed', `Role ${scope.role} on ${scope.screen} may not report.`);
  const installation = await readInstallation(connection.db);
  const { timeZone } = installation;
  const locate = await locatorOf(connection, installation);
  const place = locate(report.position);
  const [lng, lat] = report.position;
  if (!place)
    throw refuse('outside', `Position ${lng}, ${lat} lies in no grid: pick a place on the map.`, { lng, lat });
  if (!place.path.startsWith(scope.path))
    throw new Problem('not_allowed', `Position ${lng}, ${lat} lies outside your territory.`, { lng, lat });
  const context = { place, timeZone, by: by ?? scope };
  try {
    return await connection.db.transaction((tx) => insertEvent(tx, scope, report, context));
  } catch (error) {
    if (!isTaken(error)) throw error;
    const repeated = await findRepeated(connection.db, scope, report.clientKey);
    if (repeated) return repeated;
    throw new Problem('busy', 'The event number was taken: send the report again.');
  }
};
