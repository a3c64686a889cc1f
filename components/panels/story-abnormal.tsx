'use client';

import type { Answer, Cell } from '@/data/model/answer';
import type { View } from '@/data/model/view';
import { Change, Figure } from '../base/figure';
import { cellsAt, pickFocus } from '../chart/focus';
import { Spark } from '../chart/spark';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import { definePanel } from '../panel/panel';
import { comparedLevel, focusAsk, storyQuestion } from '../panel/story';
import { StoryCard, StoryList } from '../panel/story-card';

export const storyAbnormal = definePanel({
  key: 'story-abnormal',
  sizes: ['hand'],
  isBare: true,
  ask: ({ view, api, divisions }) => ({
    byPlace: api.metric.ask.queryOptions(focusAsk(divisions, view)),
    byDay: api.metric.ask.queryOptions({
      metric: 'event.reported',
      dimensions: [comparedLevel(divisions, view), 'day'],
      question: storyQuestion(view, 'P30D'),
      complete: true,
    }),
    daily: api.metric.ask.queryOptions({
      metric: 'event.reported',
      dimensions: ['day'],
      question: storyQuestion(view, 'P30D'),
      operators: ['band'],
      complete: true,
    }),
  }),
  draw: ({ data, set }) => <Abnormal {...data} set={set} />,
});

/** Places listed where none is abnormal: a card on its side has room for these and the days below. */
const mostListed = 3;

type AbnormalProps = Record<'byPlace' | 'byDay' | 'daily', Answer> & { set: (patch: Partial<View>) => void };

const Abnormal = ({ byPlace, byDay, daily, set }: AbnormalProps) => {
  const { t } = useText();
  const divisions = useDivisions();
  const level = byPlace.dimensions[0] ?? 'community';
  const focus = pickFocus(byPlace, level);
  if (!focus) {
    const top = [...byPlace.cells].sort((a, b) => (b.value ?? 0) - (a.value ?? 0)).slice(0, mostListed);
    return (
      <StoryCard
        title={t('small.abnormal.none')}
        answer={byPlace}
        action={{ label: t('small.action.progress'), act: () => set({ page: 'story-progress' }) }}
      >
        <StoryList
          rows={top.map((cell) => ({
            key: cell.at[level] ?? '',
            name: divisions.name(cell.at[level]),
            figure: <Figure answer={byPlace} cell={cell} />,
            change: <Change answer={byPlace} cell={cell} against="previous" />,
          }))}
        />
        <Days cells={daily.cells} label={t('small.abnormal.none')} height={110} />
      </StoryCard>
    );
  }
  const days = cellsAt(byDay, level, focus.code);
  const title =
    focus.previous > 0
      ? t('small.abnormal.times', {
          place: divisions.name(focus.code),
          times: (focus.value / focus.previous).toFixed(1),
        })
      : t('small.abnormal.fresh', { place: divisions.name(focus.code) });
  return (
    <StoryCard
      title={title}
      answer={byPlace}
      hero={<Figure answer={byPlace} cell={focus.cell} />}
      note={
        <>
          <span>{t('common.period.P7D')}</span>
          <Change answer={byPlace} cell={focus.cell} against="previous" />
        </>
      }
      action={{ label: t('small.action.cause'), act: () => set({ page: 'story-cause' }) }}
    >
      <Days cells={days} label={title} height={180} />
    </StoryCard>
  );
};

type DaysProps = { cells: readonly Cell[]; label: string; height: number };

const Days = ({ cells, label, height }: DaysProps) => {
  const { t, lang } = useText();
  return (
    <div>
      <Spark
        cells={cells}
        labelOf={(cell) => dayLabel(cell.at.day, lang)}
        lastLabel={`${cells.at(-1)?.value ?? 0} ${t('common.unit.event')}`}
        width={416}
        height={height}
        label={label}
      />
      <p>{t('small.abnormal.spark')}</p>
    </div>
  );
};

/** `7/15` or `15 Jul` from a local date bucket. */
const dayLabel = (bucket: string | undefined, lang: 'zh' | 'en'): string => {
  const [, month, day] = (bucket ?? '').slice(0, 10).split('-').map(Number);
  if (!month || !day) return '';
  return lang === 'zh' ? `${month}/${day}` : `${day}/${month}`;
};
