import { z } from 'zod';
import { DatedChange } from './dated';

/** What a notice is about: rungs of the ladder, moves of tickets and whistles, a suspension to be looked at again. */
export const noticeKinds = [
  'reminder',
  'card',
  'ticket',
  'note',
  'meeting',
  'reply',
  'return',
  'whistle',
  'review',
  'unread',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** Ways a notice goes out: inside the product, SMS, WeChat Work, web push. */
export const noticeChannels = ['app', 'sms', 'wecom', 'push'] as const;
export type NoticeChannel = (typeof noticeChannels)[number];

/** Where a notice stands: it waits for its instant, was handed over, or was given up. */
export const noticeStates = ['waiting', 'sent', 'failed'] as const;
export type NoticeState = (typeof noticeStates)[number];

/** Why a notice could not be sent: no device of the post takes it, all it had are gone, none was reached, or was refused. */
export const noticeFaults = ['noDevice', 'gone', 'unreachable', 'refused'] as const;
export type NoticeFault = (typeof noticeFaults)[number];

/** A notice as its post reads it. */
export type NoticeRow = {
  id: number;
  kind: NoticeKind;
  channel: NoticeChannel;
  state: NoticeState;
  eventId: string;
  number: string;
  category: string;
  level: 1 | 2 | 3 | 4;
  detail: Record<string, string>;
  at: string;
  readAt: string | null;
};

/** Where a browser takes web push, as it says itself. */
export const PushTarget = z.object({
  endpoint: z.url({ protocol: /^https?$/ }).max(1000),
  keys: z.object({ p256dh: z.string().regex(/^[\w-]{80,120}=*$/), auth: z.string().regex(/^[\w-]{16,40}=*$/) }),
});
export type PushTarget = z.infer<typeof PushTarget>;

const Minute = z.number().int().min(0).max(1439);

/** Quiet hours of a post, local minutes of the day; equal ends = none. */
export const QuietHours = z.object({ fromMinute: Minute, toMinute: Minute });
export type QuietHours = z.infer<typeof QuietHours>;

/** Ways out of the house, each with quiet hours of its own. */
export const outChannels = ['sms', 'wecom', 'push'] as const;
export type OutChannel = (typeof outChannels)[number];

/** Quiet hours of the ways out where a post has chosen none; null = none. */
export const ChannelQuiet = z.object({ code: z.enum(outChannels), quiet: QuietHours.nullable() });
export type ChannelQuiet = z.infer<typeof ChannelQuiet>;

/** Other quiet hours from a day on. */
export const QuietDraft = DatedChange.extend({ channels: z.array(ChannelQuiet).length(outChannels.length) });
export type QuietDraft = z.infer<typeof QuietDraft>;
