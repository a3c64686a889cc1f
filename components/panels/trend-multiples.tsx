'use client';

import type { Answer } from '@/data/model/answer';
import { type Week, weeksOf } from '../chart/multiple';
import { useText } from '../feed/text';
import { definePanel } from '../panel/panel';
import { overdueAsks, trendAsks } from '../panel/trend-question';
import { LineMultiple, Multiples } from '../panel/week-multiple';

/** Ninety days by week (趋势小图): how many, how well, how much is left. All share the weeks. */
export const trendMultiples = definePanel({
  key: 'trend-multiples',
  sizes: ['wall', 'desk'],
  isBare: true,
  ask: ({ view, api }) => {
    const { reported, onTime } = trendAsks(view, api);
    return { ...overdueAsks(view, api), reported, onTime };
  },
  empty: ({ reported }) => reported.cells.length === 0,
  draw: ({ data: { reported, onTime, ...stocks } }) => (
    <Lines reported={reported} onTime={onTime} stocks={Object.values(stocks)} />
  ),
});

/** Stocks read on Mondays as the ends of the weeks before them; the newest stands for the running week. */
const stockWeeks = (stocks: readonly Answer[], weeks: readonly Week[]): Week[] => {
  const own = stocks.slice(-weeks.length);
  return own.flatMap((answer, i) => {
    const [cell, week] = [answer.cells[0], weeks[i + weeks.length - own.length]];
    return cell && week ? [{ ...week, cell, value: cell.value, lastYear: null }] : [];
  });
};

type LinesProps = { reported: Answer; onTime: Answer; stocks: readonly Answer[] };

const Lines = ({ reported, onTime, stocks }: LinesProps) => {
  const { installation } = useText();
  const timeZone = installation?.timeZone ?? 'UTC';
  const weeks = weeksOf(reported, timeZone);
  const newest = stocks.at(-1);
  return (
    <Multiples>
      <LineMultiple name="reported" answer={reported} weeks={weeks} />
      <LineMultiple name="onTime" answer={onTime} weeks={weeksOf(onTime, timeZone)} />
      {newest && <LineMultiple name="overdue" answer={newest} weeks={stockWeeks(stocks, weeks)} isStock />}
    </Multiples>
  );
};
