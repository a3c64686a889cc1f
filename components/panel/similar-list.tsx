'use client';

import type { ReactNode } from 'react';
import { LevelMark } from '../base/level-mark';
import { useText } from '../feed/text';
import type { Outputs } from '../feed/trpc';
import styles from './similar-list.module.css';

type Similar = Outputs['event']['similar'][number];

/** Open cases that may be the same one; `action` stands behind each. */
export const SimilarList = ({ rows, action }: { rows: readonly Similar[]; action?: (row: Similar) => ReactNode }) => {
  const { t, term } = useText();
  if (rows.length === 0) return null;
  return (
    <section className={styles.similar} data-similar={rows.length}>
      <h3>
        {t('intake.similar')} <small>{t('intake.similar.why')}</small>
      </h3>
      <ul>
        {rows.map((row) => (
          <li key={row.id}>
            <LevelMark level={row.level} size="20px" />
            <span>
              <b>{row.title}</b>
              <small>
                <i>{t('intake.similar.metres', { n: row.metres })}</i>
                <i>{term('event-status', row.status)}</i>
                <i>{row.number}</i>
              </small>
            </span>
            {action?.(row)}
          </li>
        ))}
      </ul>
    </section>
  );
};
