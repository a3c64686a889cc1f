/** Cards of the meeting story, in the order they are told; each is a panel. */
export const storyCards = [
  'story-overall',
  'story-abnormal',
  'story-cause',
  'story-progress',
  'story-force',
  'story-proposal',
] as const;

/** What the map shows beside a card: the metric that fills it and whether it goes to the place the card is about. */
export const cardMaps: Record<(typeof storyCards)[number], { metric: string; isAtFocus: boolean }> = {
  'story-overall': { metric: 'event.per_ten_thousand', isAtFocus: false },
  'story-abnormal': { metric: 'event.reported', isAtFocus: true },
  'story-cause': { metric: 'event.reported', isAtFocus: true },
  'story-progress': { metric: 'event.open', isAtFocus: false },
  'story-force': { metric: 'duty.on_duty_share', isAtFocus: false },
  'story-proposal': { metric: 'event.overdue', isAtFocus: false },
};
