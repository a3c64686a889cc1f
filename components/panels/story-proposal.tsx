'use client';

import type { Answer } from '@/data/model/answer';
import { pickFocus } from '../chart/focus';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import { definePanel } from '../panel/panel';
import { focusAsk, storyQuestion } from '../panel/story';
import { StoryCard, StorySteps } from '../panel/story-card';

export const storyProposal = definePanel({
  key: 'story-proposal',
  sizes: ['hand'],
  isBare: true,
  ask: ({ view, api, divisions }) => {
    const question = storyQuestion(view, 'today');
    return {
      byPlace: api.metric.ask.queryOptions(focusAsk(divisions, view)),
      late: api.metric.ask.queryOptions({
        metric: 'event.overdue',
        dimensions: ['department'],
        question,
        sort: 'value',
        order: 'desc',
        limit: 1,
      }),
      duty: api.metric.ask.queryOptions({ metric: 'duty.on_duty_share', dimensions: ['subdistrict'], question }),
    };
  },
  draw: ({ data }) => <Proposal {...data} />,
});

const Proposal = ({ byPlace, late, duty }: Record<'byPlace' | 'late' | 'duty', Answer>) => {
  const { t, term } = useText();
  const divisions = useDivisions();
  const focus = pickFocus(byPlace, byPlace.dimensions[0] ?? 'community');
  const worst = late.cells.find((cell) => cell.value);
  const gap = [...duty.cells]
    .map((cell) => ({ code: cell.at.subdistrict, missing: (cell.denominator ?? 0) - (cell.numerator ?? 0) }))
    .sort((a, b) => b.missing - a.missing)[0];
  const steps = [
    worst?.value
      ? t('small.proposal.supervise', { department: term('department', worst.at.department), n: worst.value })
      : null,
    focus ? t('small.proposal.patrol', { place: divisions.name(focus.code), n: focus.value - focus.previous }) : null,
    gap && gap.missing > 0 ? t('small.proposal.duty', { place: divisions.name(gap.code), n: gap.missing }) : null,
  ].flatMap((text) => (text ? [{ key: text, text }] : []));
  return (
    <StoryCard
      title={t(steps.length ? 'small.proposal.title' : 'small.proposal.none', { n: steps.length })}
      answer={byPlace}
    >
      <StorySteps steps={steps} />
      <p>{t('small.proposal.note')}</p>
    </StoryCard>
  );
};
