'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { listLimits } from '@/data/model/address';
import type { View } from '@/data/model/view';
import { Button } from '../base/button';
import { problemWords } from '../feed/failure';
import { useText } from '../feed/text';
import { useTRPC } from '../feed/trpc';
import styles from '../panel/address.module.css';
import { AddressExplained } from '../panel/address-told';
import { definePanel } from '../panel/panel';

const Try = ({ set }: { set: (patch: Partial<View>) => void }) => {
  const api = useTRPC();
  const { t } = useText();
  const [text, setText] = useState('');
  const [asked, setAsked] = useState('');
  const told = useQuery({ ...api.address.match.queryOptions({ text: asked }), enabled: asked !== '' });
  return (
    <form
      className={styles.form}
      onSubmit={(submit) => {
        submit.preventDefault();
        setAsked(text.trim());
      }}
    >
      <div className={styles.moves}>
        <input
          className={styles.wide}
          aria-label={t('address.try.label')}
          placeholder={t('address.try.label')}
          maxLength={listLimits.letters}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
        <Button kind="primary" type="submit" disabled={text.trim() === ''}>
          {t('address.try.go')}
        </Button>
      </div>
      <div role="status" data-told={told.data ? asked : undefined}>
        {asked !== '' && told.isPending && t('common.state.waiting')}
        {told.isError && problemWords(told.error, t)}
        {told.data && <AddressExplained told={told.data} set={set} />}
      </div>
    </form>
  );
};

/** One written address: what it means and how it was read (试一个地址). */
export const addressTry = definePanel({
  key: 'address-try',
  sizes: ['desk'],
  ask: () => ({}),
  draw: ({ set }) => <Try set={set} />,
});
