import { z } from 'zod';
import { DivisionCode } from './division';
import type { LngLat } from './geo';
import type { Role } from './scope';

/** Fields of the base data that quality is told by: list `quality-field`. */
export const qualityFields = ['person', 'home', 'use', 'entity', 'place'] as const;
export type QualityField = (typeof qualityFields)[number];

/** Rules that make a record doubtful (核查规则): list `doubt-rule`, in the order they are run. */
export const doubtRules = [
  ...(['P01', 'P02', 'P03', 'P04', 'P05', 'P06'] as const),
  ...(['H01', 'H02', 'H03', 'H04'] as const),
  ...(['U01', 'U02', 'U03', 'U04'] as const),
  ...(['E01', 'E02', 'E03', 'E04'] as const),
  ...(['L01', 'L02', 'L03', 'L04'] as const),
] as const;
export const DoubtRule = z.enum(doubtRules);
export type DoubtRule = z.infer<typeof DoubtRule>;

const fieldOfLetter: Record<string, QualityField> = { P: 'person', H: 'home', U: 'use', E: 'entity', L: 'place' };

/** Field a rule speaks of: the parent of its word. */
export const fieldOf = (rule: DoubtRule): QualityField => fieldOfLetter[rule.charAt(0)] ?? 'place';

/** Kinds of records that are verified. */
export const doubtKinds = ['person', 'residence', 'dwelling', 'entity', 'building'] as const;
export type DoubtKind = (typeof doubtKinds)[number];

/** What a visit came to (核查结果): as it is, corrected, nobody met, or no such thing there. */
export const visitResults = ['confirmed', 'changed', 'unreachable', 'gone'] as const;
export const VisitResult = z.enum(visitResults);
export type VisitResult = z.infer<typeof VisitResult>;

/** Where a doubtful record stands: found by a rule, sent to its grid, or as its last visit left it. */
export const doubtStates = ['found', 'sent', ...visitResults] as const;
export type DoubtState = (typeof doubtStates)[number];

/** States of a record that somebody is still to see. */
export const openStates: readonly DoubtState[] = ['sent', 'unreachable'];

/** Kinds of records that can be told to be gone: the others have no end. */
export const endingKinds: readonly DoubtKind[] = ['person', 'residence', 'entity', 'building'];

const Day = z.iso.date();
const Code = (length: number) => z.string().regex(new RegExp(`^\\d{${length}}$`));

/** Values a visit may put right, by kind of record; what is left out stays. */
export const Corrections = {
  person: z.strictObject({
    birth_on: Day,
    sex: z.union([z.literal(1), z.literal(2)]),
    id_number: z.string().regex(/^\d{17}[\dX]$/),
  }),
  residence: z.strictObject({ from_on: Day, to_on: Day, dwelling_code: Code(25) }),
  dwelling: z.strictObject({ house_use: z.string().max(4), floor: z.number().int().min(-5).max(150) }),
  entity: z.strictObject({
    credit_code: z.string().regex(/^[0-9A-HJ-NPQRTUWXY]{18}$/),
    registered_on: Day,
    closed_on: Day,
    building_code: Code(19),
  }),
  building: z.strictObject({
    position: z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]),
  }),
} as const satisfies Record<DoubtKind, z.ZodType>;

/** What runs a set of rules over the base data of a division. `id` is made by the sender: sent again, it is the same. */
export const VerifyDraft = z.object({
  id: z.uuid(),
  name: z.string().trim().min(2).max(60),
  division: DivisionCode,
  rules: z.array(DoubtRule).min(1).max(doubtRules.length),
});
export type VerifyDraft = z.output<typeof VerifyDraft>;

/** What somebody found on the spot. `stamp`: the record as it was shown; `clientKey`: sent again, it is the same visit. */
export const Visit = z.object({
  id: z.string().regex(/^[0-9a-f-]{36}:\d{1,7}$/),
  version: z.number().int().min(1),
  stamp: z.string().regex(/^[0-9a-f]{32}$/),
  result: VisitResult,
  values: z.record(z.string().max(20), z.unknown()).default({}),
  note: z.string().trim().max(200).default(''),
  clientKey: z.uuid(),
  happenedAt: z.iso.datetime({ offset: true }),
});
export type Visit = z.output<typeof Visit>;

/** Doubtful records of a batch: all that were sent = those that wait + unreachable + verified; verified = the other three. */
export type VerifyFigures = Record<VisitResult, number> & {
  found: number;
  sent: number;
  waiting: number;
  verified: number;
};

/** A run of rules and what came of it, as it stood at the clock (核查批次). */
export type VerifyBatch = {
  id: string;
  name: string;
  division: string;
  role: Role;
  at: string;
  sentAt: string | null;
  /** `finding`: rules are being run; `dead`: that was given up. */
  state: 'finding' | 'dead' | 'found' | 'sent' | 'done';
  figures: VerifyFigures;
};

/** What a batch came to by rule. */
export type RuleFigures = VerifyFigures & { rule: DoubtRule };

/** Share of sound records of a field, before a batch was verified and as it stands: `1 - doubtful / seen`. */
export type FieldGain = { field: QualityField; seen: number; found: number; open: number };

export type VerifyCard = VerifyBatch & { nRules: number; nRun: number; rules: RuleFigures[]; gain: FieldGain[] };

/** One doubtful record, masked, as somebody is to see it. `facts`: what is on record, text keys `verify.fact.<name>`. */
export type DoubtTask = {
  id: string;
  version: number;
  batch: string;
  rule: DoubtRule;
  kind: DoubtKind;
  state: DoubtState;
  stamp: string;
  /** Building and door. */
  address: string | null;
  position: LngLat | null;
  grid: string | null;
  facts: DoubtFact[];
};

/** Something on record; `list` = the dictionary list its value is a word of. */
export type DoubtFact = { name: string; value: string; list?: string };

/** Roles that run rules and send batches. */
export const verifyRoles: readonly Role[] = ['R2', 'R3', 'R4'];
