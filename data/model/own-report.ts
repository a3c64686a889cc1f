import { z } from 'zod';
import { DimensionKey } from '../metrics/dimensions';
import { DivisionCode } from './division';
import { savedNameLength } from './saved-view';
import { Clause, Period } from './view';

/** Blocks of figures there are. */
export const figureKinds = ['figures', 'table', 'bars', 'trend', 'map'] as const;
export type FigureKind = (typeof figureKinds)[number];

export const headingLength = 40;
export const noteLength = 2_000;

const words = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: PostgreSQL cannot hold U+0000; lines may end
    .regex(/^[^\u0000-\u0009\u000b-\u001f]*$/);

/** A block somebody picked: words, or one metric with what it is split by and filtered to. */
export const OwnBlock = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('heading'), text: words(headingLength) }),
  z.object({ kind: z.literal('note'), text: words(noteLength) }),
  z.object({
    kind: z.enum(figureKinds),
    metric: z.string().max(60),
    by: z.array(DimensionKey).max(2).default([]),
    filters: z
      .array(Clause.omit({ source: true }))
      .max(8)
      .default([]),
  }),
]);
export type OwnBlock = z.infer<typeof OwnBlock>;
export type FigureBlock = Extract<OwnBlock, { metric: string }>;

/** Blocks of one report at most. */
export const mostBlocks = 40;

/** What is kept of a report somebody put together (自定义报告). */
export const OwnReportDraft = z.object({
  name: z.string().trim().min(1).max(savedNameLength),
  /** Offered to the posts whose territory holds the division reported on. */
  isShared: z.boolean().default(true),
  blocks: z.array(OwnBlock).min(1).max(mostBlocks),
  /** Null = the caller's own. */
  division: DivisionCode.nullable(),
  period: Period,
  /** Clock of the report; null = fixed at the present as it is kept. */
  at: z.iso.datetime({ offset: true }).nullable(),
});
export type OwnReportDraft = z.infer<typeof OwnReportDraft>;

export type OwnReport = Omit<OwnReportDraft, 'division' | 'at'> & {
  id: string;
  /** From 1; every change appends the next one. */
  version: number;
  newest: number;
  division: string;
  at: string;
  owner: { role: string; division: string };
  isOwn: boolean;
  savedAt: string;
};

/** A report of one's own as a page names it: the newest version, or one of them. */
export type OwnRef = { id: string; version: number | null };

const ownPage = /^own\.([0-9a-f]{12})(?:\.(\d{1,6}))?$/;
export const OwnId = z.string().regex(/^[0-9a-f]{12}$/);

export const ownRefOf = (page: string | null): OwnRef | null => {
  const [, id, version] = ownPage.exec(page ?? '') ?? [];
  return id ? { id, version: version ? Number(version) : null } : null;
};

export const pageOfOwn = ({ id, version }: OwnRef): string => `own.${id}${version === null ? '' : `.${version}`}`;
