'use client';

import { type MusterFigures, musterResults } from '@/data/model/muster';
import { useText } from '../feed/text';
import styles from './muster-bar.module.css';

/** Of all who were called, who answered in time, late, not at all: as parts of one bar, told by number. */
export const MusterBar = ({ figures }: { figures: MusterFigures }) => {
  const { t } = useText();
  return (
    <span className={styles.figures}>
      <span className={styles.bar} aria-hidden>
        {musterResults.map((result) => (
          <i key={result} data-result={result} style={{ flexGrow: figures[result] }} />
        ))}
      </span>
      <span className={styles.words} data-called={figures.called}>
        {musterResults.map((result) => `${t(`muster.result.${result}`)} ${figures[result]}`).join(' · ')}
      </span>
    </span>
  );
};
