import { bigint, boolean, index, jsonb, pgTable, smallint, text, unique } from 'drizzle-orm/pg-core';
import type { NoticeChannel, NoticeFault, NoticeKind, NoticeState } from '@/data/model/notice';
import { instant } from '../db/columns';

/**
 * Ledger of notices (通知台账): one row a post, a channel and a cause, so nobody is told twice. Says nothing of a person:
 * the number of the case, its category and its level alone.
 */
export const notice = pgTable(
  'notice',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    /** What it is told for: `event:<id>:card`, `ticket:<id>:reply:2` … */
    cause: text('cause').notNull(),
    kind: text('kind').$type<NoticeKind>().notNull(),
    /** Post told, `role:division`; a department's is `R6:<department>`. */
    post: text('post').notNull(),
    channel: text('channel').$type<NoticeChannel>().notNull(),
    event_id: text('event_id').notNull(),
    number: text('number').notNull(),
    category_code: text('category_code').notNull(),
    level: smallint('level').notNull(),
    /** Particulars of the kind: a deadline, a department. */
    detail: jsonb('detail').$type<Record<string, string>>().notNull().default({}),
    created_at: instant('created_at').notNull(),
    /** Not before; later than `created_at` in quiet hours. */
    due_at: instant('due_at').notNull(),
    state: text('state').$type<NoticeState>().notNull(),
    sent_at: instant('sent_at'),
    /** Why it could not be sent, of a failed one: noDevice, gone, unreachable, refused; null = not told by its channel. */
    fault: text('fault').$type<NoticeFault>(),
    read_at: instant('read_at'),
    /** The post above was told because it stayed unread. */
    is_escalated: boolean('is_escalated').notNull().default(false),
  },
  (t) => [unique('notice_once').on(t.post, t.channel, t.cause), index('notice_post').on(t.post, t.created_at)],
);

/** A browser that takes web push for a post (推送订阅): where it is reached and the keys it is sealed for. */
export const notice_push = pgTable(
  'notice_push',
  {
    endpoint: text('endpoint').primaryKey(),
    /** `role:division` */
    post: text('post').notNull(),
    p256dh: text('p256dh').notNull(),
    auth: text('auth').notNull(),
    subscribed_at: instant('subscribed_at').notNull(),
  },
  (t) => [index('notice_push_post').on(t.post)],
);

/** Quiet hours a post has chosen (免打扰), local minutes of the day; a post without a row has those of the channel. */
export const notice_quiet = pgTable('notice_quiet', {
  post: text('post').primaryKey(),
  from_minute: smallint('from_minute').notNull(),
  to_minute: smallint('to_minute').notNull(),
  set_at: instant('set_at').notNull(),
});
