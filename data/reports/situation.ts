import type { Report, ReportAsk, ReportKey } from '../model/report';

const both = ['previous', 'lastYear'] as const;

const bars = (key: string, ask: ReportAsk, most = 12) => ({ key, kind: 'bars' as const, asks: { it: ask }, most });

const byPart = (split: ReportAsk['split']): Record<string, ReportAsk> => ({
  reported: { metric: 'event.reported', split, operators: both },
  closed: { metric: 'event.closed', split },
  onTime: { metric: 'event.on_time_close_rate', split },
  open: { metric: 'event.open', split },
  overdue: { metric: 'event.overdue', split },
});

/** What happened in a stretch of time (情况通报): daily, weekly and monthly differ by their period alone. */
const situation = (key: ReportKey): Report => ({
  key,
  sections: [
    {
      key: 'overall',
      blocks: [
        {
          key: 'overall',
          kind: 'sentence',
          asks: {
            reported: { metric: 'event.reported', operators: both },
            closed: { metric: 'event.closed' },
            onTime: { metric: 'event.on_time_close_rate', operators: ['previous'] },
            open: { metric: 'event.open' },
            overdue: { metric: 'event.overdue' },
          },
        },
        {
          key: 'overallFigures',
          kind: 'figures',
          asks: {
            reported: { metric: 'event.reported', operators: both },
            closed: { metric: 'event.closed', operators: both },
            closeRate: { metric: 'event.close_rate', operators: both },
            onTime: { metric: 'event.on_time_close_rate', operators: both },
            open: { metric: 'event.open', operators: both },
            overdue: { metric: 'event.overdue', operators: both },
            hours: { metric: 'event.handle_hours', operators: both },
            rework: { metric: 'event.rework_rate', operators: both },
          },
        },
        {
          key: 'course',
          kind: 'trend',
          asks: { it: { metric: 'event.reported', split: 'bucket', operators: ['lastYear', 'band'] } },
          say: 'course',
        },
      ],
    },
    {
      key: 'kind',
      blocks: [
        {
          key: 'kind',
          kind: 'sentence',
          asks: { kind: { metric: 'event.reported', split: 'categoryL1', operators: ['share', 'previous'] } },
        },
        bars('categoryL1', { metric: 'event.reported', split: 'categoryL1', operators: ['share', 'previous'] }),
        bars('category', { metric: 'event.reported', split: 'category', operators: ['previous'] }, 10),
        bars('level', { metric: 'event.reported', split: 'level', operators: ['share', 'previous'], isByCode: true }),
        bars('source', { metric: 'event.reported', split: 'source', operators: ['share', 'previous'] }),
      ],
    },
    {
      key: 'area',
      blocks: [
        { key: 'area', kind: 'sentence', asks: { area: { metric: 'event.reported', split: 'below' } } },
        { key: 'areaMap', kind: 'map', asks: { it: { metric: 'event.reported', split: 'area' } } },
        { key: 'areaBelow', kind: 'table', asks: byPart('below') },
        { key: 'areaDeep', kind: 'table', asks: byPart('deep'), most: 20 },
      ],
    },
    { key: 'department', blocks: [{ key: 'department', kind: 'table', asks: byPart('department'), most: 30 }] },
    {
      key: 'open',
      blocks: [
        {
          key: 'open',
          kind: 'sentence',
          asks: {
            open: { metric: 'event.open' },
            overdue: { metric: 'event.overdue' },
            late: { metric: 'event.overdue', split: 'department' },
          },
        },
        bars('openStage', { metric: 'event.open', split: 'stage', operators: ['previous'] }),
        bars('openLevel', { metric: 'event.open', split: 'level', isByCode: true }),
      ],
    },
  ],
});

export const daily = situation('daily');
export const weekly = situation('weekly');
export const monthly = situation('monthly');
