import type { LngLat } from '@/data/model/geo';
import type { Connection, Sql } from '../db/client';
import { isBulk } from '../live/item';
import { currentXmin, readWindow } from '../live/window';
import { joinLines, type Lines, linesWith } from './lines';

/** Newest events of the installation that are looked through for words; older ones are found by their whole number. */
const most = 200_000;
/** Lines of the change log beyond which reading all anew is quicker than following. */
const maxLines = 5_000;
const batch = 5_000;

/** Event as a search reads it. `path` of its deepest division; null = not placed. */
export type RecentEvent = {
  id: string;
  number: string;
  title: string;
  path: string | null;
  reportedAt: number;
  position: LngLat | null;
};

/** The newest events, the newest first, and those of them that changed since, which stand for themselves. */
export type Recent = { events: RecentEvent[]; titles: Lines; numbers: Lines; fresh: Map<string, RecentEvent> };

type Row = { id: string; number: string; title: string; lng: number | null; lat: number | null } & {
  path: string | null;
  reported_at: string;
};

const select = (sql: Sql, which: ReturnType<Sql>) => sql<Row[]>`
  select e.id, e.number, e.title, e.lng, e.lat, e.reported_at, d.path
  from event e left join division d on d.code = coalesce(e.grid_code, e.community_code, e.subdistrict_code) ${which}`;

const toEvent = ({ lng, lat, reported_at, ...row }: Row): RecentEvent => ({
  ...row,
  reportedAt: Date.parse(reported_at),
  position: lng === null || lat === null ? null : [lng, lat],
});

/** Events of a number, however old. */
export const eventsOfNumber = async ({ sql }: Connection, number: string): Promise<RecentEvent[]> =>
  (await select(sql, sql`where e.number = ${number}`)).map(toEvent);

const byNewest = (a: RecentEvent, b: RecentEvent): number => b.reportedAt - a.reportedAt || (a.id < b.id ? -1 : 1);

const settle = (events: RecentEvent[]): Recent => ({
  events,
  titles: joinLines(events.map(({ title }) => title.toLowerCase())),
  numbers: joinLines(events.map(({ number }) => number.toLowerCase())),
  fresh: new Map(),
});

type State = { watermark: string; recent: Recent };

const load = async (sql: Sql): Promise<State> => {
  const watermark = await currentXmin(sql);
  const events: RecentEvent[] = [];
  const rows = select(sql, sql`order by e.reported_at desc, e.id limit ${most}`);
  for await (const part of rows.cursor(batch)) for (const row of part) events.push(toEvent(row));
  return { watermark, recent: settle(events) };
};

/** Goes on along the change log; an event it names is read again, so one that comes twice does no harm. */
const follow = async (sql: Sql, { watermark, recent }: State, mostFresh: number): Promise<State> => {
  const { lines, upto, isCut } = await readWindow(sql, watermark, { limit: maxLines + 1 });
  if (isCut || lines.length > maxLines || lines.some(isBulk)) return load(sql);
  const ids = [...new Set(lines.flatMap(({ kind, id }) => (kind === 'event' ? [id] : [])))];
  if (ids.length === 0) return { watermark: upto, recent };
  const images = (await select(sql, sql`where e.id in ${sql(ids)}`)).map(toEvent);
  const fresh = new Map([...recent.fresh, ...images.map((event) => [event.id, event] as const)]);
  if (fresh.size <= mostFresh) return { watermark: upto, recent: { ...recent, fresh } };
  const events = [...recent.events.filter(({ id }) => !fresh.has(id)), ...fresh.values()].sort(byNewest);
  return { watermark: upto, recent: settle(events.slice(0, most)) };
};

/**
 * Reads the newest events of the installation; asked for, they are as the change log has them. Once more than
 * `mostFresh` have changed, all are put together anew.
 */
export const recentEvents = ({ sql }: Connection, mostFresh = 1_000): (() => Promise<Recent>) => {
  let state = load(sql);
  state.catch(() => {});
  return async () => {
    state = state.then(
      (known) => follow(sql, known, mostFresh),
      () => load(sql),
    );
    return (await state).recent;
  };
};

/** The newest `limit` events whose title holds the words or whose number begins with them. */
export const eventsWith = (
  { events, titles, numbers, fresh }: Recent,
  words: string,
  isSeen: (event: RecentEvent) => boolean,
  limit: number,
): RecentEvent[] => {
  const text = words.toLowerCase();
  const isMeant = ({ title, number }: RecentEvent) =>
    title.toLowerCase().includes(text) || number.toLowerCase().startsWith(text);
  const found = new Set([...fresh.values()].filter((event) => isMeant(event) && isSeen(event)));
  for (const lines of [linesWith(titles, text), linesWith(numbers, `\n${text}`)]) {
    let left = limit;
    for (const line of lines) {
      const event = events[line];
      if (!event || fresh.has(event.id) || !isSeen(event)) continue;
      found.add(event);
      left -= 1;
      if (left === 0) break;
    }
  }
  return [...found].sort(byNewest).slice(0, limit);
};
