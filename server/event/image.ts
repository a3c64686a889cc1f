import { type SQL, sql } from 'drizzle-orm';
import { type EventRow, type EventStatus, stageOf } from '@/data/model/event';
import { isAggregateOnly, type Scope } from '@/data/model/scope';
import type { Executor } from '../db/client';
import { imageSource, live } from './filter';

/** Row of `selectImages`, as the database returns it. Centre and category words serve walls. */
export type ImageRecord = {
  id: string;
  version: number;
  number: string;
  title: string;
  category_code: string;
  category_l1: string;
  level: EventRow['level'];
  source_code: string;
  status: EventStatus;
  address: string;
  building_code: string | null;
  department_code: string | null;
  lng: number | null;
  lat: number | null;
  subdistrict_code: string | null;
  community_code: string | null;
  grid_code: string | null;
  block_code: string | null;
  reported_at: string;
  handle_due_at: string | null;
  closed_at: string | null;
  status_at: string;
  paused_minutes: number;
  centre_lng?: number | null;
  centre_lat?: number | null;
  category_word?: string | null;
};

const isoOrNull = (value: string | null): string | null => (value === null ? null : new Date(value).toISOString());
const pair = (lng: number | null | undefined, lat: number | null | undefined): [number, number] | null =>
  typeof lng === 'number' && typeof lat === 'number' ? [lng, lat] : null;

/** The full image, for callers who may see where and what exactly. */
export const toEventRow = (record: ImageRecord): EventRow => ({
  id: record.id,
  version: record.version,
  number: record.number,
  title: record.title,
  category: record.category_code,
  categoryL1: record.category_l1,
  level: record.level,
  source: record.source_code,
  status: record.status,
  stage: stageOf[record.status],
  position: pair(record.lng, record.lat),
  address: record.address === '' ? null : record.address,
  subdistrict: record.subdistrict_code,
  community: record.community_code,
  grid: record.grid_code,
  block: record.block_code,
  building: record.building_code,
  department: record.department_code,
  reportedAt: new Date(record.reported_at).toISOString(),
  dueAt: isoOrNull(record.handle_due_at),
  closedAt: isoOrNull(record.closed_at),
  stageAt: new Date(record.status_at).toISOString(),
  pausedMinutes: record.paused_minutes,
});

/** The image for walls and aggregate roles: centre of the block, no address or building, the category for a title. */
export const toWallRow = (record: ImageRecord): EventRow => ({
  ...toEventRow(record),
  title: record.category_word ?? record.category_code,
  position: pair(record.centre_lng, record.centre_lat),
  address: null,
  building: null,
});

/** The image this caller may see. */
export const rowFor = (scope: Pick<Scope, 'screen' | 'role'>): ((record: ImageRecord) => EventRow) =>
  isAggregateOnly(scope) ? toWallRow : toEventRow;

const wallColumns = sql`,
  coalesce(b.lng, g.lng, c.lng) as centre_lng, coalesce(b.lat, g.lat, c.lat) as centre_lat,
  (select case when s.value ->> 'locale' = 'en' then w.en else w.zh end
    from term w left join setting s on s.key = 'installation'
    where w.list = 'event-category' and w.code = e.category_code
    order by w.valid_from desc limit 1) as category_word`;

const wallJoins = sql`
  left join block b on b.code = e.block_code
  left join division g on g.code = e.grid_code
  left join division c on c.code = e.community_code`;

const imageColumns = sql.raw(
  [
    'id, version, number, title, category_code, category_l1, level, source_code, status, address, building_code',
    'department_code, lng, lat, subdistrict_code, community_code, grid_code, block_code, reported_at, handle_due_at',
    'closed_at, status_at, paused_minutes',
  ]
    .join(', ')
    .split(', ')
    .map((column) => `e.${column}`)
    .join(', '),
);

type Selection = { where: SQL; order?: SQL; limit?: number; offset?: number; source?: SQL; hasWall: boolean };

/** Images of events, newest or (by `source`) as of an instant; `hasWall` adds what walls are shown instead. */
export const selectImages = async (db: Executor, selection: Selection): Promise<ImageRecord[]> => {
  const { where, limit, offset = 0, source = imageSource(live), hasWall } = selection;
  const order = selection.order ? sql`order by ${selection.order}` : sql``;
  const records = await db.execute<ImageRecord>(sql`
    select ${imageColumns} ${hasWall ? wallColumns : sql``}
    from (select ${imageColumns} from ${source} where ${where} ${order} limit ${limit ?? null} offset ${offset}) e
      ${hasWall ? wallJoins : sql``}
    ${order}`);
  return [...records];
};

/** Newest images of events by id. The limit says how many, so that what is joined to a few is looked up and not read through. */
export const selectById = async (db: Executor, ids: readonly string[], hasWall: boolean): Promise<ImageRecord[]> => {
  if (ids.length === 0) return [];
  const listed = sql`select jsonb_array_elements_text(${JSON.stringify(ids)}::text::jsonb) limit ${ids.length}`;
  return selectImages(db, { where: sql`e.id in (${listed})`, hasWall });
};
