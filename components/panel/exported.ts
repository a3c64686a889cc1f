import type { Ask } from '@/data/model/ask';
import type { ExportWhat } from '@/data/model/export';
import type { PanelQueries } from './panel';

type Asked = { path: string; input: unknown };
type EventAsk = Omit<Extract<ExportWhat, { kind: 'events' }>, 'kind' | 'isOpen'>;

/** Questions one file holds at most. */
const mostAsks = 12;

const askedIn = (queries: PanelQueries): Asked[] =>
  Object.values(queries).flatMap(({ queryKey: [path, options] }) =>
    Array.isArray(path) ? [{ path: path.join('.'), input: (options as { input?: unknown } | undefined)?.input }] : [],
  );

/** What a panel's file holds: the questions its figures answer, else the list of events it draws; null = neither. */
export const exportedBy = (queries: PanelQueries): ExportWhat | null => {
  const asked = askedIn(queries);
  const asks = asked.filter(({ path }) => path === 'metric.ask').map(({ input }) => input as Ask);
  if (asks.length > 0) return { kind: 'figures', asks: asks.slice(0, mostAsks) };
  const list = asked.find(({ path }) => path === 'event.list' || path === 'event.open');
  if (!list) return null;
  const { question, sort, order } = list.input as EventAsk;
  return { kind: 'events', isOpen: list.path === 'event.open', question, sort, order };
};
