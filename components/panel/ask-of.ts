import type { QueryClient } from '@tanstack/react-query';
import type { Answer, Cell } from '@/data/model/answer';
import type { Ask } from '@/data/model/ask';
import type { Api } from '../feed/trpc';

/** The question an answer on the page was asked by; null for one put together from several. */
export const askOf = (client: QueryClient, api: Api, { answer, cell }: { answer: Answer; cell?: Cell }): Ask | null => {
  const asked = client.getQueryCache().findAll({ queryKey: api.metric.ask.pathKey() });
  const found = asked.find(({ state }) => {
    const data = state.data as Answer | undefined;
    return data === answer || (cell !== undefined && data?.cells.includes(cell));
  });
  const options = found?.queryKey[1] as { input?: Ask } | undefined;
  return options?.input ?? null;
};
