import { randomUUID } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import type { EventLevel, EventReport, EventRow, EventStatus } from '@/data/model/event';
import { refuse } from '@/data/model/intake';
import { Problem } from '@/data/model/problem';
import type { Scope } from '@/data/model/scope';
import type { Executor } from '../db/client';
import { insertRows } from '../db/insert-rows';
import { numberOf } from '../db/number';
import { building, dwelling, term, unplaced } from '../db/schema';
import { inTerritory } from '../db/scope';
import { type Planned, planRoutes, reportRoutes } from '../dispatch/route';
import type { Place } from '../division/locate';
import { attachPhotos } from '../file/store';
import { appendChanges } from '../live/append';
import { superviseNew } from '../supervision/clock';
import { type Category, categoryIn, readCategories } from './category';
import { toEventRow } from './image';
import { applyMove, dueTimes, type EventClock, happenedBetween, openingStatuses } from './rules';
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

/** A report whose place is known, as it is written. */
export type PlacedReport = { scope: Scope; report: EventReport; place: Place; timeZone: string; by: Reporter };

const checkSources = async (tx: Executor, codes: readonly string[]): Promise<void> => {
  const rows = await tx
    .selectDistinct({ code: term.code })
    .from(term)
    .where(
      sql`${term.list} = 'event-source'
        and ${term.code} in (select jsonb_array_elements_text(${JSON.stringify(codes)}::text::jsonb))`,
    );
  const known = new Set(rows.map(({ code }) => code));
  for (const code of codes)
    if (!known.has(code)) throw new Problem('invalid', `Event source ${code} is not in the list.`, { source: code });
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

/** What is known of a report before it is routed. */
type Known = PlacedReport & { category: Category; address: string; at: Date; isHeld: boolean };

const readKnown = async (tx: Executor, reports: readonly PlacedReport[]): Promise<Known[]> => {
  // Sent together, answered in order: one way to the database and back for all of them.
  const [categories, , addresses] = await Promise.all([
    readCategories(
      tx,
      reports.map(({ report }) => report.category),
    ),
    checkSources(
      tx,
      reports.map(({ report }) => report.source),
    ),
    Promise.all(reports.map(({ scope, report, place }) => readAddress(tx, scope, report, place))),
  ]);
  return reports.map((one, i) => {
    const category = categoryIn(categories, one.report.category);
    const { happenedAt } = one.report;
    if (Date.parse(happenedAt ?? '') > category.at.getTime() + aheadMs)
      throw refuse('future_time', `${happenedAt} lies in the future.`);
    const at = happenedBetween(new Date(0), category.at, happenedAt);
    return { ...one, category, address: addresses[i] ?? '', at, isHeld: one.by.isHeld ?? false };
  });
};

/** Rows of a new event: itself and the moves it made at once. */
const rowsOf = (
  { report, place, timeZone, by, category, address, at }: Known,
  { decision: { isSent, department, worker } }: Planned,
) => {
  const id = randomUUID();
  const { acceptDueAt, handleDueAt } = dueTimes(category.limits, at);
  const statuses = openingStatuses(isSent);
  const row = {
    ...runOpening(at, statuses, handleDueAt),
    ...{ id, number: numberOf(id, at, timeZone), title: report.title, description: report.description },
    ...{ category_code: category.code, category_l1: category.l1, level: category.limits.level },
    ...{ source_code: report.source, address, dwelling_code: report.dwellingCode },
    building_code: report.buildingCode ?? report.dwellingCode?.slice(0, 19) ?? null,
    department_code: isSent ? department : null,
    worker_id: isSent ? worker : null,
    ...{ lng: report.position[0], lat: report.position[1], subdistrict_code: place.subdistrict },
    ...{ community_code: place.community, grid_code: place.grid, block_code: place.block },
    ...{ reported_at: at, accept_due_at: acceptDueAt, is_auto_dispatched: isSent, client_key: report.clientKey },
  };
  return { row, steps: openingSteps(by, id, at, statuses, department) };
};

/**
 * Writes reports one after another in one transaction: placed, limits fixed, dispatched when their category is listed,
 * each with its history and change-log line; as many statements for many as for one.
 */
export const writeReports = async (tx: Executor, reports: readonly PlacedReport[]): Promise<EventRow[]> => {
  const known = await readKnown(tx, reports);
  const planned = await planRoutes(
    tx,
    known.map(({ category: { rule }, isHeld, place, report }) => ({
      ...{ rule, isHeld, place: { grid: place.grid, position: report.position } },
    })),
  );
  const made = known.flatMap((one, i) => {
    const route = planned[i];
    return route ? [{ ...one, ...rowsOf(one, route), route }] : [];
  });
  const routes = made.map(({ row, at, route }) => ({ eventId: row.id, at, planned: route }));
  const homeless = made.filter(({ place }) => place.block === null);
  await Promise.all([
    tx.execute(sql`
      with made as (${insertRows(
        event,
        made.map(({ row }) => row),
      )}),
        steps as (${insertRows(
          event_transition,
          made.flatMap(({ steps }) => steps),
        )})
      ${reportRoutes(routes)}`),
    superviseNew(
      tx,
      made.map(({ row, at, category }) => ({
        ...{ id: row.id, reportedAt: at, dueAt: row.handle_due_at, level: category.limits.level },
      })),
    ),
    homeless.length > 0 &&
      tx.execute(
        insertRows(
          unplaced,
          homeless.map(({ row, at }) => ({ kind: 'event', record_id: row.id, reason: 'no_block', listed_at: at })),
        ),
      ),
    appendChanges(
      tx,
      made.map(({ row, place }) => ({ kind: 'event', id: row.id, op: 'put', version: 1, path: place.path })),
    ),
  ]);
  for (const { row, by, report } of made) {
    await attachPhotos(tx, by.actorId, report.photos, { eventId: row.id, step: 1 });
    await by.alongside?.(tx, { id: row.id, number: row.number });
  }
  return made.map(({ row }) => imageOf(row));
};
