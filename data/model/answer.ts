import { z } from 'zod';

/** Units a figure can carry; the words are text keys `unit.<key>`. */
export const units = [
  'person',
  'building',
  'storey',
  'visit',
  'dwelling',
  'entity',
  'event',
  'worker',
  'errand',
  'asset',
  'share',
  'hour',
  'minute',
  'perTenThousand',
  'workerPerTenThousand',
  'household',
  'alert',
  'record',
  'vehicle',
  'millimetre',
  'metrePerSecond',
] as const;
export const Unit = z.enum(units);
export type Unit = z.infer<typeof Unit>;

/** What a ratio is multiplied by to be told in a unit. */
export const scaleOf = (unit: Unit): number => (/perTenThousand$/i.test(unit) ? 10_000 : 1);

/** Which direction is good; neutral gets no judgement. */
export const Polarity = z.enum(['up_good', 'down_good', 'neutral']);
export type Polarity = z.infer<typeof Polarity>;

/**
 * The metric's value over a comparison interval and its additive parts (denominator 1 for counts). Null value = zero base:
 * a count of 0 or a denominator of 0, shown as "—".
 */
export const Comparison = z.object({ value: z.number().nullable(), numerator: z.number(), denominator: z.number() });
export type Comparison = z.infer<typeof Comparison>;

/** One cell of an Answer. `withheld` set ⇒ value, parts and n are null. */
export const Cell = z.object({
  /** Dimension key → code (or ISO local time bucket); `none` = rows that carry no code. */
  at: z.record(z.string(), z.string()),
  /** Null when withheld or when the denominator is zero. Shares 0–1. */
  value: z.number().nullable(),
  numerator: z.number().nullable(),
  /** 1 for counts and sums. */
  denominator: z.number().nullable(),
  /** Rows behind the value. */
  n: z.number().nullable(),
  withheld: z.enum(['small']).optional(),
  /** 环比: the interval of equal length just before. */
  previous: Comparison.optional(),
  /** 同比: the same interval one year earlier. */
  lastYear: Comparison.optional(),
  /** Normal band: 10th and 90th percentile of the same bucket in the eight weeks before. */
  band: z.object({ low: z.number(), mid: z.number(), high: z.number() }).optional(),
  /** 占比, 0–1: of the sum of all cells; null = withheld, a zero sum, or one that must not be told. */
  share: z.number().nullable().optional(),
  /** 名次 from 1, the greatest value first, ties alike; null = no value. */
  rank: z.number().nullable().optional(),
  /** 累计: from the first bucket of the period to this one; null = a withheld bucket among them, or a zero base. */
  cumulative: z.number().nullable().optional(),
  /** 移动平均 over 24 hours, 7 days, 4 weeks or 3 months, this one the last; null = not all of them whole and told. */
  moving: z.number().nullable().optional(),
  /** 每千人: by residents of the same place at the clock; null = either part is withheld, or nobody lives there. */
  perThousand: z.number().nullable().optional(),
  /** 每万人, likewise. */
  perTenThousand: z.number().nullable().optional(),
  /** 人均: by workers on duty in the same place at the clock; null = nobody is. */
  perWorker: z.number().nullable().optional(),
});
export type Cell = z.infer<typeof Cell>;

/** The only thing that can be drawn as a number. */
export const Answer = z.object({
  metric: z.string(),
  /** Indicator code of the field's list (K01…), null outside it. */
  code: z.string().nullable(),
  unit: Unit,
  kind: z.enum(['count', 'sum', 'mean', 'rate']),
  polarity: Polarity,
  decimals: z.number().int(),
  revision: z.number().int(),
  dimensions: z.array(z.string()),
  /** Instant the data stood at (截至). */
  asOf: z.iso.datetime({ offset: true }),
  /** Interval counted, half-open; null for stocks. */
  from: z.iso.datetime({ offset: true }).nullable(),
  to: z.iso.datetime({ offset: true }),
  /** Watermark of the facts replica. */
  snapshot: z.string(),
  /** Seconds within which a commit is promised to be counted. */
  freshSeconds: z.number(),
  /** Target of the customer for the asked division, if one is set. */
  target: z.number().nullable(),
  /**
   * What the withheld cells add up to, before `limit`: shown cells + this = the whole. 0 = none withheld; null = too few
   * to tell, or the metric does not add up.
   */
  withheldTotal: z.number().nullable().optional(),
  /** False: there are more cells than the `limit` of the question let through. */
  isComplete: z.boolean().optional(),
  /** Buckets of time that the period does not cover from end to end, by dimension; absent = none. */
  cut: z.partialRecord(z.enum(['hour', 'day', 'week', 'month']), z.array(z.string())).optional(),
  cells: z.array(Cell),
});
export type Answer = z.infer<typeof Answer>;

/** Whether the bucket of a cell is cut off by the period, in one dimension: it counts less than a whole one would. */
export const isCutBy = ({ cut }: Pick<Answer, 'cut'>, { at }: Pick<Cell, 'at'>, dimension: string): boolean =>
  Object.entries(cut ?? {}).some(([key, codes]) => key === dimension && codes.includes(at[key] ?? ''));

/** Whether the period cuts off a bucket of the cell in any dimension. */
export const isCutOff = (answer: Pick<Answer, 'cut'>, cell: Pick<Cell, 'at'>): boolean =>
  Object.keys(cell.at).some((dimension) => isCutBy(answer, cell, dimension));
