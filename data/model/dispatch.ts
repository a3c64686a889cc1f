import { z } from 'zod';
import { DatedChange } from './dated';
import { EventLevel } from './event';

/** Whether a worker was at work: on shift and signed in · due and not signed in · not on the roster. */
export const shifts = ['on', 'absent', 'off'] as const;
export const Shift = z.enum(shifts);
export type Shift = z.infer<typeof Shift>;

/** What a category's list row says about an event (分拨规则), fixed when it was reported; `from` names the row. */
export const DispatchRule = z.object({
  category: z.string(),
  /** Instant the row is valid from. */
  from: z.string(),
  /** Level of the category; a single event may be filed under another. */
  level: EventLevel,
  acceptMinutes: z.number().nullable(),
  handleHours: z.number().nullable(),
  /** Department answering for it; '' = the list names none. */
  department: z.string(),
  isListed: z.boolean(),
  isAuto: z.boolean(),
});
export type DispatchRule = z.infer<typeof DispatchRule>;

/** A worker of the department's line, as he stood when the route was made. */
export const Candidate = z.object({
  worker: z.string(),
  /** Specialised grid he answers for; the base grid of a community's own worker. */
  grid: z.string(),
  covers: z.boolean(),
  shift: Shift,
  /** Events sent to him and not handled yet. */
  load: z.number().int(),
  /** Straight way to the place, or by road where `isRoad`; null = one of both is nowhere. */
  metres: z.number().int().nullable(),
  isRoad: z.boolean().optional(),
  /** Of this category in the last 90 days: handled, and in time; absent = not asked. */
  nHandled: z.number().int().optional(),
  nOnTime: z.number().int().optional(),
});
export type Candidate = z.infer<typeof Candidate>;

/** What a route was made from; `isHeld` = a person took the report in by hand, so that the machine left it alone. */
export const RouteInputs = z.object({
  rule: DispatchRule,
  candidates: z.array(Candidate),
  isHeld: z.boolean(),
});
export type RouteInputs = z.infer<typeof RouteInputs>;

/** Why the machine sent an event, or left it to a person. */
export const routeReasons = [
  'covered',
  'noLine',
  'noCover',
  'noShift',
  'unlisted',
  'byHand',
  'noDepartment',
  'held',
] as const;
export type RouteReason = (typeof routeReasons)[number];

/** Why a candidate was not the one. */
export const passReasons = ['notCovering', 'off', 'absent', 'busier', 'sameLoad'] as const;
export type PassReason = (typeof passReasons)[number];

/** What the machine says of an event: `isSent` = it sends; else a person does and this is whom it would name. */
export type Decision = {
  isSent: boolean;
  reason: RouteReason;
  department: string;
  /** Null = the department's duty desk. */
  worker: string | null;
  passed: { worker: string; why: PassReason }[];
};

/** How a route came about: by the machine · left to a person · the machine's suggestion taken · another chosen · by hand. */
export const routeModes = ['auto', 'left', 'accepted', 'overruled', 'manual'] as const;
export const RouteMode = z.enum(routeModes);
export type RouteMode = z.infer<typeof RouteMode>;

/** Parts of a suggestion's score. */
export const scoreParts = ['cover', 'shift', 'distance', 'load', 'onTime'] as const;
export type ScorePart = (typeof scoreParts)[number];

/** Somebody an event may be sent to, with its score 0–100 and what that is made of. Null worker = the duty desk. */
export type Suggestion = {
  worker: string | null;
  department: string;
  score: number;
  parts: Record<ScorePart, number>;
  candidate: Candidate | null;
};

const Code = z.string().regex(/^[\w-]{1,60}$/);
const LocalDate = z.iso.date();

/** A change of a category's rule. */
export const RuleDraft = DatedChange.extend({
  category: Code,
  level: EventLevel,
  acceptMinutes: z.number().int().min(1).max(14_400).nullable(),
  handleHours: z.number().int().min(1).max(8_760).nullable(),
  department: z.string().max(20),
  isListed: z.boolean(),
  isAuto: z.boolean(),
  closeCondition: z.string().max(20),
});
export type RuleDraft = z.infer<typeof RuleDraft>;

/** Another world to route a past period in: other rules, workers away, lines on shift round the clock. */
export const WhatIfChange = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('rule'),
    /** Categories or, by two digits, whole groups of them. */
    categories: z.array(Code).min(1).max(224),
    isListed: z.boolean().optional(),
    department: z.string().min(1).max(20).optional(),
    acceptMinutes: z.number().int().min(1).max(14_400).optional(),
    handleHours: z.number().int().min(1).max(8_760).optional(),
  }),
  z.object({ kind: z.literal('away'), worker: Code }),
  z.object({ kind: z.literal('staffed'), department: z.string().min(1).max(20) }),
]);
export type WhatIfChange = z.infer<typeof WhatIfChange>;

/** Local dates, half-open; null = everything. */
export const RoutePeriod = z
  .object({ from: LocalDate, until: LocalDate })
  .refine(({ from, until }) => from < until, { message: 'A period ends after it begins.' })
  .nullable();
export type RoutePeriod = z.infer<typeof RoutePeriod>;
