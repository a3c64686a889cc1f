import { z } from 'zod';
import { Ask } from './ask';
import { Ranking } from './asked';
import { eventSorts } from './event';
import { Question } from './view';

/** Files a table can be taken along as. */
export const exportFormats = ['csv', 'xlsx'] as const;
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

/** What is exported: the questions behind figures, or a list of events. */
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
]);
export type ExportWhat = z.input<typeof ExportWhat>;

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
  });
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
  nRows: number;
  purpose: ExportPurpose;
  note: string;
};
