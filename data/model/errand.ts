import { z } from 'zod';
import { DivisionCode } from './division';
import { Photos, type StepPhoto } from './photo';
import type { Role } from './scope';

/**
 * Kinds of errands beside events, never mixed: patrol 巡查 looks at a building, inspect 督察 at an event that was closed.
 * The third kind of work in the field, 核查 of doubtful records, has its own rules and batches (model/verify).
 */
export const errandKinds = ['patrol', 'inspect'] as const;
export const ErrandKind = z.enum(errandKinds);
export type ErrandKind = z.infer<typeof ErrandKind>;

/** What an errand may come out as, by kind; the first is what was hoped for. */
export const errandResults = {
  patrol: ['normal', 'found'],
  inspect: ['passed', 'failed'],
} as const satisfies Record<ErrandKind, readonly string[]>;
export type ErrandResult = (typeof errandResults)[ErrandKind][number];
export const resultsOf = (kind: ErrandKind): readonly ErrandResult[] => errandResults[kind];

/** Issues errands of one kind to the grids of an area; `id` is made by the sender. */
export const ErrandIssue = z.object({
  id: z.uuid(),
  kind: ErrandKind,
  division: DivisionCode,
  /** Things looked at of each grid, at most. */
  perGrid: z.number().int().min(1).max(30),
  dueAt: z.iso.datetime({ offset: true }),
  note: z.string().trim().max(400).default(''),
});
export type ErrandIssue = z.infer<typeof ErrandIssue>;

const errandSteps = ['issue', 'receive', 'finish', 'void'] as const;
export type ErrandStep = (typeof errandSteps)[number];

/** A step of the worker; `version` is the one he saw, `clientKey` makes a repeated send harmless. */
export const ErrandMove = z
  .object({
    id: z.string().max(60),
    version: z.number().int().min(1),
    step: z.enum(['receive', 'finish']),
    /** Of a finish alone. */
    result: z.enum([...errandResults.patrol, ...errandResults.inspect]).nullable(),
    note: z.string().trim().max(400).default(''),
    clientKey: z.uuid(),
    happenedAt: z.iso.datetime({ offset: true }).optional(),
    photos: Photos,
  })
  .refine(({ step, result }) => (step === 'finish') === (result !== null), { message: 'A finish has a result.' })
  .refine(({ step, photos = [] }) => step === 'finish' || photos.length === 0, { message: 'Photos go with a result.' });
export type ErrandMove = z.infer<typeof ErrandMove>;

/** Errands issued together, with how far they are. */
export type ErrandBatch = {
  id: string;
  kind: ErrandKind;
  division: string;
  perGrid: number;
  note: string;
  role: Role;
  issuedAt: string;
  dueAt: string;
  voidAt: string | null;
  issued: number;
  received: number;
  finished: number;
  /** Not finished, and past its limit at the clock. */
  late: number;
  results: Partial<Record<ErrandResult, number>>;
};

/** One errand as its grid and the desk see it. */
export type Errand = {
  id: string;
  version: number;
  kind: ErrandKind;
  grid: string | null;
  /** What is looked at: `building:…`, `entity:…`, `event:…`. */
  subject: string;
  name: string;
  /** Of an event, its category; null otherwise. */
  category: string | null;
  address: string;
  note: string;
  issuedAt: string;
  dueAt: string;
  receivedAt: string | null;
  finishedAt: string | null;
  result: ErrandResult | null;
  /** What the worker wrote. */
  answer: string;
  /** Photos sent with the result. */
  photos: StepPhoto[];
};
