import type { OwnDraft } from '@/data/metrics/own';
import type { Answer } from '@/data/model/answer';
import { Ask } from '@/data/model/ask';
import { type AskContext, answerWith } from './answer';
import { runMetric } from './own';

/** What an indicator that is not kept yet would answer for the caller's territory. */
export const preview = (context: AskContext, draft: OwnDraft): Promise<Answer> => {
  const metric = runMetric({ ...draft, since: context.facts.status().asOf.toISOString(), actor: '' });
  const question = { division: null, period: 'P30D', at: null, filters: [] };
  return answerWith(context, metric, Ask.parse({ metric: metric.key, question }));
};
