import type { Period } from '@/data/model/view';

/** Cards of the meeting story, in the order they are told; each is a panel. */
export const storyCards = [
  'story-overall',
  'story-abnormal',
  'story-cause',
  'story-progress',
  'story-force',
  'story-proposal',
] as const;

/** What the map shows beside a card. */
type CardMap = {
  /** Metric that fills the areas; null = the map's own choice for this installation. */
  metric: string | null;
  period: Period;
  /** Whether the place the card is about is selected. */
  isAtFocus: boolean;
};

export const cardMaps: Record<(typeof storyCards)[number], CardMap> = {
  'story-overall': { metric: null, period: 'today', isAtFocus: false },
  'story-abnormal': { metric: 'event.reported', period: 'P7D', isAtFocus: true },
  'story-cause': { metric: 'event.reported', period: 'P7D', isAtFocus: true },
  'story-progress': { metric: 'event.open', period: 'today', isAtFocus: false },
  'story-force': { metric: 'duty.on_duty_share', period: 'today', isAtFocus: false },
  'story-proposal': { metric: 'event.overdue', period: 'today', isAtFocus: false },
};
