'use client';

import type { Answer } from '@/data/model/answer';
import { Figure } from '../base/figure';
import { useText } from '../feed/text';
import { definePanel } from '../panel/panel';
import { storyQuestion } from '../panel/story';
import { StoryCard, StoryList } from '../panel/story-card';

export const storyProgress = definePanel({
  key: 'story-progress',
  sizes: ['hand'],
  isBare: true,
  ask: ({ view, api }) => {
    const question = storyQuestion(view, 'today');
    return {
      open: api.metric.ask.queryOptions({ metric: 'event.open', question }),
      byStage: api.metric.ask.queryOptions({ metric: 'event.open', dimensions: ['stage'], question }),
      overdue: api.metric.ask.queryOptions({ metric: 'event.overdue', question }),
      lateDepartments: api.metric.ask.queryOptions({
        metric: 'event.overdue',
        dimensions: ['department'],
        question,
        sort: 'value',
        order: 'desc',
        limit: 2,
      }),
    };
  },
  draw: ({ data, set }) => <Progress {...data} list={() => set({ page: 'story-events' })} />,
});

const stages = ['report', 'dispatch', 'handle', 'check'];

type ProgressProps = Record<'open' | 'byStage' | 'overdue' | 'lateDepartments', Answer> & { list: () => void };

const Progress = ({ open, byStage, overdue, lateDepartments, list }: ProgressProps) => {
  const { t, term } = useText();
  const [worst] = lateDepartments.cells;
  const title = worst?.value
    ? t('small.progress.late', { department: term('department', worst.at.department) })
    : t('small.progress.onTime');
  const rows = stages.flatMap((stage) => {
    const cell = byStage.cells.find((one) => one.at.stage === stage);
    return cell
      ? [{ key: stage, name: term('event-stage', stage), figure: <Figure answer={byStage} cell={cell} /> }]
      : [];
  });
  const late = lateDepartments.cells
    .filter((cell) => cell.value)
    .map((cell) => ({
      key: cell.at.department ?? '',
      name: `${term('department', cell.at.department)} · ${t('small.progress.overdue')}`,
      figure: <Figure answer={lateDepartments} cell={cell} />,
    }));
  return (
    <StoryCard
      title={title}
      answer={open}
      hero={<Figure answer={open} />}
      note={
        <>
          <span>{t('small.progress.open')}</span>
          <span>
            {t('small.progress.overdue')} <Figure answer={overdue} />
          </span>
        </>
      }
      action={{ label: t('small.action.events'), act: list }}
    >
      <StoryList rows={[...rows, ...late]} />
    </StoryCard>
  );
};
