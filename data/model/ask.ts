import { z } from 'zod';
import { DimensionKey } from '../metrics/dimensions';
import { Question } from './view';

/**
 * Operators are of no metric: 环比, 同比, normal band (of time buckets), share of the whole 占比, rank 名次, cumulative 累计
 * and moving average 移动平均 over time buckets, per thousand and per ten thousand residents 每千人, 每万人, per worker on
 * duty 人均.
 */
export const operators = [
  ...(['previous', 'lastYear', 'band', 'share', 'rank', 'cumulative', 'moving'] as const),
  ...(['perThousand', 'perTenThousand', 'perWorker'] as const),
] as const;
export const Operator = z.enum(operators);
export type Operator = z.infer<typeof Operator>;

/** People a number is told by, of the operators that do: residents, or workers on duty. */
export const perHead = { perThousand: 1_000, perTenThousand: 10_000, perWorker: 1 } as const;
export type PerHead = keyof typeof perHead;
export const isPerHead = (operator: Operator): operator is PerHead => operator in perHead;

/** A question to the catalogue. `question` says where, when and under which filters. */
export const Ask = z.object({
  metric: z.string().max(60),
  dimensions: z.array(DimensionKey).max(3).default([]),
  question: Question,
  operators: z.array(Operator).default([]),
  /** Complete the time buckets and divisions that have no row with zeros. */
  complete: z.boolean().default(false),
  sort: z.enum(['value', 'dimension']).default('dimension'),
  order: z.enum(['asc', 'desc']).default('asc'),
  limit: z.number().int().min(1).max(5000).default(2000),
});
export type Ask = z.input<typeof Ask>;

/**
 * Why a figure differs from the period before (变化归因), or, with `daysBack`, from itself so many days earlier: a day is
 * held against the same day of the week before.
 */
export const WhyAsk = Ask.pick({ metric: true, question: true }).extend({
  daysBack: z.number().int().min(1).max(400).optional(),
});
export type WhyAsk = z.input<typeof WhyAsk>;
