import { EventStage } from '@/data/model/event';
import type { View } from '@/data/model/view';
import type { Api } from '../feed/trpc';
import { questionOf } from './question';

/** Open events a desk keeps in sight; a longer queue says so. */
const most = 500;

/** The queue of the dispatch desk, whose own choice of steps cuts it alone. */
export const deskKey = 'desk-queue';

/** Steps the queue was cut down to; empty = all. */
export const stagesOf = (view: View): EventStage[] =>
  view.filters
    .filter((clause) => clause.source === deskKey && clause.field === 'stage')
    .flatMap(({ values }) => values.flatMap((value) => EventStage.safeParse(value).data ?? []));

/** Open events of the place in focus, gravest and soonest due first, at these steps (none = all). */
export const openList = (api: Api, view: View, stages: readonly EventStage[] = []) => {
  const question = questionOf(deskKey, view);
  const own = stages.length > 0 ? [{ source: deskKey, field: 'stage' as const, values: [...stages] }] : [];
  return api.event.open.queryOptions({
    question: { ...question, filters: [...question.filters, ...own] },
    limit: most,
  });
};
