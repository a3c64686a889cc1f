'use client';

import type { Answer } from '@/data/model/answer';
import { Figure } from '../base/figure';
import { useFit } from '../base/use-fit';
import type { AssessRow } from '../chart/assess';
import { type Text, useText } from '../feed/text';
import styles from './assess-table.module.css';

const words = (name: string) => `panel.assessment-board.${name}`;

/** The worst first, as many as there is room for: what misses its target is to be discussed. */
const worstFirst = (rows: readonly AssessRow[], room: number): AssessRow[] => [...rows].reverse().slice(0, room);

type AssessTableProps = {
  answer: Answer;
  rows: readonly AssessRow[];
  nameOf: (code: string) => string;
  heading: string;
};

/** Rates against a target with the cases behind them, place and places moved; rates of few cases carry no place. */
export const AssessTable = ({ answer, rows, nameOf, heading }: AssessTableProps) => {
  const { t } = useText();
  const ranked = rows.filter(({ place }) => place !== null);
  // a line for the heading, one for the note
  const { ref, fits } = useFit<HTMLDivElement>(1.42, rows.length + 2);
  const shown = worstFirst(ranked, Math.max(1, fits - 2));
  const rest = rows.filter(({ place }) => place === null).slice(0, Math.max(0, fits - 2 - shown.length));
  return (
    <div className={styles.table} ref={ref}>
      <div className={`${styles.row} ${styles.head}`}>
        <span />
        <span>{heading}</span>
        <span>{t(words('rate'))}</span>
        <span>{t(words('cases'))}</span>
        <span>{t(words('moved'))}</span>
      </div>
      {[...shown, ...rest].map((row) => (
        <div key={row.code} className={styles.row} data-missed={row.isMissed && row.place !== null ? '' : undefined}>
          <span className={styles.place}>{row.place ?? '—'}</span>
          <span>{nameOf(row.code)}</span>
          <Figure answer={answer} cell={row.cell} className={styles.rate} />
          <span className={styles.cases}>
            <Figure answer={answer} cell={row.cell} part="denominator" hasUnit={false} />
          </span>
          <Moved row={row} />
        </div>
      ))}
      <p className={styles.note}>{noteOf(ranked, shown.length, t)}</p>
    </div>
  );
};

/** How many miss the target, and how many are listed: `15 个未达标，列最差 10 个`. */
const noteOf = (ranked: readonly AssessRow[], nShown: number, t: Text['t']): string => {
  const nMissed = ranked.filter(({ isMissed }) => isMissed).length;
  const missed = nMissed === 0 ? t(words('allMet')) : t(words('missed'), { n: nMissed });
  return nShown < ranked.length
    ? t(words('worst'), { missed, n: nShown })
    : t(words('all'), { missed, n: ranked.length });
};

const arrow = (moved: number) => (moved > 0 ? '▲' : moved < 0 ? '▼' : '—');

/** Places won or lost; too few cases say so instead. */
const Moved = ({ row: { place, moved } }: { row: AssessRow }) => {
  const { t } = useText();
  if (place === null) return <span className={styles.moved}>{t(words('few'))}</span>;
  return (
    <span className={styles.moved}>
      {moved === null ? '—' : `${arrow(moved)}${moved === 0 ? '' : ` ${Math.abs(moved)}`}`}
    </span>
  );
};
