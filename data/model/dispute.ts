import { z } from 'zod';
import { LngLat } from './geo';
import type { Role } from './scope';

/** Statuses of one round of a dispute (矛盾纠纷). Code branches on them. */
export const disputeStatuses = [
  'discovered',
  'registered',
  'distributed',
  'mediating',
  'settled',
  'referred',
  'reviewed',
  'assessed',
  'void',
] as const;
export const DisputeStatus = z.enum(disputeStatuses);
export type DisputeStatus = z.infer<typeof DisputeStatus>;

/** The six stages (巡查发现、受理登记、分发协调、督办推进、结案复核、评价考核). */
export const disputeStages = ['discover', 'register', 'distribute', 'press', 'review', 'assess'] as const;
export type DisputeStage = (typeof disputeStages)[number];

export const disputeStageOf: Record<DisputeStatus, DisputeStage> = {
  discovered: 'discover',
  registered: 'register',
  distributed: 'distribute',
  mediating: 'press',
  settled: 'review',
  referred: 'review',
  reviewed: 'assess',
  assessed: 'assess',
  void: 'discover',
};

/** Moves there are, each with the roles that may make it. What has ended is never moved again: a relapse is a new round. */
export const disputeMoves: Record<DisputeStatus, Partial<Record<DisputeStatus, readonly Role[]>>> = {
  discovered: { registered: ['R2', 'R3', 'R4'], void: ['R2', 'R3', 'R4'] },
  registered: { distributed: ['R2', 'R3', 'R4'], void: ['R2', 'R3'] },
  distributed: { mediating: ['R3', 'R4', 'R6'] },
  mediating: { distributed: ['R2', 'R3'], settled: ['R3', 'R4', 'R6'], referred: ['R3', 'R4', 'R6'] },
  settled: { reviewed: ['R2', 'R3'], mediating: ['R2', 'R3'] },
  referred: { reviewed: ['R2', 'R3'], mediating: ['R2', 'R3'] },
  reviewed: { assessed: ['R2', 'R3'] },
  assessed: {},
  void: {},
};

/** Statuses after which a round has ended. */
export const disputeEnded: readonly DisputeStatus[] = ['reviewed', 'assessed', 'void'];

/** What stands in the record beside moves: a mediation, a department's reply, an agreement, a look afterwards (回访). */
export const disputeRecordKinds = ['session', 'reply', 'agreement', 'follow_up'] as const;
export const DisputeRecordKind = z.enum(disputeRecordKinds);
export type DisputeRecordKind = z.infer<typeof DisputeRecordKind>;

/** Side of a party. */
export const partySides = ['applicant', 'respondent', 'third'] as const;
export const PartySide = z.enum(partySides);
export type PartySide = z.infer<typeof PartySide>;

const Code = z.string().regex(/^[\w-]{1,60}$/);
const Words = z.string().trim().max(2000);

/** A party of a dispute: never looked for across disputes, and told masked. */
export const DisputeParty = z.object({
  side: PartySide,
  kind: z.enum(['person', 'entity']),
  name: z.string().trim().min(1).max(60),
});
export type DisputeParty = z.infer<typeof DisputeParty>;

/** What a reporter sends. `clientKey` makes a repeated send harmless. */
export const DisputeReport = z.object({
  clientKey: z.uuid(),
  category: Code,
  title: z.string().trim().min(1).max(120),
  description: Words.default(''),
  position: LngLat,
  address: z.string().trim().max(200).default(''),
  /** People it concerns: its scale (事件规模). */
  nPeople: z.number().int().min(1).max(100_000),
  parties: z.array(DisputeParty).min(1).max(40),
});
export type DisputeReport = z.infer<typeof DisputeReport>;

/** A dispute that broke out again after it had ended: the next round of the same case (反复). */
export const DisputeRelapse = z.object({
  clientKey: z.uuid(),
  id: z.uuid(),
  description: Words.default(''),
  nPeople: z.number().int().min(1).max(100_000),
  /** Parties that have joined since. */
  parties: z.array(DisputeParty).max(40).default([]),
});
export type DisputeRelapse = z.infer<typeof DisputeRelapse>;

/** A move to the next stage; `version` is the one the actor saw. */
export const DisputeMove = z.object({
  id: z.uuid(),
  version: z.number().int().min(1),
  to: DisputeStatus,
  note: z.string().trim().max(1000).default(''),
  /** Of a distribution: the department that leads, and those that assist. */
  lead: Code.nullable().default(null),
  assist: z.array(Code).max(12).default([]),
  /** Of a settlement or a referral: how (化解方式). */
  method: Code.nullable().default(null),
  /** Of an assessment: 1–5. */
  score: z.number().int().min(1).max(5).nullable().default(null),
});
export type DisputeMove = z.infer<typeof DisputeMove>;

/** A line of the record. */
export const DisputeNote = z.object({
  id: z.uuid(),
  clientKey: z.uuid(),
  kind: DisputeRecordKind,
  text: Words.min(1),
  /** Whose reply it is. */
  department: Code.nullable().default(null),
  /** Of a look afterwards: whether the agreement is kept. */
  isKept: z.boolean().nullable().default(null),
});
export type DisputeNote = z.infer<typeof DisputeNote>;

/** A dispute as lists show it; times are ISO instants, null = not reached. */
export type DisputeRow = {
  id: string;
  version: number;
  number: string;
  /** First round of the case, and which one this is. */
  rootId: string;
  round: number;
  title: string;
  category: string;
  scale: string;
  nPeople: number;
  status: DisputeStatus;
  stage: DisputeStage;
  position: LngLat;
  address: string;
  subdistrict: string | null;
  community: string | null;
  grid: string | null;
  lead: string | null;
  reportedAt: string;
  statusAt: string;
  /** End of the limit, fixed at registration. */
  dueAt: string | null;
  /** Settled or referred; null = not, or not any more. */
  settledAt: string | null;
  endedAt: string | null;
};

/** A step of the case: a move or a line of the record, in the order of time over all rounds. */
export type DisputeStep = {
  at: string;
  round: number;
  role: string;
  kind: 'move' | DisputeRecordKind;
  to: DisputeStatus | null;
  department: string | null;
  text: string;
  isKept: boolean | null;
};
