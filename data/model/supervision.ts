import { z } from 'zod';
import { DatedChange } from './dated';
import { noticeChannels } from './notice';

/** Rungs of the ladder (督办阶梯): reminder 催办 · yellow card 黄牌 · ticket 督办单 · leader's note 批示 · meeting 督办会. */
export const rungCodes = ['reminder', 'card', 'ticket', 'note', 'meeting'] as const;
export const RungCode = z.enum(rungCodes);
export type RungCode = z.infer<typeof RungCode>;

/** Moves of a ticket. `climb` = the ladder took it a rung further. */
export const ticketSteps = ['open', 'note', 'reply', 'return', 'climb', 'close'] as const;
export const TicketStep = z.enum(ticketSteps);
export type TicketStep = z.infer<typeof TicketStep>;

/** Moves of a whistle: blow 吹哨 · sign 签收 · contact 联系 · arrive 报到 · reply 答复 · score 评分 · end 结束. */
export const whistleSteps = ['blow', 'sign', 'contact', 'arrive', 'reply', 'score', 'end'] as const;
export const WhistleStep = z.enum(whistleSteps);
export type WhistleStep = z.infer<typeof WhistleStep>;

/** Steps of a whistle that have a limit. */
export const whistleClocks = ['sign', 'contact', 'arrive'] as const;
export type WhistleClock = (typeof whistleClocks)[number];

const Instant = z.iso.datetime({ offset: true });
const Id = z.string().max(60);
const Version = z.number().int().min(1);
const Words = z.string().trim().min(2).max(1000);

/** An order by hand (督办). The reply is due by `deadlineAt`. */
export const TicketOpen = z.object({
  /** Chosen by the sender; a repeated send finds the same ticket. */
  clientKey: z.uuid(),
  eventId: Id,
  departmentCode: z.string().max(20).nullable().default(null),
  text: Words,
  deadlineAt: Instant,
});
export type TicketOpen = z.infer<typeof TicketOpen>;

/** A move of a ticket by a post; `version` is the one the actor saw. A return names the new deadline. */
export const TicketMove = z.object({
  id: Id,
  version: Version,
  step: TicketStep.exclude(['open', 'climb']),
  note: Words,
  deadlineAt: Instant.nullable().default(null),
});
export type TicketMove = z.infer<typeof TicketMove>;

/** A ticket as it travels to screens. Title and place of the event are withheld from posts with aggregates alone. */
export type TicketRow = {
  id: string;
  version: number;
  number: string;
  eventId: string;
  eventNumber: string;
  title: string | null;
  category: string;
  level: 1 | 2 | 3 | 4;
  community: string | null;
  grid: string | null;
  rung: RungCode;
  department: string | null;
  /** Empty = by the ladder. */
  text: string;
  openedAt: string;
  deadlineAt: string;
  repliedAt: string | null;
  reply: string;
  closedAt: string | null;
  result: string;
};

/** One move of a ticket or a whistle, as its card tells it. */
export type SupervisionStep = {
  seq: number;
  step: TicketStep | WhistleStep;
  at: string;
  role: string;
  department: string | null;
  note: string;
};

/** The four elements of a reply to a whistle (四要素): time accepted, whom contacted, measure, limit. */
export const WhistleReply = z.object({
  acceptedAt: Instant,
  contacted: Words,
  measure: Words,
  limitAt: Instant,
});
export type WhistleReply = z.infer<typeof WhistleReply>;

/** A whistle blown by a sub-district for an event it has in hand. */
export const WhistleBlow = z.object({
  eventId: Id,
  /** Version of the event the actor saw. */
  version: Version,
  kind: z.string().regex(/^W\d$/),
  departments: z.array(z.string().max(20)).min(1).max(8),
  reason: Words,
});
export type WhistleBlow = z.infer<typeof WhistleBlow>;

/** A move of one department called; `version` is that of its line. */
export const WhistleMove = z.object({
  id: Id,
  department: z.string().max(20),
  version: Version,
  step: WhistleStep.exclude(['blow', 'end']),
  note: z.string().trim().max(1000).default(''),
  reply: WhistleReply.nullable().default(null),
  score: z.number().int().min(1).max(5).nullable().default(null),
});
export type WhistleMove = z.infer<typeof WhistleMove>;

/** One clock of a department called. */
export type WhistleLimit = { clock: WhistleClock; dueAt: string; doneAt: string | null };

/** A department called, with its clocks. */
export type WhistleLine = {
  department: string;
  version: number;
  limits: WhistleLimit[];
  repliedAt: string | null;
  reply: WhistleReply | null;
  score: number | null;
  /** What this caller may do next. */
  moves: WhistleStep[];
};

/** A whistle as it travels to screens. */
export type WhistleRow = {
  id: string;
  version: number;
  eventId: string;
  eventNumber: string;
  title: string | null;
  category: string;
  level: 1 | 2 | 3 | 4;
  subdistrict: string | null;
  community: string | null;
  kind: string;
  reason: string;
  blownAt: string;
  endedAt: string | null;
  lines: WhistleLine[];
};

/** Kinds of posts a rung tells. */
export const rungPosts = ['grid', 'community', 'subdistrict', 'department', 'district', 'leader'] as const;

/** A rung as the policy has it (督办策略): from which share of the limit, or how many hours over it, by level 1–4. */
export const PolicyRung = z.object({
  code: RungCode,
  atShare: z.number().min(0.1).max(1),
  overHours: z.array(z.number().min(0).max(2000)).length(4),
  /** Hours a ticket opened at this rung gives for its reply. */
  replyHours: z.array(z.number().min(0.25).max(2000)).length(4),
  posts: z.array(z.enum(rungPosts)).min(1),
  channels: z.array(z.enum(noticeChannels)).min(1),
  /** Minutes after which an unread notice goes to the post above. */
  unreadMinutes: z.array(z.number().int().min(1).max(20_000)).length(4),
});
export type PolicyRung = z.infer<typeof PolicyRung>;

/** Another ladder from a day on, its rungs from the lowest up. */
export const PolicyDraft = DatedChange.extend({ rungs: z.array(PolicyRung).max(10) });
export type PolicyDraft = z.infer<typeof PolicyDraft>;
