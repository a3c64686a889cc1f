import type { EventStage } from '@/data/model/event';
import { eventStages } from '@/data/model/event';

export {
  type ClockTimes,
  type EventClock,
  eventClock,
  isStanding,
  nameable,
  overdueFirst,
  rankAttention,
} from '@/data/model/attention';

export type StepState = 'done' | 'current' | 'open';

/** The five steps of the loop as they stand for an event in a stage. */
export const stepsOf = (stage: EventStage): StepState[] => {
  const at = eventStages.indexOf(stage);
  return eventStages.map((_, i) => (i < at || stage === 'closed' ? 'done' : i === at ? 'current' : 'open'));
};
