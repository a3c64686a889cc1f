import { z } from 'zod';
import type { EventLevel } from '@/data/model/event';
import type { Role } from '@/data/model/scope';
import {
  PolicyRung,
  type RungCode,
  rungCodes,
  type TicketMove,
  type WhistleClock,
  type WhistleStep,
} from '@/data/model/supervision';

const numbers = z.string().transform((text) => text.split(' ').map(Number));
const words = z.string().transform((text) => text.split(' '));

const RungAttrs = z.object({
  at_share: z.coerce.number(),
  over_hours: numbers,
  reply_hours: numbers,
  posts: words,
  channels: words,
  unread_minutes: numbers,
});

/** A row of the list `supervision-rung` as the policy it is. */
export const rungOf = (code: string, attrs: Record<string, string>): PolicyRung => {
  const { at_share, over_hours, reply_hours, posts, channels, unread_minutes } = RungAttrs.parse(attrs);
  return PolicyRung.parse({
    code,
    atShare: at_share,
    overHours: over_hours,
    replyHours: reply_hours,
    posts,
    channels,
    unreadMinutes: unread_minutes,
  });
};

/** The row of the list that says this. */
export const attrsOf = (rung: PolicyRung): Record<string, string> => ({
  at_share: String(rung.atShare),
  over_hours: rung.overHours.join(' '),
  reply_hours: rung.replyHours.join(' '),
  posts: rung.posts.join(' '),
  channels: rung.channels.join(' '),
  unread_minutes: rung.unreadMinutes.join(' '),
});

/** Whether it is a ladder: every rung once, and none before the one below it, at any level. */
export const isClimbing = (rungs: readonly PolicyRung[]): boolean =>
  rungs.map(({ code }) => code).join(' ') === rungCodes.join(' ') &&
  rungs.every((rung, i) => {
    const below = rungs[i - 1];
    return !below || (rung.atShare >= below.atShare && rung.overHours.every((h, k) => h >= (below.overHours[k] ?? 0)));
  });

/** A clock under supervision: of an event, or of one step of a whistle. */
export type SupervisedClock = {
  startAt: Date;
  dueAt: Date;
  /** Minutes it stood still; the limit has been moved on by them. */
  pausedMinutes: number;
  level: EventLevel;
};

const hour = 3_600_000;
export const atLevel = (values: readonly number[], level: EventLevel): number => values[level - 1] ?? 0;

/** Instant a rung of the ladder is reached: at a share of the time allowed, or hours over the limit. Pauses shift both. */
export const rungAt = (clock: SupervisedClock, rung: PolicyRung): Date => {
  const allowed = clock.dueAt.getTime() - clock.startAt.getTime() - clock.pausedMinutes * 60_000;
  const before = Math.max(0, allowed) * (1 - rung.atShare);
  return new Date(Math.round(clock.dueAt.getTime() - before + atLevel(rung.overHours, clock.level) * hour));
};

/** The next rung of a ladder; null = all were reached. Rungs are climbed one after the other. */
export const nextRung = (policy: readonly PolicyRung[], reached: readonly RungCode[]): PolicyRung | null => {
  const highest = Math.max(-1, ...reached.map((code) => rungCodes.indexOf(code)));
  return policy.find(({ code }) => rungCodes.indexOf(code) > highest) ?? null;
};

/** Rungs whose instant has come and that have not been reached, the lowest first. */
export const dueRungs = (
  policy: readonly PolicyRung[],
  reached: readonly RungCode[],
  clock: SupervisedClock,
  now: Date,
): PolicyRung[] =>
  policy.filter((rung) => {
    const next = nextRung(policy, reached);
    return next && rungCodes.indexOf(rung.code) >= rungCodes.indexOf(next.code) && rungAt(clock, rung) <= now;
  });

/** What a supervised clock is of. */
export type Subject =
  | { kind: 'event'; eventId: string }
  | { kind: 'whistle'; whistleId: string; department: string; clock: WhistleClock };

export const subjectText = (subject: Subject): string =>
  subject.kind === 'event'
    ? `event:${subject.eventId}`
    : `whistle:${subject.whistleId}:${subject.department}:${subject.clock}`;

/** Parses the text of a subject; null when it is none of a clock. */
export const parseSubject = (text: string): Subject | null => {
  const [kind, id = '', department = '', clock] = text.split(':');
  if (kind === 'event') return { kind, eventId: id };
  if (kind !== 'whistle' || (clock !== 'sign' && clock !== 'contact' && clock !== 'arrive')) return null;
  return { kind, whistleId: id, department, clock };
};

/** Who presses, who answers, and who adds a note: 督察 is a step of its own, apart from handling. */
export const ticketRoles: Record<'open' | 'note' | 'reply' | 'return' | 'close', readonly Role[]> = {
  open: ['R1', 'R2', 'R3'],
  note: ['R1', 'R2', 'R3'],
  reply: ['R4', 'R5', 'R6'],
  return: ['R2', 'R3'],
  close: ['R2', 'R3'],
};

type TicketState = { repliedAt: unknown; closedAt: unknown };

/** Moves of a ticket a role may make as it stands. */
export const ticketMoves = (role: Role, { repliedAt, closedAt }: TicketState): TicketMove['step'][] => {
  if (closedAt !== null) return [];
  const open = repliedAt === null ? (['note', 'reply'] as const) : (['note', 'return', 'close'] as const);
  return open.filter((step) => ticketRoles[step].includes(role));
};

/** Departments move by their handlers; until a handler's account names his department, dispatch control may record for them. */
const departmentRoles: readonly Role[] = ['R2', 'R6'];
const scorers: readonly Role[] = ['R3', 'R4'];

type LineState = Record<'signedAt' | 'contactedAt' | 'arrivedAt' | 'repliedAt' | 'scoredAt', unknown>;

/** The step a department called takes next, and the grassroots after it. */
const nextStep = (line: LineState): WhistleStep | null => {
  if (line.signedAt === null) return 'sign';
  if (line.contactedAt === null) return 'contact';
  if (line.arrivedAt === null) return 'arrive';
  if (line.repliedAt === null) return 'reply';
  return line.scoredAt === null ? 'score' : null;
};

/** What a role may do next with the line of a department. A score is given after the reply, also when the whistle is over. */
export const whistleMoves = (role: Role, line: LineState, isOver: boolean): WhistleStep[] => {
  const step = nextStep(line);
  if (step === null || (isOver && step !== 'score')) return [];
  return (step === 'score' ? scorers : departmentRoles).includes(role) ? [step] : [];
};
