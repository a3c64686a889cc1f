'use client';

import type { ReactNode } from 'react';
import type { Answer } from '@/data/model/answer';
import { hasTellingRange, leastRanked } from '@/data/model/fair-rank';
import { formatValue } from '@/data/model/format';
import { Figure } from '../base/figure';
import { useFit } from '../base/use-fit';
import { type AssessRow, isOneTie } from '../chart/assess';
import { type Text, useText } from '../feed/text';
import styles from './assess-table.module.css';
import { placesWords } from './assess-words';

const words = (name: string) => `panel.assessment-board.${name}`;

/** The worst first, as many as there is room for: what misses its target is to be discussed. */
const worstFirst = (rows: readonly AssessRow[], room: number): AssessRow[] => [...rows].reverse().slice(0, room);

type AssessTableProps = {
  answer: Answer;
  rows: readonly AssessRow[];
  nameOf: (code: string) => string;
  heading: string;
  /** No room for the places chance leaves open and the places moved. */
  isNarrow: boolean;
  /** Tells what the places go by. */
  hasRule: boolean;
};

/** Rates against a target with what places go by, the cases, place and places moved; rates of few cases have no place. */
export const AssessTable = ({ answer, rows, nameOf, heading, isNarrow, hasRule }: AssessTableProps) => {
  const { t } = useText();
  const ranked = rows.filter(({ place }) => place !== null);
  // a line for the heading
  const { ref, fits } = useFit<HTMLDivElement>(1.42, rows.length + 1);
  const shown = worstFirst(ranked, Math.max(1, fits - 1));
  const rest = rows.filter(({ place }) => place === null).slice(0, Math.max(0, fits - 1 - shown.length));
  const isTie = isOneTie(rows);
  const hasMoves = !isNarrow && rows.some(({ place, moved }) => place !== null && moved !== null);
  const nOpen = ranked.filter(({ range }) => range?.isOpen).length;
  return (
    <div className={styles.board}>
      <div
        className={styles.table}
        ref={ref}
        data-narrow={isNarrow || undefined}
        data-unmoved={!hasMoves || undefined}
        data-few={rows.length < 5 || undefined}
      >
        <Head {...{ heading, isNarrow, hasMoves }} />
        {[...shown, ...rest].map((row) => (
          <Row key={row.code} {...{ answer, row, isTie, isNarrow, hasMoves }} name={nameOf(row.code)} />
        ))}
      </div>
      <p className={styles.note}>
        <span>{noteOf(ranked, shown.length, t)}</span>
        {isTie && <span>{t(words('tied'))}</span>}
        {!isTie && nOpen > 0 && <span>{t(words('unclearOf'), { n: nOpen })}</span>}
        {hasRule && <span>{t(words('rule'), { n: leastRanked, hasRange: isNarrow ? 'no' : 'yes' })}</span>}
      </p>
    </div>
  );
};

/** Without a row that has moved nothing is said of moves. */
type Told = { hasMoves: boolean };

const Head = ({ heading, isNarrow, hasMoves }: Pick<AssessTableProps, 'heading' | 'isNarrow'> & Told) => {
  const { t } = useText();
  return (
    <div className={`${styles.row} ${styles.head}`}>
      <span>{isNarrow ? '' : t(words('place'))}</span>
      <span>{heading}</span>
      <span>{t(words('rate'))}</span>
      <span>{t(words('shrunk'))}</span>
      <span>{t(words('cases'))}</span>
      {hasMoves && <span>{t(words('moved'))}</span>}
    </div>
  );
};

/** Place in words: a tie, one that chance leaves open, none. */
const placeOf = ({ place, range }: AssessRow, isTie: boolean, t: Text['t']): ReactNode => {
  if (place === null) return '—';
  if (isTie) return t(words('tie'));
  return range?.isOpen ? <span className={styles.unclear}>{t(words('unclear'))}</span> : place;
};

type RowProps = Pick<AssessTableProps, 'answer' | 'isNarrow'> & Told & { row: AssessRow; name: string; isTie: boolean };

const Row = ({ answer, row, name, isTie, isNarrow, hasMoves }: RowProps) => {
  const { t, lang } = useText();
  const { place, range } = row;
  return (
    <div className={styles.row} data-missed={row.isSurelyMissed && place !== null ? '' : undefined}>
      <span className={styles.place}>
        {placeOf(row, isTie, t)}
        {!isNarrow && !isTie && hasTellingRange(range) && <small>{`${range.first}–${range.last}`}</small>}
      </span>
      <span className={styles.name} title={name}>
        {name}
      </span>
      <Figure answer={answer} cell={row.cell} className={styles.rate} />
      <span className={styles.cases}>{formatValue(answer, row.shrunk, lang).digits}</span>
      <span className={styles.cases}>
        <Figure answer={answer} cell={row.cell} part="denominator" hasUnit={false} />
      </span>
      {hasMoves && <span className={styles.moved}>{movedWords(row, t)}</span>}
    </div>
  );
};

/** How many miss the target, how many of them beyond chance, and how many are listed. */
const noteOf = (ranked: readonly AssessRow[], nShown: number, t: Text['t']): string => {
  const n = ranked.filter(({ isMissed }) => isMissed).length;
  const nSure = ranked.filter(({ isSurelyMissed }) => isSurelyMissed).length;
  const missed = n === 0 ? t(words('allMet')) : t(words('missed'), { n, nSure });
  return nShown < ranked.length
    ? t(words('worst'), { missed, n: nShown })
    : t(words('all'), { missed, n: ranked.length });
};

/** Places won or lost; too few cases to have a place say so instead. */
const movedWords = ({ place, moved }: AssessRow, t: Text['t']): string =>
  place === null ? t(words('few')) : placesWords(moved, t('common.judgement.flat'));
