'use client';

import type { ReactNode } from 'react';
import { useText } from '../feed/text';
import styles from './field-name.module.css';

/** Words of a field on a card: a press tells where it comes from, what for and who answers for it (数据项). */
export const FieldName = ({ id, children }: { id: string; children: ReactNode }) => {
  const { t } = useText();
  return (
    <button type="button" className={styles.name} data-catalog={id} title={t('catalog.ask')}>
      {children}
    </button>
  );
};
