import { bucketDimensions, divisionDimensions, noCode } from '@/data/metrics/dimensions';
import type { Ask, WhyAsk } from '@/data/model/ask';
import type { Bucket } from '@/data/model/bucket';
import { FilterField, type Question } from '@/data/model/view';
import { periodOf } from '../chart/bucket';

const isOneOf = <T extends string>(keys: readonly T[], key: string): key is T =>
  (keys as readonly string[]).includes(key);

/** The question with one more code of a cell in it; null where no question alone says it. */
const narrowed = (question: Question, key: string, code: string): Question | null => {
  if (code === noCode) return null;
  if (isOneOf(divisionDimensions, key)) return { ...question, division: code };
  const field = FilterField.safeParse(key).data;
  if (field) return { ...question, filters: [...question.filters, { source: 'why', field, values: [code] }] };
  const period = isOneOf(bucketDimensions, key) ? periodOf(code, key as Bucket) : null;
  return period && { ...question, period };
};

/**
 * What asks why a cell of an answer is as it is: the cell as a question of its own, a day held against the same day of
 * the week before; null where it is none (an hour, a block, what carries no code).
 */
export const whyAskOf = (
  { metric, question }: Pick<Ask, 'metric' | 'question'>,
  at: Record<string, string>,
): WhyAsk | null => {
  const asked = Object.entries(at).reduce<Question | null>(
    (now, [key, code]) => now && narrowed(now, key, code),
    question as Question,
  );
  return asked && { metric, question: asked, ...(at.day === undefined ? {} : { daysBack: 7 }) };
};
