import type { Ask } from '@/data/model/ask';
import type { DivisionLevel } from '@/data/model/division';
import type { Period, View } from '@/data/model/view';
import { askedBy } from '@/data/model/view';
import type { Divisions } from '../feed/divisions';

/** Cards of the meeting story, in the order they are told: pages of the tablet, each a panel. */
export const storyCards = [
  'story-overall',
  'story-abnormal',
  'story-cause',
  'story-progress',
  'story-force',
  'story-proposal',
  'story-followup',
] as const;
export type StoryKey = (typeof storyCards)[number];

/** Level whose places a story compares: communities of a district, grids of a community. */
export const comparedLevel = (divisions: Divisions, view: View): Extract<DivisionLevel, 'community' | 'grid'> => {
  const level = divisions.byCode(view.division ?? divisions.root.code)?.level;
  return level === 'community' || level === 'grid' ? 'grid' : 'community';
};

/** A story's question: the View's place and filters over the story's own period. */
export const storyQuestion = (view: View, period: Period): Ask['question'] => ({ ...askedBy('story', view), period });

/** The question all cards share: where did reported events rise most in the last seven days. */
export const focusAsk = (divisions: Divisions, view: View): Ask => ({
  metric: 'event.reported',
  dimensions: [comparedLevel(divisions, view)],
  question: storyQuestion(view, 'P7D'),
  operators: ['previous'],
});

/** What proposals rest on, asked at the View's clock. */
export const proposalAsks = (divisions: Divisions, view: View): Record<'byPlace' | 'late' | 'duty', Ask> => {
  const question = storyQuestion(view, 'today');
  return {
    byPlace: focusAsk(divisions, view),
    late: { metric: 'event.overdue', dimensions: ['department'], question },
    duty: { metric: 'duty.on_duty_share', dimensions: ['subdistrict'], question },
  };
};

const hourMs = 3_600_000;
const weekMs = 7 * 24 * hourMs;

/** The View a week before its clock; while live, to the full hour, so that the question stays the same for an hour. */
export const weekBefore = (view: View): View => {
  const now = view.at === null ? Math.floor(Date.now() / hourMs) * hourMs : Date.parse(view.at);
  return { ...view, at: new Date(now - weekMs).toISOString() };
};
