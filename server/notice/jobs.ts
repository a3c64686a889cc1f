import { and, eq, isNull, sql } from 'drizzle-orm';
import type { EventLevel } from '@/data/model/event';
import type { NoticeFault, OutChannel } from '@/data/model/notice';
import type { Executor } from '../db/client';
import { division, event } from '../db/schema';
import { readInstallation, wordOf } from '../dictionary/store';
import type { JobHandlers } from '../job/worker';
import type { Channel, NoticeMessage } from './channel';
import { postAbove } from './rules';
import { deliverKind, tell, unreadKind } from './store';
import { notice } from './table';

/** Channels out of the house, by name. */
export type Channels = Readonly<Record<OutChannel, Channel>>;

const readNotice = async (db: Executor, key: string) => {
  const [row] = await db
    .select()
    .from(notice)
    .where(eq(notice.id, Number(key)));
  return row;
};

type Row = NonNullable<Awaited<ReturnType<typeof readNotice>>>;

/** Words of a kind in the language of the house; the number of the case says the rest. */
const messageOf = async (db: Executor, row: Row): Promise<NoticeMessage> => {
  const { locale } = await readInstallation(db);
  const word = await wordOf(db, 'notice-kind', row.kind);
  const { id, channel, post, number, level } = row;
  const text = `${word?.[locale] ?? row.kind} ${number}`;
  return { id, channel, post, text, number, level, at: row.created_at.toISOString() };
};

const deliver = (channels: Channels): JobHandlers[string] => {
  /** What this process was told by a channel, until it is written. */
  const faults = new Map<string, NoticeFault>();
  return {
    send: async ({ db }, { key, attempts }) => {
      const row = await readNotice(db, key);
      if (row?.state !== 'waiting' || row.channel === 'app') return;
      const fault = await channels[row.channel].send(await messageOf(db, row), { isRepeat: attempts > 1, db });
      if (fault) faults.set(key, fault);
    },
    effect: async (tx, { key, now }) => {
      const fault = faults.get(key);
      await tx
        .update(notice)
        .set(fault ? { state: 'failed', fault } : { state: 'sent', sent_at: now })
        .where(and(eq(notice.id, Number(key)), eq(notice.state, 'waiting')));
      faults.delete(key);
      return undefined;
    },
    bury: async (tx, { key }) => {
      await tx
        .update(notice)
        .set({ state: 'failed', fault: 'unreachable' })
        .where(eq(notice.id, Number(key)));
    },
  };
};

/** Divisions from the top down to the one a post is of. */
const lineOf = async (tx: Executor, post: string) => {
  const [own] = await tx
    .select({ path: division.path })
    .from(division)
    .where(eq(division.code, post.split(':')[1] ?? ''));
  return own
    ? tx
        .select({ code: division.code, level: division.level })
        .from(division)
        .where(sql`starts_with(${own.path}, ${division.path})`)
    : [];
};

/** Tells the post above of what stayed unread (未读升级); once a notice, and so on upwards. */
const escalate: JobHandlers[string] = {
  effect: async (tx, { key, now }) => {
    const [row] = await tx
      .update(notice)
      .set({ is_escalated: true })
      .where(and(eq(notice.id, Number(key)), isNull(notice.read_at), eq(notice.is_escalated, false)))
      .returning();
    if (!row) return undefined;
    const post = postAbove(row.post, await lineOf(tx, row.post), (await readInstallation(tx)).root);
    const [placed] = await tx.select().from(event).where(eq(event.id, row.event_id));
    if (post === null || !placed) return undefined;
    await tell(tx, {
      cause: `${row.cause}:unread`,
      kind: 'unread',
      event: {
        ...{ id: row.event_id, number: row.number, category: row.category_code, level: row.level as EventLevel },
        ...{ subdistrict: placed.subdistrict_code, community: placed.community_code, grid: placed.grid_code },
      },
      posts: [post],
      channels: ['app'],
      unreadMinutes: (now.getTime() - row.created_at.getTime()) / 60_000,
      detail: { ...row.detail, post: row.post, of: row.kind },
      now,
    });
    return undefined;
  },
};

export const noticeJobs = (channels: Channels): JobHandlers => ({
  [deliverKind]: deliver(channels),
  [unreadKind]: escalate,
});
