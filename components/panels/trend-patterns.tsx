'use client';

import type { Answer } from '@/data/model/answer';
import { labelOfBucket } from '@/data/model/bucket';
import { hourMatrix, hoursStep, matrixOf, weeksOf } from '../chart/multiple';
import { HeatKey, WeekHeat } from '../chart/week-plot';
import { useText } from '../feed/text';
import { definePanel } from '../panel/panel';
import { trendAsks } from '../panel/trend-question';
import { LineMultiple, Multiples, WeekMultiple } from '../panel/week-multiple';

const nCategories = 6;

/** Ninety days by week (趋势小图): what, at which hours, how often sent back. Shares the weeks of the multiples. */
export const trendPatterns = definePanel({
  key: 'trend-patterns',
  sizes: ['wall', 'desk'],
  isBare: true,
  ask: ({ view, api }) => {
    const { reported, categories, hours, rework } = trendAsks(view, api);
    return { reported, categories, hours, rework };
  },
  empty: ({ reported }) => reported.cells.length === 0,
  draw: ({ data }) => <Patterns {...data} />,
});

type PatternsProps = Record<'reported' | 'categories' | 'hours' | 'rework', Answer>;

const Patterns = ({ reported, categories, hours, rework }: PatternsProps) => {
  const { t, term, lang, installation } = useText();
  const timeZone = installation?.timeZone ?? 'UTC';
  const codes = weeksOf(reported, timeZone).flatMap(({ code, isWhole }) => (isWhole ? [code] : []));
  const [first = '', last = ''] = [codes[0], codes.at(-1)].map((code) => code && labelOfBucket(code, 'week', lang));
  const byCategory = matrixOf(categories, 'categoryL1', codes, nCategories);
  const byHour = hourMatrix(hours, codes);
  const unit = t('panel.trend-multiples.weekUnit');
  return (
    <Multiples>
      <WeekMultiple name="categories" unit={unit} scale={<HeatKey rows={byCategory} />}>
        <WeekHeat
          rows={byCategory}
          nameOf={({ code }) => term('event-category-l1', code)}
          label={t('panel.trend-multiples.categories')}
          ends={[first, last]}
        />
      </WeekMultiple>
      <WeekMultiple name="hours" unit={unit} scale={<HeatKey rows={byHour} />}>
        <WeekHeat
          rows={byHour}
          nameOf={({ code }) => t('panel.trend-multiples.span', { from: Number(code), to: Number(code) + hoursStep })}
          label={t('panel.trend-multiples.hours')}
          ends={[first, last]}
        />
      </WeekMultiple>
      <LineMultiple name="rework" answer={rework} weeks={weeksOf(rework, timeZone)} />
    </Multiples>
  );
};
