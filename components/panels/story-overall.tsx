'use client';

import { Change, Figure } from '../base/figure';
import { riseScore } from '../chart/focus';
import { useText } from '../feed/text';
import { definePanel } from '../panel/panel';
import { storyQuestion } from '../panel/story';
import { StoryCard, StoryList } from '../panel/story-card';

export const storyOverall = definePanel({
  key: 'story-overall',
  sizes: ['hand'],
  isBare: true,
  ask: ({ view, api }) => {
    const ask = (metric: string, period: 'today' | 'P7D') =>
      api.metric.ask.queryOptions({ metric, question: storyQuestion(view, period), operators: ['previous'] });
    return {
      reported: ask('event.reported', 'today'),
      open: ask('event.open', 'today'),
      overdue: ask('event.overdue', 'today'),
      onTime: ask('event.on_time_close_rate', 'P7D'),
      onDuty: ask('duty.on_duty_share', 'today'),
    };
  },
  draw: ({ data, set }) => <Overall {...data} go={() => set({ page: 'story-abnormal' })} />,
});

type OverallProps = Record<
  'reported' | 'open' | 'overdue' | 'onTime' | 'onDuty',
  Parameters<typeof Figure>[0]['answer']
>;

const Overall = ({ reported, open, overdue, onTime, onDuty, go }: OverallProps & { go: () => void }) => {
  const { t } = useText();
  const cell = reported.cells[0];
  const score = riseScore(cell?.value ?? 0, cell?.previous?.value ?? 0);
  const direction = score >= 2 ? 'up' : score <= -2 ? 'down' : 'flat';
  const isLate = (overdue.cells[0]?.value ?? 0) > 0;
  const row = (key: string, answer: typeof reported) => ({
    key,
    name: t(`small.overall.${key}`),
    figure: <Figure answer={answer} />,
    change: answer.cells[0]?.previous ? <Change answer={answer} against="previous" hasLabel={false} /> : null,
  });
  return (
    <StoryCard
      title={t(`small.overall.title.${direction}.${isLate ? 'late' : 'onTime'}`)}
      answer={reported}
      hero={<Figure answer={reported} />}
      note={
        <>
          <span>{t('small.overall.reported')}</span>
          <Change answer={reported} against="previous" />
        </>
      }
      action={{ label: t('small.action.abnormal'), act: go }}
    >
      <StoryList rows={[row('open', open), row('overdue', overdue), row('onTime', onTime), row('onDuty', onDuty)]} />
    </StoryCard>
  );
};
