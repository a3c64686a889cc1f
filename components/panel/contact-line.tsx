'use client';

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../base/button';
import { problemOf } from '../feed/failure';
import { useText } from '../feed/text';
import { useTRPC } from '../feed/trpc';
import styles from './contact-line.module.css';

/** How to reach who reported it: shown for a purpose, which is kept. */
export const ContactLine = ({ id }: { id: string }) => {
  const { t } = useText();
  const api = useTRPC();
  const [purpose, setPurpose] = useState('');
  const ask = useMutation(api.intake.contact.mutationOptions());
  if (ask.data?.contact) return <p data-contact="">{ask.data.contact}</p>;
  return (
    <form
      className={styles.line}
      onSubmit={(submit) => {
        submit.preventDefault();
        ask.mutate({ id, purpose });
      }}
    >
      <input
        aria-label={t('intake.contact.purpose')}
        placeholder={t('intake.contact.purpose')}
        minLength={2}
        maxLength={200}
        required
        value={purpose}
        onChange={(change) => setPurpose(change.target.value)}
      />
      <Button type="submit" disabled={ask.isPending}>
        {t('intake.contact.open')}
      </Button>
      {ask.isError && <p role="status">{t(`common.problem.${problemOf(ask.error)}`)}</p>}
    </form>
  );
};
