import { type Random, randomFor } from '@/data/demo/random';
import type { EventStatus } from '@/data/model/event';
import type { Role } from '@/data/model/scope';

/** An open event as far as the simulator decides on it. */
export type OpenEvent = {
  id: string;
  version: number;
  status: EventStatus;
  statusAt: Date;
  reportedAt: Date;
  dueAt: Date | null;
  subdistrict: string | null;
  community: string | null;
  grid: string | null;
  department: string | null;
};

/** Share of its limit an event usually spends in a status. */
const usualShare: Partial<Record<EventStatus, number>> = {
  S10: 0.02,
  S20: 0.02,
  S30: 0.02,
  S31: 0.08,
  S32: 0.04,
  S40: 0.4,
  S41: 0.1,
  S42: 0.5,
  S43: 0.3,
  S50: 0.1,
  S60: 0.05,
};

/** What usually follows a status, with its weight. */
const followers: Partial<Record<EventStatus, [EventStatus, number][]>> = {
  S10: [
    ['S20', 90],
    ['S62', 7],
    ['S90', 3],
  ],
  S20: [
    ['S30', 95],
    ['S21', 4],
    ['S90', 1],
  ],
  S30: [['S31', 1]],
  S31: [
    ['S40', 96],
    ['S32', 4],
  ],
  S32: [['S30', 1]],
  S40: [
    ['S50', 90],
    ['S41', 5],
    ['S42', 1],
    ['S43', 4],
  ],
  S41: [['S40', 1]],
  S42: [['S40', 1]],
  S43: [
    ['S50', 7],
    ['S40', 3],
  ],
  S50: [
    ['S61', 93],
    ['S60', 7],
  ],
  S60: [['S40', 1]],
};

const dayMs = 86_400_000;
/** Share of events that are handled only after their limit. */
const lateShare = 0.08;

const limitMs = ({ reportedAt, dueAt }: OpenEvent): number =>
  dueAt ? Math.max(3_600_000, dueAt.getTime() - reportedAt.getTime()) : dayMs;

/** Instant the next move of an event is usually made: the same for every reader of the same version. */
export const plannedAt = (event: OpenEvent): Date => {
  const share = (usualShare[event.status] ?? 0) * randomFor(`plan ${event.id} ${event.version}`).between(0.3, 1.7);
  return new Date(event.statusAt.getTime() + limitMs(event) * share);
};

/** Instant before which a tardy event does not leave handling; null = it is not tardy. */
export const heldUntil = (event: OpenEvent): Date | null => {
  const random = randomFor(`late ${event.id}`);
  if (!random.has(lateShare) || !event.dueAt || event.status !== 'S40') return null;
  return new Date(event.dueAt.getTime() + limitMs(event) * random.between(0.05, 0.5));
};

/** The events to move now: those whose turn comes first, the tardy ones left lying. */
export const pickMoves = (events: readonly OpenEvent[], n: number, now: Date, restMs: number): OpenEvent[] =>
  events
    .filter((event) => event.statusAt.getTime() + restMs <= now.getTime() && (heldUntil(event) ?? now) <= now)
    .map((event) => ({ event, at: plannedAt(event).getTime() }))
    .sort((a, b) => a.at - b.at || (a.event.id < b.event.id ? -1 : 1))
    .slice(0, n)
    .map(({ event }) => event);

/** The status an event goes to; null = it has none to go to. */
export const drawNext = (status: EventStatus, random: Random): EventStatus | null => {
  const choices = followers[status] ?? [];
  return choices[random.weighted(choices.map(([, weight]) => weight))]?.[0] ?? null;
};

/** Who makes the move: the role, and the division whose post it is; null = the root of the installation. */
export const actorOf = (event: OpenEvent, to: EventStatus): { role: Role; division: string | null } => {
  if (to === 'S62')
    return event.grid ? { role: 'R5', division: event.grid } : { role: 'R4', division: event.community };
  const isHandling = ['S31', 'S40', 'S60'].includes(event.status) && !['S42', 'S43'].includes(to);
  if (isHandling || event.status === 'S43') return { role: 'R6', division: null };
  if (['S41', 'S42'].includes(event.status)) return { role: 'R3', division: event.subdistrict };
  if (['S42', 'S43'].includes(to)) return { role: 'R3', division: event.subdistrict };
  return event.community ? { role: 'R4', division: event.community } : { role: 'R2', division: null };
};

/** Whole number whose mean is `mean`. */
export const drawCount = (mean: number, random: Random): number => Math.floor(mean) + (random.has(mean % 1) ? 1 : 0);
