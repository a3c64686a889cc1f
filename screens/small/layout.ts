import type { StoryKey } from '@/components/panel/story';
import { storyCards } from '@/components/panel/story';
import type { Period } from '@/data/model/view';

/** Pages of the tablet and phone besides the cards: the list of open events, search and the map alone. */
export const sidePages = ['story-events', 'search', 'map'] as const;
export type SidePage = (typeof sidePages)[number];

/** Card and side page that a View's page stands for; an unknown one is the first card. */
export const smallPageOf = (page: string | null): { card: StoryKey; side: SidePage | null } => ({
  card: storyCards.find((key) => key === page) ?? storyCards[0],
  side: sidePages.find((key) => key === page) ?? null,
});

/** What the map shows beside a card. */
type CardMap = {
  /** Metric that fills the areas; null = the map's own choice for this installation. */
  metric: string | null;
  period: Period;
  /** Whether the place the card is about is selected. */
  isAtFocus: boolean;
};

export const cardMaps: Record<StoryKey, CardMap> = {
  'story-overall': { metric: null, period: 'today', isAtFocus: false },
  'story-abnormal': { metric: 'event.reported', period: 'P7D', isAtFocus: true },
  'story-cause': { metric: 'event.reported', period: 'P7D', isAtFocus: true },
  'story-progress': { metric: 'event.open', period: 'today', isAtFocus: false },
  'story-force': { metric: 'duty.on_duty_share', period: 'today', isAtFocus: false },
  'story-proposal': { metric: 'event.overdue', period: 'today', isAtFocus: false },
  'story-followup': { metric: 'event.overdue', period: 'today', isAtFocus: false },
};
