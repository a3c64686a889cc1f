import { sql } from 'drizzle-orm';
import type { EventRow, EventStatus } from '@/data/model/event';
import type { Connection } from '../db/client';
import { beyondScope } from '../db/scoped';
import { type LogNews, readNews } from '../live/window';
import { type ImageRecord, selectById } from './image';
import { inLots } from './lots';

/** Rows a list shows at most; longer ones are cut. */
export const mostListed = 100;

/** Rows the lists of a process hold together; those asked for longest ago go first. */
const mostKept = 100_000;
/** Changes between two questions that lists are followed by; after more they are read anew. */
const mostFollowed = 2_000;

/** A case that waits for its caller, and what he may do with it. */
export type Task = EventRow & { moves: EventStatus[] };

/**
 * A list in the order of `listOrder`: what belongs to it, how it is read and told. `key` tells lists of one database apart;
 * `path`: all of it lies below.
 */
export type Listing = {
  key: string;
  path: string;
  holds: (record: ImageRecord) => boolean;
  read: () => Promise<ImageRecord[]>;
  tell: (record: ImageRecord) => Task;
};

/** The gravest and soonest due first. */
export const listOrder = sql`e.level, e.handle_due_at nulls last, e.reported_at desc, e.id collate "C"`;

/** Instants are compared as PostgreSQL writes them, all in one time zone: they hold more than a `Date` does. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** `listOrder` of two records. */
const inOrder = (a: ImageRecord, b: ImageRecord): number =>
  a.level - b.level ||
  (a.handle_due_at === null ? 1 : 0) - (b.handle_due_at === null ? 1 : 0) ||
  compare(a.handle_due_at ?? '', b.handle_due_at ?? '') ||
  compare(b.reported_at, a.reported_at) ||
  compare(a.id, b.id);

/** `told` = the rows as they were told last, null once they have changed. */
type Kept = Listing & { records: ImageRecord[]; ids: Set<string>; isCut: boolean; told: readonly Task[] | null };

const keep = (listing: Listing, records: ImageRecord[]): Kept => ({
  ...{ ...listing, records, ids: new Set(records.map(({ id }) => id)) },
  ...{ isCut: records.length >= mostListed, told: null },
});

const tell = (list: Kept): readonly Task[] => {
  list.told ??= list.records.map(list.tell);
  return list.told;
};

/**
 * Puts what an event has become (undefined = gone) into a list, or takes it out. False: what follows the last row of a list
 * that is cut has to be asked for.
 */
const follow = (list: Kept, id: string, record: ImageRecord | undefined): boolean => {
  const { records, ids } = list;
  const had = ids.delete(id);
  const own = record && list.holds(record) ? record : null;
  if (had || own) list.told = null;
  if (had)
    records.splice(
      records.findIndex((one) => one.id === id),
      1,
    );
  if (!own) return !(had && list.isCut);
  const at = records.findIndex((one) => inOrder(own, one) < 0);
  if (at < 0 && list.isCut) return !had;
  records.splice(at < 0 ? records.length : at, 0, own);
  ids.add(id);
  if (records.length > mostListed) {
    ids.delete(records.pop()?.id ?? '');
    list.isCut = true;
  }
  return true;
};

/** Whether a line may be about a row that belongs to a list, or did. */
const touches = ({ id, path }: LogNews['lines'][number], list: Kept): boolean =>
  list.ids.has(id) || path === null || path.startsWith(list.path);

/** Kinds of lines after which every list is read anew: what they say is said of many rows at once. */
const bulk = ['reload', 'batch'];

const makeBoard = (owner: Connection) => {
  const lists = new Map<string, Kept>();
  let news: LogNews | null = null;

  /** Brings the lists to where the database is. */
  const catchUp = async (): Promise<void> => {
    const now = await readNews(owner.sql, news, mostFollowed);
    if (now.isCut || now.lines.some(({ kind }) => bulk.includes(kind))) lists.clear();
    const all = [...lists.values()];
    const lines = now.lines.filter((line) => line.kind === 'event' && all.some((list) => touches(line, list)));
    const ids = new Set(lines.map(({ id }) => id));
    const records = await selectById(owner.db, [...ids], false);
    const images = new Map(records.map((record) => [record.id, record]));
    for (const id of ids) for (const [key, list] of lists) if (!follow(list, id, images.get(id))) lists.delete(key);
    news = now;
  };

  const take = async (listing: Listing): Promise<Kept> => {
    const kept = lists.get(listing.key) ?? keep(listing, await listing.read());
    lists.delete(listing.key);
    lists.set(listing.key, kept);
    return kept;
  };

  const forget = (): void => {
    let n = 0;
    for (const [key, { records }] of [...lists].reverse()) {
      n += records.length;
      if (n > mostKept) lists.delete(key);
    }
  };

  /** One after the other: a list that is read while another question follows the log would miss what that one was told. */
  return inLots<Listing, readonly Task[]>({
    ...{ most: Number.POSITIVE_INFINITY, atOnce: 1 },
    write: async (asked) => {
      await catchUp();
      const each = new Map(asked.map((listing) => [listing.key, listing]));
      const found = await Promise.all([...each.values()].map(async (one) => [one.key, tell(await take(one))] as const));
      const told = new Map(found);
      forget();
      return asked.map(({ key }) => told.get(key) ?? []);
    },
  });
};

const boards = new WeakMap<Connection['sql'], ReturnType<typeof makeBoard>>();

/**
 * Rows of a list as they are now (挂板): read once by `listing.read` and from then on kept in this process, brought up to
 * date at each question by what the change log says was committed since. Never older than the question: another process may
 * have written it, a transaction may have been open meanwhile. What comes together is asked for together. The log and what
 * it names are read for all askers alike; `holds` cuts it to the one, as `read` is by the connection it was made with.
 */
export const readBoard = (connection: Connection, listing: Listing): Promise<readonly Task[]> => {
  const owner = beyondScope(connection);
  const board = boards.get(owner.sql) ?? makeBoard(owner);
  boards.set(owner.sql, board);
  return board(listing);
};
