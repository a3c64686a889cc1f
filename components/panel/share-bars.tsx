'use client';

import type { Answer, Cell } from '@/data/model/answer';
import { formatValue } from '@/data/model/format';
import { Figure } from '../base/figure';
import { useFit } from '../base/use-fit';
import { useText } from '../feed/text';
import styles from './share-bars.module.css';
import { WithheldNote } from './withheld-note';

/** Cells of one dimension, largest first. */
export const largestFirst = (answer: Answer): Cell[] =>
  [...answer.cells].sort((a, b) => (b.value ?? -1) - (a.value ?? -1));

/** Parts drawn where `fits` rows have room: what is left out takes a row to be told of. */
export const shownOf = (n: number, fits: number, most: number): number =>
  n <= Math.min(fits, most) ? n : Math.max(1, Math.min(most, fits - 1));

type ShareBarsProps = {
  answer: Answer;
  /** The same figure without the dimension: what the shares are of. */
  whole: Answer;
  nameOf: (code: string) => string;
  most: number;
  /** Room for name, bar and figures in one line. */
  isWide: boolean;
  /** What it stands in scrolls: no part is left out for want of room. */
  isScrolled?: boolean;
};

/** Parts of a whole as bars of it, with count and share; as many as there is room for. */
export const ShareBars = ({ answer, whole, nameOf, most, isWide, isScrolled = false }: ShareBarsProps) => {
  const { t, lang } = useText();
  const { ref, fits } = useFit<HTMLDivElement>(isWide ? 1.3 : 1.75, answer.cells.length);
  const dimension = answer.dimensions[0] ?? '';
  const total = whole.cells[0]?.value ?? 0;
  const cells = largestFirst(answer);
  const top = cells[0]?.value ?? undefined;
  const shareOf = (value: number | null) =>
    value === null || total === 0 ? '—' : `${formatValue({ unit: 'share', decimals: 1 }, value / total, lang).digits}%`;
  const nShown = shownOf(cells.length, isScrolled ? most : fits, most);
  return (
    <div className={styles.rows} ref={ref} data-wide={isWide || undefined} data-unit={answer.unit}>
      {cells.slice(0, nShown).map((cell) => (
        <div className={styles.row} key={cell.at[dimension]}>
          <span>{nameOf(cell.at[dimension] ?? '')}</span>
          <Figure answer={answer} cell={cell} hasUnit={false} like={top} />
          <span className={styles.share}>{shareOf(cell.value)}</span>
          <span className={styles.track}>
            {cell.value !== null && cell.value > 0 && total > 0 && (
              <i style={{ width: `${(cell.value / total) * 100}%` }} />
            )}
          </span>
        </div>
      ))}
      {nShown < cells.length && (
        <p className={styles.more}>{t('panel.share-bars.more', { n: cells.length - nShown })}</p>
      )}
      <div className={styles.more}>
        <WithheldNote answer={answer} />
      </div>
    </div>
  );
};
