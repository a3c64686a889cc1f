import { z } from 'zod';
import { DimensionKey } from '../metrics/dimensions';
import { Operator } from './ask';
import { DivisionCode } from './division';
import { Clause, Period } from './view';

/** What a part of a sentence says. */
export const partKinds = ['metric', 'dimension', 'division', 'period', 'filter', 'order', 'operator'] as const;
export const PartKind = z.enum(partKinds);
export type PartKind = z.infer<typeof PartKind>;

/** Part of a sentence that was understood: places of its characters, half-open. `target` as the kind spells it. */
export const AskedSpan = z.object({ from: z.number(), to: z.number(), kind: PartKind, target: z.string() });
export type AskedSpan = z.infer<typeof AskedSpan>;

/** Rows a ranking names at most. */
export const mostRanked = 99;

/** How the rows are ranked; null limit = all of them. */
export const Ranking = z.object({
  direction: z.enum(['desc', 'asc']),
  limit: z.number().int().min(1).max(mostRanked).nullable(),
});
export type Ranking = z.infer<typeof Ranking>;

/** A sentence as a question (提问). It may be asked only while `unknown` and `missing` are empty. */
export const Asked = z.object({
  /** Null = none was named. */
  metric: z.string().nullable(),
  dimensions: z.array(DimensionKey),
  /** Only what the sentence says. Null division = the whole of the caller's territory. */
  view: z.object({
    division: DivisionCode.nullable().optional(),
    period: Period.optional(),
    filters: z.array(Clause).optional(),
  }),
  order: Ranking.nullable(),
  operators: z.array(Operator),
  /** Words that say nothing known, or that do not go with the rest, as they were typed. */
  unknown: z.array(z.string()),
  /** What a question needs and the sentence lacks: a metric, or what to rank by it. */
  missing: z.array(z.enum(['metric', 'dimension'])),
  spans: z.array(AskedSpan),
  /** The sentence without the unknown words. */
  rest: z.string(),
});
export type Asked = z.infer<typeof Asked>;
