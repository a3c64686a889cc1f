'use client';

import type { ReactNode } from 'react';
import type { Answer } from '@/data/model/answer';
import { Figure } from '../base/figure';
import { formatValue } from '../base/format';
import { labelOfBucket } from '../chart/bucket';
import { hourMatrix, matrixOf, type Week, weeksOf } from '../chart/multiple';
import { WeekHeat, WeekLine } from '../chart/week-plot';
import { useText } from '../feed/text';
import { definePanel } from '../panel/panel';
import { overdueAsks, trendAsks } from '../panel/trend-question';
import styles from './trend-multiples.module.css';

const key = 'trend-multiples';
const words = (name: string) => `panel.${key}.${name}`;
const nCategories = 6;

type Data = Record<'reported' | 'onTime' | 'rework' | 'categories' | 'hours', Answer>;

/** Ninety days by week, six times (趋势小图): how many, how well, what, when. All share the weeks. */
export const trendMultiples = definePanel({
  key,
  sizes: ['wall', 'desk'],
  isBare: true,
  ask: ({ view, api }) => ({ ...overdueAsks(view, api), ...trendAsks(view, api) }),
  empty: ({ reported }) => reported.cells.length === 0,
  draw: ({ data: { reported, onTime, rework, categories, hours, ...stocks }, tier }) => (
    <Multiples data={{ reported, onTime, rework, categories, hours }} overdue={Object.values(stocks)} tier={tier} />
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

type PlotProps = { name: string; note?: string; figure?: ReactNode; weeks: readonly Week[]; children: ReactNode };

/** One multiple: topic and unit, the newest whole week's figure, the drawing, first and last week. */
const Plot = ({ name, note, figure, weeks, children }: PlotProps) => {
  const { t, lang } = useText();
  const label = (week: Week | undefined) => (week ? labelOfBucket(week.code, 'week', lang) : '');
  return (
    <div className={styles.plot}>
      <h3>
        <span>{t(words(name))}</span>
        {figure && <span className={styles.figure}>{figure}</span>}
      </h3>
      <div className={styles.drawing}>{children}</div>
      <footer>
        <span>{label(weeks[0])}</span>
        {note && <span className={styles.note}>{note}</span>}
        <span>{label(weeks.at(-1))}</span>
      </footer>
    </div>
  );
};

/** The figure of the last whole week. */
const Latest = ({ answer, weeks }: { answer: Answer; weeks: readonly Week[] }) => {
  const whole = weeks.filter(({ isWhole }) => isWhole).at(-1);
  return whole ? <Figure answer={answer} cell={whole.cell} /> : null;
};

type LineProps = { name: string; answer: Answer; weeks: readonly Week[]; top?: number; isStock?: boolean };

const Line = ({ name, answer, weeks, top, isStock = false }: LineProps) => {
  const { t, lang } = useText();
  const format = (value: number) => {
    const { digits, scale } = formatValue({ ...answer, decimals: 0 }, value, lang);
    return `${digits.replace(/\.0$/, '')}${scale}`;
  };
  const target = answer.target === null ? undefined : t(words('target'), { target: format(answer.target) });
  const hasLast = weeks.some(({ lastYear }) => lastYear !== null);
  const newest = isStock ? weeks.at(-1)?.cell : undefined;
  return (
    <Plot
      name={name}
      note={target ?? (hasLast ? t(words('lastYear')) : undefined)}
      figure={newest ? <Figure answer={answer} cell={newest} /> : <Latest answer={answer} weeks={weeks} />}
      weeks={weeks}
    >
      <WeekLine weeks={weeks} format={format} target={answer.target} top={top} label={t(words(name))} />
    </Plot>
  );
};

type MultiplesProps = { data: Data; overdue: readonly Answer[]; tier: 'XL' | 'L' | 'S' };

const Multiples = ({ data, overdue, tier }: MultiplesProps) => {
  const { t, term, installation } = useText();
  const timeZone = installation?.timeZone ?? 'UTC';
  const weeks = weeksOf(data.reported, timeZone);
  const codes = weeks.map(({ code }) => code);
  const stock = overdue.at(-1);
  return (
    <div className={styles.multiples} data-tier={tier}>
      <Line name="reported" answer={data.reported} weeks={weeks} />
      <Line name="onTime" answer={data.onTime} weeks={weeksOf(data.onTime, timeZone)} top={1} />
      {stock && <Line name="overdue" answer={stock} weeks={stockWeeks(overdue, weeks)} isStock />}
      {tier !== 'S' && (
        <>
          <Plot name="categories" weeks={weeks}>
            <WeekHeat
              rows={matrixOf(data.categories, 'categoryL1', codes, nCategories)}
              nameOf={({ code }) => term('event-category-l1', code)}
              label={t(words('categories'))}
            />
          </Plot>
          <Plot name="hours" weeks={weeks}>
            <WeekHeat
              rows={hourMatrix(data.hours, codes)}
              nameOf={({ code }) => `${code.padStart(2, '0')}:00`}
              label={t(words('hours'))}
            />
          </Plot>
          <Line name="rework" answer={data.rework} weeks={weeksOf(data.rework, timeZone)} />
        </>
      )}
    </div>
  );
};
