import { z } from 'zod';
import { LookPurpose, RevealReason } from './audit';
import { DivisionCode } from './division';
import { plainText } from './intake';

/** What a visit found (走访结果): all well, a need to be met, moved away. */
export const careResults = ['well', 'need', 'left'] as const;
export const CareResult = z.enum(careResults);
export type CareResult = z.infer<typeof CareResult>;

/** Which of the register a list holds: all, those whose visit is past due, due within a week, those with a need open. */
export const careWindows = ['all', 'overdue', 'week', 'need'] as const;
export const CareWindow = z.enum(careWindows);
export type CareWindow = z.infer<typeof CareWindow>;

const Id = z.string().regex(/^[\w-]{1,40}$/);
const Group = z.string().regex(/^C\d{2}$/);

/** What a list of the register is asked by; each look is kept in the audit. */
export const CareAsk = z.object({
  purpose: LookPurpose,
  division: DivisionCode.nullable().default(null),
  group: Group.nullable().default(null),
  window: CareWindow.default('all'),
});
export type CareAsk = z.output<typeof CareAsk>;

/** What a page of the register asks, each part a word of its own: `care.visit.C01.overdue`; null = no purpose is named yet. */
export const careAskOf = ({ page }: { page: string | null }): CareAsk | null => {
  const parts = (page ?? '').split('.');
  const purpose = parts.flatMap((part) => LookPurpose.safeParse(part).data ?? [])[0];
  if (!purpose) return null;
  return {
    purpose,
    division: null,
    group: parts.find((part) => Group.safeParse(part).success) ?? null,
    window: parts.flatMap((part) => CareWindow.safeParse(part).data ?? [])[0] ?? 'all',
  };
};

/** Page of the register that asks this. */
export const carePage = ({ purpose, group, window }: Pick<CareAsk, 'purpose' | 'group' | 'window'>): string =>
  ['care', purpose, ...(group ? [group] : []), window].join('.');

/** What a visit is told with: `seq` the visit that was due; null `result` = nobody met, it stays due. */
export const CareVisited = z
  .object({
    id: Id,
    seq: z.number().int().min(1),
    result: CareResult.nullable(),
    note: plainText(400).default(''),
    clientKey: z.uuid(),
    /** When it was, from a phone that was without network; left out = as it is received. */
    happenedAt: z.iso.datetime({ offset: true }).optional(),
  })
  .refine(({ result, note }) => result !== 'need' || note.length >= 2, {
    path: ['note'],
    message: 'Say what is needed.',
  });
export type CareVisited = z.output<typeof CareVisited>;

/** Whom to take into the register, and in which group. `clientKey` makes a repeated send harmless. */
export const CareEnrolment = z.object({
  person: z.number().int().positive(),
  dwelling: z.string().regex(/^[\w-]{1,40}$/),
  group: Group,
  clientKey: z.uuid(),
});
export type CareEnrolment = z.output<typeof CareEnrolment>;

export const CareLook = z.object({ id: Id, purpose: LookPurpose });
export const CareReveal = z.object({ id: Id, purpose: LookPurpose, reason: RevealReason });

/** A person of the register, masked. */
export type CareRow = {
  id: string;
  name: string;
  ageBand: string;
  group: string;
  grid: string | null;
  /** Building, in both languages, and room. */
  place: string;
  placeEn: string;
  room: string;
  /** Visit that is due next; null = none, the person has left the register. */
  seq: number | null;
  dueAt: string | null;
  isOverdue: boolean;
  /** What is needed, as the last visit told it; null = nothing open. */
  need: string | null;
};

export type CareVisitLine = {
  seq: number;
  dueAt: string;
  visitedAt: string | null;
  result: CareResult | null;
  note: string;
};

/** One person of the register with his visits, the newest first. */
export type CareCard = CareRow & {
  since: string;
  until: string | null;
  visits: CareVisitLine[];
  /** Whether the caller may tell of a visit, see who it is, end it. */
  mayVisit: boolean;
  mayReveal: boolean;
  mayEnd: boolean;
};

/** Who it is, for ten minutes. */
export type Revealed = { name: string; phone: string | null; until: string };

/** What calls the homes a warning covers: within how many minutes they should answer. */
export const CareCallOut = z.object({ alert: Id, limitMinutes: z.number().int().min(5).max(240) });

/** Homes called for a warning in the caller's territory; `late` = answered after the limit. */
export type CallFigures = { called: number; inTime: number; late: number; open: number };

/** A home that has not answered yet; the caller's own grid alone. */
export type CalledHome = {
  alert: string;
  warning: string;
  dwelling: string;
  place: string;
  placeEn: string;
  room: string;
  nPersons: number;
  dueAt: string;
};

/** Visits of the caller's territory that are past due, and those due within a week; nobody is told by it. */
export type CareDue = { overdue: number; week: number };
