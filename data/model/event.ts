import { z } from 'zod';
import { LngLat } from './geo';
import { plainText } from './intake';
import { Photos } from './photo';

/** Statuses of the closed loop (event_status.csv). Code branches on them. */
export const eventStatuses = [
  'S10',
  'S20',
  'S21',
  'S30',
  'S31',
  'S32',
  'S40',
  'S41',
  'S42',
  'S43',
  'S50',
  'S60',
  'S61',
  'S62',
  'S70',
  'S90',
] as const;
export const EventStatus = z.enum(eventStatuses);
export type EventStatus = z.infer<typeof EventStatus>;

/** Stages shown on screens: report 上报 · dispatch 派单 · handle 处置 · check 核查 · closed 办结. */
export const eventStages = ['report', 'dispatch', 'handle', 'check', 'closed'] as const;
export const EventStage = z.enum(eventStages);
export type EventStage = z.infer<typeof EventStage>;

export const stageOf: Record<EventStatus, EventStage> = {
  S10: 'report',
  S20: 'report',
  S21: 'closed',
  S30: 'dispatch',
  S31: 'dispatch',
  S32: 'dispatch',
  S40: 'handle',
  S41: 'handle',
  S42: 'handle',
  S43: 'handle',
  S50: 'check',
  S60: 'handle',
  S61: 'closed',
  S62: 'closed',
  S70: 'closed',
  S90: 'closed',
};

/** Severity 1 (Ⅰ, gravest) … 4 (Ⅳ). */
export const EventLevel = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]);
export type EventLevel = z.infer<typeof EventLevel>;

/** Supervision lamp (督办灯): share of the limit used <80 % · 80–100 % · over · clock stopped. */
export const lamps = ['green', 'yellow', 'red', 'grey'] as const;
export type Lamp = (typeof lamps)[number];

/** What a list is ordered by: open ones by gravest and soonest due, newest, soonest due alone, or one column of it. */
export const eventSorts = [
  'urgency',
  'newest',
  'due',
  'level',
  'title',
  'place',
  'stage',
  'used',
  'department',
] as const;
export type EventSort = (typeof eventSorts)[number];

/**
 * An event as it travels to screens. Walls get position rounded to its block and `address` null.
 * Times are ISO instants; null = not reached.
 */
export const EventRow = z.object({
  id: z.string(),
  /** Rises by one with every change of the row; the newest wins everywhere. */
  version: z.number().int(),
  number: z.string(),
  title: z.string(),
  category: z.string(),
  categoryL1: z.string(),
  level: EventLevel,
  source: z.string(),
  status: EventStatus,
  stage: EventStage,
  position: LngLat.nullable(),
  address: z.string().nullable(),
  subdistrict: z.string().nullable(),
  community: z.string().nullable(),
  grid: z.string().nullable(),
  block: z.string().nullable(),
  building: z.string().nullable(),
  department: z.string().nullable(),
  reportedAt: z.string(),
  /** Instant handling must be done by; frozen when registered. */
  dueAt: z.string().nullable(),
  closedAt: z.string().nullable(),
  /** Instant the running status began. */
  stageAt: z.string(),
  /** Minutes the clock stood still before; the limit was moved on by them. Absent = 0. */
  pausedMinutes: z.number().int().optional(),
});
export type EventRow = z.infer<typeof EventRow>;

/** Kinds of rows the feed names without what is in them; walls are not told which. */
export const rowKinds = ['duty', 'ticket', 'whistle', 'notice', 'errand', 'volunteer', 'turn', 'summons'] as const;
export type RowKind = (typeof rowKinds)[number];

/**
 * One item of the live feed. `cursor` is a place in the log, opaque: resume from the last one seen. `clock` says the
 * feed is alive and up to `asOf`; `refetch` says that changes were dropped or bulk-loaded: ask again.
 */
export type LiveItem =
  | { cursor: string; kind: 'event'; op: 'put' | 'delete'; id: string; version: number; event: EventRow | null }
  | {
      cursor: string;
      kind: RowKind;
      op: 'put' | 'delete';
      id: string;
      version: number;
    }
  | {
      cursor: string;
      kind: 'alert' | 'weather' | 'beach' | 'care' | 'visit' | 'call';
      op: 'put' | 'delete';
      id: string;
      version: number;
    }
  | { cursor: string; kind: 'clock' | 'refetch'; asOf: string };

/** When it happened, from a phone that was without network; left out = as it is received. */
const HappenedAt = z.iso.datetime({ offset: true }).optional();

/** What a reporter sends. `clientKey` makes a repeated send harmless. */
export const EventReport = z.object({
  clientKey: z.uuid(),
  category: z.string().regex(/^[\w-]{1,60}$/),
  source: z.string().max(10),
  title: plainText(120).pipe(z.string().min(1)),
  description: plainText(4000).default(''),
  position: LngLat,
  address: plainText(200).default(''),
  buildingCode: z.string().max(40).nullable().default(null),
  dwellingCode: z.string().max(40).nullable().default(null),
  happenedAt: HappenedAt,
  photos: Photos,
});
export type EventReport = z.infer<typeof EventReport>;

/** A move along the loop; `version` is the one the actor saw. */
export const EventMove = z.object({
  id: z.string().max(40),
  version: z.number().int().min(1),
  to: EventStatus,
  departmentCode: z.string().max(20).nullable().default(null),
  note: plainText(1000).default(''),
  satisfaction: z.number().int().min(1).max(5).nullable().default(null),
  /** Answer to a request for more time (S41 to S40). */
  isApproved: z.boolean().nullable().optional(),
  /** Limit asked for (to S41) or granted (S41 to S40); day a suspension is looked at again (to S42). */
  untilAt: z.iso.datetime({ offset: true }).nullable().optional(),
  happenedAt: HappenedAt,
  /** Chosen by the sender; a move sent again under the same key is the same move. */
  clientKey: z.uuid().optional(),
  photos: Photos,
});
export type EventMove = z.infer<typeof EventMove>;

/** A correction of what an event was filed as (归类更正); true since its report. `version` is the one the actor saw. */
export const EventCorrection = z.object({
  id: z.string().max(40),
  version: z.number().int().min(1),
  category: z.string().regex(/^[\w-]{1,60}$/),
  level: EventLevel,
  note: z.string().trim().max(1000).default(''),
});
export type EventCorrection = z.infer<typeof EventCorrection>;
