import { z } from 'zod';
import { Ask } from './ask';
import { Ranking } from './asked';
import { eventSorts } from './event';
import { ThemeAsk } from './theme';
import { Question } from './view';

/** Files there are: of a table, and of a report. */
export const exportFormats = ['csv', 'xlsx', 'pdf', 'docx'] as const;
export const ExportFormat = z.enum(exportFormats);
export type ExportFormat = z.infer<typeof ExportFormat>;

/** Rows of events a file holds at most. */
export const exportLimit = 5_000;

/** What a file may be for (用途); `other` says nothing by itself: its note must. */
export const exportPurposes = ['meeting', 'report', 'dispatch', 'review', 'other'] as const;
export const ExportPurpose = z.enum(exportPurposes);
export type ExportPurpose = z.infer<typeof ExportPurpose>;

/** Letters of a note at most. */
export const exportNoteLength = 200;

/** What is exported: the questions behind figures, a list of events, a report, a list of addresses, or what a theme was searched for. */
export const ExportWhat = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('figures'),
    asks: z.array(Ask).min(1).max(12),
    /** How the rows of each question are ranked; null = along time, else the largest first. */
    order: Ranking.nullable().default(null),
  }),
  z.object({
    kind: z.literal('events'),
    question: Question,
    /** Those open at the clock, whenever reported; else those reported in the period. */
    isOpen: z.boolean().default(false),
    sort: z.enum(eventSorts).default('urgency'),
    order: z.enum(['asc', 'desc']).default('asc'),
  }),
  z.object({
    kind: z.literal('report'),
    /** Report as its page names it: one of the catalogue, or one of somebody's own in a version. */
    page: z.string().max(40),
    place: Question.omit({ filters: true }),
  }),
  z.object({
    /** Rows of a list of addresses with what they were matched to. */
    kind: z.literal('address'),
    batch: z.uuid(),
    /** Those alone that nothing has matched. */
    isOpen: z.boolean().default(false),
  }),
  z.object({ kind: z.literal('theme'), ask: ThemeAsk }),
]);
export type ExportWhat = z.input<typeof ExportWhat>;

/** Files each kind of thing goes as. */
export const formatsOf: Record<ExportWhat['kind'], readonly ExportFormat[]> = {
  figures: ['csv', 'xlsx'],
  events: ['csv', 'xlsx'],
  report: ['pdf', 'docx'],
  address: ['csv'],
  theme: ['csv', 'xlsx'],
};

/** A wish for a file (导出申请): what, as what, and what for. */
export const ExportAsk = z
  .object({
    what: ExportWhat,
    /** Panel it was asked at; its title names the file. */
    panel: z.string().regex(/^[a-z][a-z-]{1,40}$/),
    format: ExportFormat,
    lang: z.enum(['zh', 'en']).default('zh'),
    purpose: ExportPurpose,
    note: z
      .string()
      .trim()
      .max(exportNoteLength)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: PostgreSQL cannot hold U+0000, and a line is one line
      .regex(/^[^\u0000-\u001f]*$/)
      .default(''),
  })
  .refine(({ purpose, note }) => purpose !== 'other' || note.length >= 2, {
    message: 'Say what the file is for.',
  })
  .refine(({ what, format }) => formatsOf[what.kind].includes(format), { message: 'Not as such a file.' });
export type ExportAsk = z.input<typeof ExportAsk>;

/** One export as the audit lists it (导出留痕). */
export type ExportRecord = {
  number: string;
  at: string;
  /** Post that took it: a role's code and a division's. */
  role: string;
  post: string;
  panel: string;
  format: ExportFormat;
  /** Division looked at. */
  division: string;
  metrics: string[];
  /** Title of a report; empty for all else. */
  title: string;
  nRows: number;
  purpose: ExportPurpose;
  note: string;
};
