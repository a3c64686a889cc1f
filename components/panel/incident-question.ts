import type { View } from '@/data/model/view';
import type { Api } from '../feed/trpc';
import { partsOf } from './question';

/** Stands where nothing is asked, because nothing is chosen. */
const nothing = (key: string) => ({ queryKey: ['nothing', key] as const, queryFn: () => null });

/** The event chosen and its moves, as the clock of the View has them; null without one. */
export const incidentAsks = (view: View, api: Api) => {
  const chosen = partsOf(view.selection);
  if (chosen?.kind !== 'event') return { event: nothing('event'), moves: nothing('moves') };
  const input = { id: chosen.code, at: view.at, known: view.known };
  return { event: api.event.byId.queryOptions(input), moves: api.event.history.queryOptions(input) };
};
