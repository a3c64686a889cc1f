'use client';

import type { Answer } from '@/data/model/answer';
import type { Clause, View } from '@/data/model/view';
import { Change, Figure } from '../base/figure';
import { cellsAt, contributions, pickFocus } from '../chart/focus';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import { withClause } from '../feed/view';
import { definePanel } from '../panel/panel';
import { comparedLevel, focusAsk, storyQuestion } from '../panel/story';
import { StoryCard, StoryList } from '../panel/story-card';

export const storyCause = definePanel({
  key: 'story-cause',
  sizes: ['hand'],
  isBare: true,
  ask: ({ view, api, divisions }) => ({
    byPlace: api.metric.ask.queryOptions(focusAsk(divisions, view)),
    byCategory: api.metric.ask.queryOptions({
      metric: 'event.reported',
      dimensions: [comparedLevel(divisions, view), 'categoryL1'],
      question: storyQuestion(view, 'P7D'),
      operators: ['previous'],
    }),
    overall: api.metric.ask.queryOptions({
      metric: 'event.reported',
      dimensions: ['categoryL1'],
      question: storyQuestion(view, 'P7D'),
      operators: ['previous'],
    }),
  }),
  draw: ({ data, view, set }) => <Cause {...data} view={view} set={set} />,
});

type CauseProps = Record<'byPlace' | 'byCategory' | 'overall', Answer> & {
  view: View;
  set: (patch: Partial<View>) => void;
};

/** The filter a card puts on the map and leaves out of its own questions. */
const clauseOf = (values: string[]): Clause => ({ source: 'story', field: 'categoryL1', values });

const Cause = ({ byPlace, byCategory, overall, view, set }: CauseProps) => {
  const { t, term } = useText();
  const divisions = useDivisions();
  const level = byPlace.dimensions[0] ?? 'community';
  const focus = pickFocus(byPlace, level);
  const answer = focus ? byCategory : overall;
  const parts = contributions(focus ? cellsAt(byCategory, level, focus.code) : overall.cells, 'categoryL1').slice(0, 5);
  const [first] = parts;
  const place = focus ? divisions.name(focus.code) : divisions.name(divisions.root.code);
  const title = first
    ? t('small.cause.title', {
        place,
        category: term('event-category-l1', first.code),
        share: (first.share * 100).toFixed(1),
      })
    : t('small.cause.none', { place });
  const isOnly = view.filters.some(({ source }) => source === 'story');
  const action = first && {
    label: isOnly ? t('small.action.all') : t('small.action.only', { category: term('event-category-l1', first.code) }),
    act: () => set({ filters: withClause(view, clauseOf(isOnly ? [] : [first.code])) }),
  };
  return (
    <StoryCard title={title} answer={answer} action={action}>
      <StoryList
        rows={parts.map(({ code, cell, share }) => ({
          key: code,
          name: `${term('event-category-l1', code)} · ${t('small.cause.share', { share: (share * 100).toFixed(1) })}`,
          figure: <Figure answer={answer} cell={cell} />,
          change: <Change answer={answer} cell={cell} against="previous" hasLabel={false} />,
        }))}
      />
      <p>{t('small.cause.note')}</p>
    </StoryCard>
  );
};
