'use client';

import type { ReactNode } from 'react';
import type { Answer } from '@/data/model/answer';
import { labelOfBucket } from '@/data/model/bucket';
import { formatValue } from '@/data/model/format';
import { Figure } from '../base/figure';
import { usualOf, type Week } from '../chart/multiple';
import { WeekLine } from '../chart/week-plot';
import { useText } from '../feed/text';
import styles from './week-multiple.module.css';

const words = (name: string) => `panel.trend-multiples.${name}`;

/** Small multiples side by side. */
export const Multiples = ({ children }: { children: ReactNode }) => <div className={styles.multiples}>{children}</div>;

type PlotProps = { name: string; note?: string; figure?: ReactNode; weeks: readonly Week[]; children: ReactNode };

/** One multiple: topic, the newest figure, the drawing, first and last week with what the drawing is held against. */
export const WeekMultiple = ({ name, note, figure, weeks, children }: PlotProps) => {
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

/** A figure over weeks against its target, last year or its usual range; a stock shows its newest value, a flow its last whole week. */
export const LineMultiple = ({ name, answer, weeks, top, isStock = false }: LineProps) => {
  const { t, lang } = useText();
  const format = (value: number) => {
    const { digits, scale } = formatValue({ ...answer, decimals: 0 }, value, lang);
    return `${digits.replace(/\.0$/, '')}${scale}`;
  };
  const target = answer.target === null ? undefined : t(words('target'), { target: format(answer.target) });
  const hasLast = weeks.some(({ lastYear }) => lastYear !== null);
  const newest = isStock ? weeks.at(-1)?.cell : undefined;
  const usual = target === undefined && !hasLast ? usualOf(weeks) : null;
  const note = target ?? (hasLast ? t(words('lastYear')) : usual ? t(words('usual')) : undefined);
  return (
    <WeekMultiple
      name={name}
      note={note}
      figure={newest ? <Figure answer={answer} cell={newest} /> : <Latest answer={answer} weeks={weeks} />}
      weeks={weeks}
    >
      <WeekLine weeks={weeks} format={format} target={answer.target} usual={usual} top={top} label={t(words(name))} />
    </WeekMultiple>
  );
};
