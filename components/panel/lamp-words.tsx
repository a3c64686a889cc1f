'use client';

import type { Lamp } from '@/data/model/event';
import { useText } from '../feed/text';
import styles from './lamp-words.module.css';
import { useDuration } from './timeline';

/** Minutes left or owed in words beside their lamp; null = nothing is owed. */
export const LampWords = ({ minutesLeft, lamp }: { minutesLeft: number | null; lamp: Lamp }) => {
  const { t } = useText();
  const duration = useDuration();
  return (
    <span className={styles.words} data-lamp={lamp}>
      {minutesLeft === null
        ? t('panel.desk-supervision.replied')
        : t(minutesLeft < 0 ? 'common.duration.over' : 'common.duration.left', {
            time: duration(Math.abs(minutesLeft)),
          })}
    </span>
  );
};
