import type { FillLevel } from '@/data/model/division';
import { askedBy, type View } from '@/data/model/view';
import type { Api } from '../feed/trpc';

const period = 'P90D' as const;
const dayMs = 86_400_000;
/** Mondays inside ninety days, at most. */
const nMondays = 13;

/** Mondays (UTC) before the clock, oldest first: instants at which a stock is read. */
export const mondaysBefore = (clock: number, n: number): string[] => {
  const monday = Math.floor((clock / dayMs + 3) / 7) * 7 - 3;
  return Array.from({ length: n }, (_, i) => new Date((monday - 7 * (n - 1 - i)) * dayMs).toISOString());
};

/** What the trends ask, the same for all their panels: one request serves them. */
export const trendAsks = (view: View, api: Api) => {
  const question = { ...askedBy('trend', view), period };
  const byWeek = (metric: string) =>
    api.metric.ask.queryOptions({ metric, dimensions: ['week'], question, complete: true });
  return {
    reported: api.metric.ask.queryOptions({
      metric: 'event.reported',
      dimensions: ['week'],
      question,
      operators: ['lastYear'],
      complete: true,
    }),
    onTime: byWeek('event.on_time_close_rate'),
    rework: byWeek('event.rework_rate'),
    categories: api.metric.ask.queryOptions({
      metric: 'event.reported',
      dimensions: ['categoryL1', 'week'],
      question,
    }),
    hours: api.metric.ask.queryOptions({ metric: 'event.reported', dimensions: ['hourOfDay', 'week'], question }),
  };
};

/** The overdue stock as it stood on each Monday before the clock, and at the clock. */
export const overdueAsks = (view: View, api: Api) => {
  const clock = view.at ? Date.parse(view.at) : Date.now();
  const question = { ...askedBy('trend', view), period: 'today' as const };
  const at = [...mondaysBefore(clock, nMondays), view.at];
  return Object.fromEntries(
    at.map((instant, i) => [
      `overdue${i}`,
      api.metric.ask.queryOptions({ metric: 'event.overdue', question: { ...question, at: instant } }),
    ]),
  );
};

/** Areas of a level against the thirty days before. */
export const changeAsk = (view: View, api: Api, level: FillLevel) =>
  api.metric.ask.queryOptions({
    metric: 'event.reported',
    dimensions: [level],
    question: { ...askedBy('trend', view), period: 'P30D' },
    operators: ['previous'],
    complete: true,
  });
