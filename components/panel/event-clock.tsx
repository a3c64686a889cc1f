'use client';

import type { EventRow } from '@/data/model/event';
import { spanDigits } from '../base/span';
import { lampAt } from '../chart/lamp';
import { useText } from '../feed/text';
import styles from './event-clock.module.css';

type UsedProps = { row: EventRow; now: number; hasLimit?: boolean };

/** Time used, of the limit where asked, `00:34 / 24:00`; the lamp (督办灯) is a mark and a word, not a colour alone. */
export const Used = ({ row, now, hasLimit = false }: UsedProps) => {
  const { t } = useText();
  const { used, limit, lamp } = lampAt(row, now);
  return (
    <span className={styles.used} data-lamp={lamp}>
      {lamp === 'red' && <i className={styles.late} aria-hidden />}
      {spanDigits(used, t)}
      {hasLimit && limit !== null && <span className={styles.limit}> / {spanDigits(limit, t)}</span>}
      {lamp === 'red' && <span className={styles.spoken}>{t('panel.event-queue.late')}</span>}
    </span>
  );
};
