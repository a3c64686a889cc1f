'use client';

import { useText } from '../feed/text';
import styles from './account.module.css';

/** A one-time password, told once. */
export const OneTimeWords = ({ told }: { told: { id: string; password: string } | undefined }) => {
  const { t } = useText();
  if (!told) return null;
  return (
    <p className={styles.oneTime} role="status" data-one-time={told.password}>
      {t('account.form.oneTime', { name: told.id })}
      <code>{told.password}</code>
    </p>
  );
};
