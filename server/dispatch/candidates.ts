import { sql } from 'drizzle-orm';
import { type Candidate, Shift } from '@/data/model/dispatch';
import type { LngLat } from '@/data/model/geo';
import { groupBy } from '@/data/model/group';
import { positionFreshMinutes } from '@/data/model/workforce';
import type { Executor } from '../db/client';
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
  n: number;
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
const recordOf = (isOnTime: boolean) => sql<number>`
  (select ${tally} from event e where e.worker_id = l.worker_id and e.category_code = a.category
    and e.reported_at > now() - make_interval(days => ${recordDays}) and e.handled_at is not null
    ${isOnTime ? sql`and e.handled_at <= e.handle_due_at` : sql``})`;

/** Workers of a department's line, with those nearest to the place first after those whose grid covers it. */
const lineOfAsk = sql`
  cross join lateral (
    select g.worker_id, g.code, m.grid_code is not null as covers, h.lng, h.lat
    from specialised_grid g
    join worker w on w.id = g.worker_id
    left join specialised_grid_member m on m.specialised_grid_code = g.code and m.grid_code = a.grid
    left join division h on h.code = coalesce(w.grid_code, w.community_code, w.subdistrict_code)
    where g.department_code = a.department
    order by covers desc, abs(h.lng - a.lng) + abs(h.lat - a.lat) nulls last, g.worker_id
    limit ${readLimit}
  ) l`;

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

/** Whose line is asked for, and where; with `category` also how they handled it lately. */
export type LineAsk = { department: string; place: RoutePlace; category?: string };

const arranged = (all: readonly Placed[]): Placed[] => {
  const covering = all.filter(({ covers }) => covers).toSorted((a, b) => (a.worker < b.worker ? -1 : 1));
  return [
    ...covering,
    ...all
      .filter(({ covers }) => !covers)
      .toSorted(isNear)
      .slice(0, nBeside),
  ];
};

/**
 * Workers of the departments' lines as they stand now, in one query by keys for all that is asked: those whose
 * specialised grid covers the place, and the nearest others.
 */
export const readLines = async (db: Executor, asks: readonly LineAsk[]): Promise<Placed[][]> => {
  const lines = asks.map(({ department, place: { grid, position }, category }, n) => ({
    ...{ n, department, grid, lng: position?.[0] ?? null, lat: position?.[1] ?? null, category: category ?? null },
  }));
  const hasRecord = asks.some(({ category }) => category !== undefined);
  const record = hasRecord ? [recordOf(false), recordOf(true)] : [sql`null::int`, sql`null::int`];
  const rows = await db.execute<Read>(sql`
    select a.n, l.worker_id as worker, l.code as grid, l.covers,
      case when d.signed_in_at <= now() then 'on' when d.is_due then 'absent' else 'off' end as shift,
      ${loadNow} as load, coalesce(p.lng, l.lng) as lng, coalesce(p.lat, l.lat) as lat,
      ${record[0]} as handled, ${record[1]} as on_time
    from jsonb_to_recordset(${JSON.stringify(lines)}::text::jsonb)
        as a(n int, department text, grid text, lng float8, lat float8, category text)
      ${lineOfAsk} ${shiftNow} ${seenNow}`);
  const byAsk = groupBy(rows, ({ n }) => n);
  return asks.map(({ place }, n) => arranged((byAsk.get(n) ?? []).map((row) => toCandidate(row, place.position))));
};

/** Holds workers until the transaction ends, always in the same order: routes to one of them follow one another. */
export const lockWorkers = async (tx: Executor, ids: readonly string[]): Promise<void> => {
  await tx.execute(sql`
    select id from worker where id in (select jsonb_array_elements_text(${JSON.stringify(ids)}::text::jsonb))
    order by id for update`);
};

/** A candidate as it is kept: without where he is. */
export const withoutPlace = ({ at: _, ...candidate }: Placed): Candidate => candidate;
