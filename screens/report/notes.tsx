'use client';

import { useText } from '@/components/feed/text';
import type { Cell } from '@/data/model/answer';
import styles from './block.module.css';

/** What a list does not show: rows left out, rows withheld; or that there is none. */
export const Notes = ({ cells, nLeft }: { cells: readonly Cell[]; nLeft: number }) => {
  const { t } = useText();
  const nWithheld = cells.filter(({ withheld }) => withheld).length;
  return (
    <>
      {cells.length === 0 && <p className={styles.small}>{t('report.noRows')}</p>}
      {nWithheld > 0 && <p className={styles.small}>{t('report.withheld', { n: nWithheld })}</p>}
      {nLeft > 0 && <p className={styles.small}>{t('report.left', { n: nLeft })}</p>}
    </>
  );
};
