import { inArray, sql } from 'drizzle-orm';
import { type Candidate, Shift } from '@/data/model/dispatch';
import type { LngLat } from '@/data/model/geo';
import { positionFreshMinutes } from '@/data/model/workforce';
import type { Executor } from '../db/client';
import { worker } from '../db/schema';
import { tally } from '../metric/tally';

/** Where an event is, as far as it is known. */
export type RoutePlace = { grid: string | null; position: LngLat | null };

/** Candidates besides those whose grid covers the place: the nearest, so that a person sees who else there is. */
const nBeside = 3;
/** Rows read of a line: those that cover the place, then the nearest. */
const readLimit = 8;
/** Days back of which it is asked how a category was handled. */
const recordDays = 90;

const metresPerDegree = 111_195;

/** Straight way in metres. */
export const metresBetween = ([lngA, latA]: LngLat, [lngB, latB]: LngLat): number =>
  Math.round(
    metresPerDegree * Math.hypot(latA - latB, (lngA - lngB) * Math.cos((((latA + latB) / 2) * Math.PI) / 180)),
  );

type Read = {
  worker: string;
  grid: string;
  covers: boolean;
  shift: string;
  load: number;
  lng: number | null;
  lat: number | null;
  handled: number | null;
  on_time: number | null;
};

/** A candidate with the place he was seen at, or is at home. */
export type Placed = Candidate & { at: LngLat | null };

const shiftNow = sql`
  left join lateral (
    select true as is_due, signed_in_at from duty
    where worker_id = l.worker_id and starts_at <= now() and ends_at > now() and (signed_out_at is null or signed_out_at > now())
    order by signed_in_at nulls last limit 1
  ) d on true`;

const seenNow = sql`
  left join lateral (
    select lng, lat from worker_position
    where worker_id = l.worker_id and at > now() - make_interval(mins => ${positionFreshMinutes}) and at <= now()
    order by at desc limit 1
  ) p on true`;

/** Events sent to a worker and not handled yet. */
const loadNow = sql<number>`(select ${tally} from event e where e.worker_id = l.worker_id
  and e.status in ('S31', 'S40', 'S41', 'S42', 'S43', 'S60'))`;

/** How often, of a category in the last days, a worker handled one; or handled one in time. */
const recordOf = (category: string, isOnTime: boolean) => sql<number>`
  (select ${tally} from event e where e.worker_id = l.worker_id and e.category_code = ${category}
    and e.reported_at > now() - make_interval(days => ${recordDays}) and e.handled_at is not null
    ${isOnTime ? sql`and e.handled_at <= e.handle_due_at` : sql``})`;

/** Workers of a department's line, with those nearest to the place first after those whose grid covers it. */
const lineOf = (department: string, { grid, position }: RoutePlace) => {
  const [lng, lat] = position ?? [null, null];
  return sql`
    select g.worker_id, g.code, m.grid_code is not null as covers, h.lng, h.lat
    from specialised_grid g
    join worker w on w.id = g.worker_id
    left join specialised_grid_member m on m.specialised_grid_code = g.code and m.grid_code = ${grid}
    left join division h on h.code = coalesce(w.grid_code, w.community_code, w.subdistrict_code)
    where g.department_code = ${department}
    order by covers desc, abs(h.lng - ${lng}::float8) + abs(h.lat - ${lat}::float8) nulls last, g.worker_id
    limit ${readLimit}`;
};

const toCandidate = (row: Read, position: LngLat | null): Placed => {
  const at: LngLat | null = row.lng === null || row.lat === null ? null : [row.lng, row.lat];
  return {
    worker: row.worker,
    grid: row.grid,
    covers: row.covers,
    shift: Shift.parse(row.shift),
    load: row.load,
    metres: at && position ? metresBetween(at, position) : null,
    ...(row.handled === null ? {} : { nHandled: row.handled, nOnTime: row.on_time ?? 0 }),
    at,
  };
};

const isNear = (a: Candidate, b: Candidate): number =>
  Number(b.shift === 'on') - Number(a.shift === 'on') || (a.metres ?? Infinity) - (b.metres ?? Infinity);

/**
 * Workers of the department's line as they stand now, in one query by keys: all whose specialised grid covers the place,
 * and the nearest others. With `category` also how they handled it lately.
 */
export const readCandidates = async (
  db: Executor,
  department: string,
  place: RoutePlace,
  category?: string,
): Promise<Placed[]> => {
  if (department === '') return [];
  const record = category
    ? { handled: recordOf(category, false), on_time: recordOf(category, true) }
    : { handled: sql<null>`null`, on_time: sql<null>`null` };
  const line = lineOf(department, place);
  // Prepared, as planning it takes longer than running it.
  const rows = await db
    .select({
      worker: sql<string>`l.worker_id`,
      grid: sql<string>`l.code`,
      covers: sql<boolean>`l.covers`,
      shift: sql<string>`case when d.signed_in_at <= now() then 'on' when d.is_due then 'absent' else 'off' end`,
      load: loadNow,
      lng: sql<number | null>`coalesce(p.lng, l.lng)`,
      lat: sql<number | null>`coalesce(p.lat, l.lat)`,
      ...record,
    })
    .from(sql`(${line}) l ${shiftNow} ${seenNow}`)
    .prepare(category ? 'candidates_record' : 'candidates')
    .execute();
  const all = [...rows].map((row) => toCandidate(row, place.position));
  const covering = all.filter(({ covers }) => covers).toSorted((a, b) => (a.worker < b.worker ? -1 : 1));
  return [
    ...covering,
    ...all
      .filter(({ covers }) => !covers)
      .toSorted(isNear)
      .slice(0, nBeside),
  ];
};

/** Holds workers until the transaction ends, always in the same order: routes to one of them follow one another. */
export const lockWorkers = async (tx: Executor, ids: readonly string[]): Promise<void> => {
  await tx
    .select({ id: worker.id })
    .from(worker)
    .where(inArray(worker.id, [...ids]))
    .orderBy(worker.id)
    .for('update');
};

/** A candidate as it is kept: without where he is. */
export const withoutPlace = ({ at: _, ...candidate }: Placed): Candidate => candidate;
