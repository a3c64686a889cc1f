import { and, desc, eq, inArray, isNull, like, sql } from 'drizzle-orm';
import type { EventLevel } from '@/data/model/event';
import {
  type NoticeChannel,
  type NoticeKind,
  type NoticeRow,
  noticeChannels,
  type QuietHours,
} from '@/data/model/notice';
import type { Scope } from '@/data/model/scope';
import { badgeOf } from '../access/rules';
import type { Connection, Executor } from '../db/client';
import { readInstallation, wordsIn } from '../dictionary/store';
import { pathOf } from '../division/locate';
import { putJobs } from '../job/store';
import { appendChanges } from '../live/append';
import { localMinute } from '../metric/period';
import { outAt, quietOf, toldPost } from './rules';
import { notice, notice_push, notice_quiet } from './table';

export { changeQuiet, quietHistory, withdrawQuiet } from './quiet';
export { pushKey, subscribePush, unsubscribePush } from './web-push';

export const deliverKind = 'notice.deliver';
export const unreadKind = 'notice.unread';

/** What posts are told, and for what cause; the same cause is told a post once a channel. */
export type Told = {
  cause: string;
  kind: NoticeKind;
  event: {
    id: string;
    number: string;
    category: string;
    level: EventLevel;
    subdistrict: string | null;
    community: string | null;
    grid: string | null;
  };
  posts: readonly string[];
  channels: readonly string[];
  /** Minutes until the post above is told, if it stays unread; null = it may. */
  unreadMinutes: number | null;
  detail: Record<string, string>;
  now: Date;
};

/** Quiet hours of each channel, where a post has chosen none of its own. */
const channelQuiet = async (tx: Executor): Promise<Map<string, QuietHours | null>> =>
  new Map((await wordsIn(tx, 'notice-channel')).map(({ code, attrs }) => [code, quietOf(attrs)]));

const postQuiet = async (tx: Executor, posts: readonly string[]): Promise<Map<string, QuietHours>> => {
  const rows = await tx
    .select({ post: notice_quiet.post, fromMinute: notice_quiet.from_minute, toMinute: notice_quiet.to_minute })
    .from(notice_quiet)
    .where(inArray(notice_quiet.post, [...posts]));
  return new Map(rows.map(({ post, ...quiet }) => [post, quiet]));
};

/** Posts of which a browser takes web push: what they are told inside goes there, too. */
const pushedPosts = async (tx: Executor, posts: readonly string[]): Promise<Set<string>> => {
  const rows = await tx
    .selectDistinct({ post: notice_push.post })
    .from(notice_push)
    .where(inArray(notice_push.post, [...posts]));
  return new Set(rows.map(({ post }) => post));
};

const rowsOf = async (tx: Executor, { posts, channels, event, now, ...told }: Told) => {
  const [byChannel, byPost] = [await channelQuiet(tx), await postQuiet(tx, posts)];
  const minute = localMinute(now, (await readInstallation(tx)).timeZone);
  const pushed = await pushedPosts(tx, posts);
  const isAsked = (channel: NoticeChannel, post: string) =>
    channels.includes(channel) || (channel === 'push' && pushed.has(post) && channels.includes('app'));
  return [...new Set(posts)].flatMap((post) =>
    noticeChannels
      .filter((channel) => isAsked(channel, post))
      .map((channel) => {
        const isInside = channel === 'app';
        const quiet = isInside ? null : (byPost.get(post) ?? byChannel.get(channel) ?? null);
        return {
          ...{ cause: told.cause, kind: told.kind, post, channel, event_id: event.id, number: event.number },
          ...{ category_code: event.category, level: event.level, detail: told.detail, created_at: now },
          due_at: outAt(quiet, event.level, now, minute),
          ...(isInside ? { state: 'sent' as const, sent_at: now } : { state: 'waiting' as const }),
        };
      }),
  );
};

/**
 * Tells posts of something inside the transaction that made it happen: a row a post and channel, told before or not at
 * all. What leaves the house follows by the queue.
 */
export const tell = async (tx: Executor, told: Told): Promise<void> => {
  const rows = told.posts.length > 0 ? await rowsOf(tx, told) : [];
  if (rows.length === 0) return;
  const written = await tx
    .insert(notice)
    .values(rows)
    .onConflictDoNothing()
    .returning({ id: notice.id, channel: notice.channel, dueAt: notice.due_at });
  const unreadAt = told.unreadMinutes === null ? null : new Date(told.now.getTime() + told.unreadMinutes * 60_000);
  await putJobs(
    tx,
    written.flatMap(({ id, channel, dueAt }) => {
      const subject = `notice:${id}`;
      if (channel !== 'app') return [{ kind: deliverKind, key: String(id), subject, dueAt }];
      return unreadAt === null ? [] : [{ kind: unreadKind, key: String(id), subject, dueAt: unreadAt }];
    }),
  );
  const { subdistrict, community, grid } = told.event;
  const place = { subdistrict_code: subdistrict, community_code: community, grid_code: grid };
  const path = (await pathOf(tx, place)) ?? (await readInstallation(tx)).rootPath;
  const shown = written.filter(({ channel }) => channel === 'app');
  await appendChanges(
    tx,
    shown.map(({ id }) => ({ kind: 'notice', id: String(id), op: 'put', version: 1, path })),
  );
};

const mostListed = 200;

/** What the caller is told: its own post, and a handler his department; null = all departments. */
const ownOf = (scope: Scope, department: string | null) => {
  const post = toldPost(scope, department);
  return and(post === null ? like(notice.post, 'R6:%') : eq(notice.post, post), eq(notice.channel, 'app'));
};

/** Notices the caller is told, the newest first, and how many are unread. */
export const listNotices = async (
  { db }: Connection,
  scope: Scope,
  department: string | null = null,
): Promise<{ rows: NoticeRow[]; unread: number }> => {
  const own = ownOf(scope, department);
  const rows = await db
    .select({
      ...{ id: notice.id, kind: notice.kind, channel: notice.channel, state: notice.state, eventId: notice.event_id },
      ...{ number: notice.number, category: notice.category_code, level: sql<EventLevel>`${notice.level}` },
      ...{ detail: notice.detail, at: notice.created_at, readAt: notice.read_at },
    })
    .from(notice)
    .where(own)
    .orderBy(sql`${notice.read_at} is not null`, desc(notice.created_at), desc(notice.id))
    .limit(mostListed);
  return {
    rows: rows.map((row) => ({ ...row, at: row.at.toISOString(), readAt: row.readAt?.toISOString() ?? null })),
    unread: await db.$count(notice, and(own, isNull(notice.read_at))),
  };
};

/** Marks notices the caller is told as read, all of them for null; others are left alone. */
export const readNotices = async (
  { db }: Connection,
  scope: Scope,
  ids: readonly number[] | null,
  department: string | null = null,
): Promise<void> => {
  await db
    .update(notice)
    .set({ read_at: sql`now()` })
    .where(
      and(
        ...[ownOf(scope, department), isNull(notice.read_at)],
        ids === null ? undefined : inArray(notice.id, [...ids]),
      ),
    );
};

/** How the notices of a case went out, by post and channel (送达情况); of the caller's own cases alone. */
export const deliveriesOf = async ({ db }: Connection, eventId: string) => {
  const { id, kind, post, channel, state, fault, due_at, sent_at, read_at } = notice;
  const rows = await db
    .select({ id, kind, post, channel, state, fault, dueAt: due_at, sentAt: sent_at, readAt: read_at })
    .from(notice)
    .where(eq(notice.event_id, eventId))
    .orderBy(desc(notice.created_at), id)
    .limit(mostListed);
  return rows.map(({ dueAt, sentAt, readAt, ...row }) => ({
    ...row,
    ...{ dueAt: dueAt.toISOString(), sentAt: sentAt?.toISOString() ?? null, readAt: readAt?.toISOString() ?? null },
  }));
};

/** Quiet hours of the caller's own post; equal ends = none. */
export const setQuiet = async ({ db }: Connection, scope: Scope, quiet: QuietHours): Promise<void> => {
  const set = { from_minute: quiet.fromMinute, to_minute: quiet.toMinute, set_at: sql`now()` };
  await db
    .insert(notice_quiet)
    .values({ ...set, post: badgeOf(scope) })
    .onConflictDoUpdate({ target: notice_quiet.post, set });
};
