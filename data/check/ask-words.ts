import { z } from 'zod';
import { DimensionKey } from '../metrics/dimensions';
import type { Metric } from '../metrics/metric';
import { Operator } from '../model/ask';
import { FilterField, listOfDimension } from '../model/view';
import { codesOf, type Lists } from './lists';

const Words = z.array(z.string().min(1)).min(1);
const AskWords = z.looseObject({
  noun: z.record(z.string(), Words),
  metric: z.record(z.string(), Words),
  dimension: z.partialRecord(DimensionKey, Words),
  filter: z.record(z.string(), Words),
  order: z.object({ desc: Words, asc: Words }),
  operator: z.partialRecord(Operator, Words),
  whole: Words,
  filler: Words,
  opaque: Words,
});

/** Kinds that may share a word: which is meant shows by the rest of the sentence. */
const shared = new Set(['metric', 'dimension', 'filter']);

/** Faults of the words a sentence is read by: unknown targets, and words that say two things at once. */
export const checkAskWords = (json: unknown, metrics: readonly Metric[], lists: Lists): string[] => {
  const read = AskWords.safeParse(json);
  if (!read.success) return [`ask-word.json: ${z.prettifyError(read.error)}`];
  const { noun, metric, dimension, filter, order, operator, whole, filler, opaque } = read.data;
  const faults: string[] = [];
  for (const key of [...Object.keys(noun), ...Object.keys(metric)])
    if (!metrics.some((one) => one.key === key)) faults.push(`ask-word.json: there is no metric ${key}.`);
  for (const target of Object.keys(filter)) {
    const [name, code = ''] = target.split(':');
    const field = FilterField.safeParse(name).data;
    if (!field || !codesOf(lists, listOfDimension[field] ?? '').includes(code))
      faults.push(`ask-word.json: ${target} is no word of a list.`);
  }
  const kinds = { noun, metric, dimension, filter, order, operator, whole: { '': whole } };
  const said = new Map<string, string>();
  for (const [kind, targets] of Object.entries({ ...kinds, filler: { '': filler }, opaque: { '': opaque } }))
    for (const [target, words] of Object.entries(targets))
      for (const word of words) {
        const before = said.get(word);
        if (before !== undefined && !(shared.has(kind) && shared.has(before) && kind !== before))
          faults.push(`ask-word.json: ${word} stands under ${before} and under ${kind} ${target}.`);
        said.set(word, kind);
      }
  return faults;
};
