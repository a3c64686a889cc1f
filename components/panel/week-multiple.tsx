'use client';

import type { ReactNode } from 'react';
import type { Answer } from '@/data/model/answer';
import { labelOfBucket } from '@/data/model/bucket';
import { formatValue } from '@/data/model/format';
import { Figure } from '../base/figure';
import { formatClock } from '../base/format';
import { axisOf, lastWeekOf, usualOf, type Week } from '../chart/multiple';
import { WeekLine } from '../chart/week-plot';
import { useText } from '../feed/text';
import styles from './week-multiple.module.css';

const words = (name: string) => `panel.trend-multiples.${name}`;

/** Small multiples side by side. */
export const Multiples = ({ children }: { children: ReactNode }) => (
  <div className={styles.room}>
    <div className={styles.multiples}>{children}</div>
  </div>
);

type PlotProps = {
  name: string;
  note?: string;
  figure?: ReactNode;
  /** Of what is drawn, where no figure tells it. */
  unit?: string;
  /** What the drawing is measured by, and of when the figure is. */
  scale: ReactNode;
  period?: ReactNode;
  /** Absent = the drawing tells its weeks itself. */
  weeks?: readonly Week[];
  children: ReactNode;
};

/** One multiple: topic and figure, its scale and period, the drawing, first and last week with what it is held against. */
export const WeekMultiple = ({ name, note, figure, unit, scale, period, weeks, children }: PlotProps) => {
  const { t, lang } = useText();
  return (
    <div className={styles.plot} data-multiple={name}>
      <h3>
        <span>{t(words(name))}</span>
        {figure && <span className={styles.figure}>{figure}</span>}
        {unit && <span className={styles.unit}>{unit}</span>}
      </h3>
      <p className={styles.scale}>
        <span>{scale}</span>
        {period && <span>{period}</span>}
      </p>
      <div className={styles.drawing}>{children}</div>
      {weeks && (
        <Ends weeks={weeks} note={note} label={(week) => (week ? labelOfBucket(week.code, 'week', lang) : '')} />
      )}
    </div>
  );
};

type EndsProps = { weeks: readonly Week[]; note?: string; label: (week: Week | undefined) => string };

const Ends = ({ weeks, note, label }: EndsProps) => {
  const { t } = useText();
  const last = weeks.at(-1);
  return (
    <footer className={note ? styles.noted : undefined}>
      <span>{label(weeks[0])}</span>
      {note && <span className={styles.note}>{note}</span>}
      {last?.isWhole === false ? (
        <span className={styles.running}>
          <span className={styles.week}>{label(last)} </span>
          {t(words('running'))}
        </span>
      ) : (
        <span>{label(last)}</span>
      )}
    </footer>
  );
};

/** What a line is held against: its target, else last year, else what is usual. */
const useNorm = (answer: Answer, weeks: readonly Week[], format: (value: number) => string) => {
  const { t } = useText();
  if (answer.target !== null) return { usual: null, note: t(words('target'), { target: format(answer.target) }) };
  if (weeks.some(({ lastYear }) => lastYear !== null)) return { usual: null, note: t(words('lastYear')) };
  const usual = usualOf(weeks);
  return { usual, note: usual ? t(words('usual')) : undefined };
};

/** The figure drawn and its period: a stock's newest, a flow's last whole week. */
const useLatest = (answer: Answer, weeks: readonly Week[], isStock: boolean) => {
  const { t, lang, installation } = useText();
  if (isStock) {
    const time = formatClock(new Date(answer.asOf), installation?.timeZone ?? 'UTC');
    return { cell: weeks.at(-1)?.cell, period: t('common.clock.asOfAt', { time }) };
  }
  const last = lastWeekOf(weeks);
  const day = (code: string) => labelOfBucket(code, 'week', lang);
  return {
    cell: last?.week.cell,
    period: last && (
      <>
        {t(words('lastWeek'))} <span className={styles.days}>{`${day(last.week.code)}–${day(last.to)}`}</span>
      </>
    ),
  };
};

type LineProps = { name: string; answer: Answer; weeks: readonly Week[]; isStock?: boolean };

/** A figure over weeks against its target, last year or its usual range; a stock shows its newest value, a flow its last whole week. */
export const LineMultiple = ({ name, answer, weeks, isStock = false }: LineProps) => {
  const { t, lang } = useText();
  const format = (value: number) => {
    const { digits, scale } = formatValue({ ...answer, decimals: 0 }, value, lang);
    return `${digits.replace(/\.0$/, '')}${scale}`;
  };
  const axis = axisOf(weeks, answer.target);
  const unit = answer.unit === 'share' ? '' : t(words(isStock ? 'stockUnit' : 'weekUnit'));
  const { usual, note } = useNorm(answer, weeks, format);
  const { cell, period } = useLatest(answer, weeks, isStock);
  return (
    <WeekMultiple
      name={name}
      note={note}
      figure={cell && <Figure answer={answer} cell={cell} />}
      scale={`${format(axis.from)}–${format(axis.to)} ${unit}`.trim()}
      period={period}
      weeks={weeks}
    >
      <WeekLine weeks={weeks} axis={axis} target={answer.target} usual={usual} label={t(words(name))} />
    </WeekMultiple>
  );
};
