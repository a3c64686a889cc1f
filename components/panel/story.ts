import type { Ask } from '@/data/model/ask';
import type { DivisionLevel } from '@/data/model/division';
import type { Period, View } from '@/data/model/view';
import { askedBy } from '@/data/model/view';
import type { Divisions } from '../feed/divisions';

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
