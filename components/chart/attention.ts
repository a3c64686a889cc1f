import type { EventStage } from '@/data/model/event';
import { eventStages } from '@/data/model/event';
import { formatSpan } from '../base/format';

export { type EventClock, eventClock, nameable, rankAttention } from '@/data/model/attention';

const minutesOf = { hour: 60, day: 1_440, year: 525_960 };

/** A span for a narrow column: `00:34`, from 100 hours on days, from two years on years. */
export const spanWords = (minutes: number, t: (key: string, params: { n: number }) => string): string => {
  if (minutes < 100 * minutesOf.hour) return formatSpan(minutes);
  if (minutes < 2 * minutesOf.year) return t('common.duration.days', { n: Math.floor(minutes / minutesOf.day) });
  return t('panel.attention-list.years', { n: Math.floor(minutes / minutesOf.year) });
};

export type StepState = 'done' | 'current' | 'open';

/** The five steps of the loop as they stand for an event in a stage. */
export const stepsOf = (stage: EventStage): StepState[] => {
  const at = eventStages.indexOf(stage);
  return eventStages.map((_, i) => (i < at || stage === 'closed' ? 'done' : i === at ? 'current' : 'open'));
};
