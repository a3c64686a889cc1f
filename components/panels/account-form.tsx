'use client';

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { AccountName, Username } from '@/data/model/account';
import { Button } from '../base/button';
import { problemWords } from '../feed/failure';
import { useText } from '../feed/text';
import { useTRPC } from '../feed/trpc';
import styles from '../panel/account.module.css';
import { OneTimeWords } from '../panel/one-time';
import { definePanel } from '../panel/panel';
import { useAskedAgain } from '../panel/use-asked-again';

const key = 'account-form';

const Form = () => {
  const { t } = useText();
  const api = useTRPC();
  const again = useAskedAgain();
  const [username, setUsername] = useState('');
  const [name, setName] = useState('');
  const onSuccess = () => {
    setUsername('');
    setName('');
  };
  const make = useMutation(api.account.create.mutationOptions({ onSettled: again, onSuccess }));
  const isSound = Username.safeParse(username).success && AccountName.safeParse(name).success;
  return (
    <form
      className={styles.form}
      onSubmit={(submit) => {
        submit.preventDefault();
        make.mutate({ username, name });
      }}
    >
      <label>
        {t('account.username')}
        <input
          className={styles.input}
          name="username"
          maxLength={30}
          autoComplete="off"
          value={username}
          onChange={({ target }) => setUsername(target.value)}
        />
      </label>
      <label>
        {t('account.form.name')}
        <input
          className={styles.input}
          name="name"
          maxLength={40}
          autoComplete="off"
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
      </label>
      <p className={styles.row}>
        <Button kind="primary" type="submit" data-make="" disabled={!isSound || make.isPending}>
          {t('account.form.make')}
        </Button>
        {make.error && <span role="alert">{problemWords(make.error, t)}</span>}
      </p>
      <OneTimeWords told={make.data} />
      <p className={styles.note}>{t('account.form.hint')}</p>
    </form>
  );
};

const Choose = () => {
  const { t } = useText();
  return <p className={styles.note}>{t('account.form.choose')}</p>;
};

/** A new account, made by the system administrator (新建账号). */
export const accountForm = definePanel({
  key,
  sizes: ['desk'],
  ask: ({ api }) => ({ me: api.access.me.queryOptions() }),
  draw: ({ data: { me } }) => (me.role === 'R9' ? <Form /> : <Choose />),
});
