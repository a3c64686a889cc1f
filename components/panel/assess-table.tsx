'use client';

import type { Answer } from '@/data/model/answer';
import { Figure } from '../base/figure';
import { useFit } from '../base/use-fit';
import { type AssessRow, intervalScale, worstFirst } from '../chart/assess';
import { type Text, useText } from '../feed/text';
import styles from './assess-table.module.css';
import { placesWords } from './assess-words';
import { RankRange } from './rank-range';

const words = (name: string) => `panel.assessment-board.${name}`;

type AssessTableProps = {
  answer: Answer;
  rows: readonly AssessRow[];
  /** 0–1; null = none set. */
  target: number | null;
  nameOf: (code: string) => string;
  heading: string;
  /** No room for the stretch of the places and the places moved. */
  isNarrow: boolean;
};

/**
 * Rates, the worst first as far as there is room, with what chance leaves open of each, on one scale with the target, the cases, the places they may have and the
 * places moved; rates of few cases have no place.
 */
export const AssessTable = ({ answer, rows, target, nameOf, heading, isNarrow }: AssessTableProps) => {
  const { t } = useText();
  const ranked = worstFirst(rows, answer);
  // a line for the heading
  const { ref, fits } = useFit<HTMLDivElement>(1.42, rows.length + 1);
  const shown = ranked.slice(0, Math.max(1, fits - 1));
  const rest = rows.filter(({ place }) => place === null).slice(0, Math.max(0, fits - 1 - shown.length));
  const listed = [...shown, ...rest];
  const scale = intervalScale(listed, target);
  const hasPlaces = ranked.some(({ range }) => range !== null && !range.isOpen);
  const hasMoves = hasPlaces && !isNarrow && rows.some(({ place, moved }) => place !== null && moved !== null);
  return (
    <div className={styles.board}>
      <div
        className={styles.table}
        ref={ref}
        data-narrow={isNarrow || undefined}
        data-unmoved={!hasMoves || undefined}
        data-unplaced={!hasPlaces || undefined}
        data-few={rows.length < 5 || undefined}
      >
        <Head {...{ heading, target, scale, isNarrow, hasPlaces, hasMoves }} />
        {listed.map((row) => (
          <Row
            key={row.code}
            {...{ answer, row, target, scale, isNarrow, hasPlaces, hasMoves }}
            nRanked={ranked.length}
            name={nameOf(row.code)}
          />
        ))}
      </div>
      <p className={styles.note}>
        <span className={styles.bars}>{t(words('bars'))}</span>
        {noteOf(ranked, shown.length, t)}
        {!hasPlaces && ranked.length > 0 && t(words('noPlaces'))}
      </p>
    </div>
  );
};

type Scale = ReturnType<typeof intervalScale>;
/** Places are told where chance leaves those of a row fewer than half open, moves where a row has moved. */
type Told = { scale: Scale; isNarrow: boolean; hasPlaces: boolean; hasMoves: boolean };

const atShare = ({ from, to }: Scale, share: number) => `${((Math.max(from, share) - from) / (to - from)) * 100}%`;

type HeadProps = { heading: string; target: number | null } & Told;

/** Over the intervals: where they begin, and the target over its line, else where they end. */
const Head = ({ heading, target, scale, isNarrow, hasPlaces, hasMoves }: HeadProps) => {
  const { t } = useText();
  const end = (share: number) => `${Math.round(share * 100)}%`;
  return (
    <div className={`${styles.row} ${styles.head}`}>
      {hasPlaces && <span>{t(words(isNarrow ? 'placeShort' : 'place'))}</span>}
      <span>{heading}</span>
      <span className={styles.ends} data-aimed={target === null ? undefined : ''}>
        <span>{end(scale.from)}</span>
        <span>{t(words('interval'))}</span>
        {target === null ? (
          <span>{end(scale.to)}</span>
        ) : (
          <span className={styles.aim} style={{ left: atShare(scale, target) }}>
            {end(target)}
          </span>
        )}
      </span>
      <span>{t(words('rate'))}</span>
      <span>{t(words('cases'))}</span>
      {hasMoves && <span>{t(words('moved'))}</span>}
    </div>
  );
};

/** A rate as a dot, what chance leaves open of it (95 %) as a stretch, the target as a line. */
const Interval = ({ row, target, scale }: Pick<RowProps, 'row' | 'target' | 'scale'>) => {
  const at = (share: number) => atShare(scale, share);
  const { low, high } = row.interval;
  return (
    <span className={styles.track}>
      <i className={styles.open} style={{ left: at(low), right: `calc(100% - ${at(high)})` }} />
      {target !== null && <i className={styles.target} style={{ left: at(target) }} />}
      <i className={styles.dot} style={{ left: at(row.value) }} />
    </span>
  );
};

type RowProps = Told & {
  answer: Answer;
  row: AssessRow;
  target: number | null;
  /** Rows that have a place. */
  nRanked: number;
  name: string;
};

const Row = ({ answer, row, target, scale, nRanked, name, isNarrow, hasPlaces, hasMoves }: RowProps) => {
  const { t } = useText();
  const { place, range } = row;
  const told = range === null ? '—' : `${range.first}–${range.last}`;
  return (
    <div className={styles.row} data-missed={row.isSurelyMissed && place !== null ? '' : undefined}>
      {hasPlaces && (
        <span className={styles.place}>
          {range === null || isNarrow ? told : <RankRange place={range} of={nRanked} />}
        </span>
      )}
      <span className={styles.name} title={name}>
        {name}
      </span>
      <Interval {...{ row, target, scale }} />
      <Figure answer={answer} cell={row.cell} />
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
  place === null ? t(words('few')) : placesWords(moved, t);
