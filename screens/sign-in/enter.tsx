import { useState } from 'react';
import type { Say } from '@/components/feed/plain-page';
import { callAccount } from '@/components/feed/sign-in';
import { Field, Form } from './field';
import styles from './screen.module.css';

type EnterProps = { say: Say; hasSignOn: boolean; isRefused: boolean; onIn: () => Promise<void> };

/** The second factor of a sign-in that waits for it. */
const Factor = ({ say, onIn, onBack }: Pick<EnterProps, 'say' | 'onIn'> & { onBack: () => void }) => {
  const { t } = say;
  return (
    <>
      <p className={styles.note}>{t('account.factor.ask')}</p>
      <Form
        say={say}
        name="factor"
        go={t('account.factor.go')}
        onGo={async ({ code }) => {
          await callAccount('factor', { code });
          await onIn();
        }}
      >
        <Field label={t('account.factor.code')} name="code" autoComplete="one-time-code" maxLength={20} autoFocus />
      </Form>
      <button type="button" className={styles.second} onClick={onBack}>
        {t('account.back')}
      </button>
    </>
  );
};

const toProvider = async () => {
  const { url } = await callAccount<{ url: string }>('sign-on', {});
  window.location.assign(url);
};

/** Signing in: name and password, then the second factor where there is one; or the single sign-on. */
export const Enter = ({ say, hasSignOn, isRefused, onIn }: EnterProps) => {
  const { t, lang } = say;
  const [isFactorNext, setFactorNext] = useState(false);
  if (isFactorNext) return <Factor say={say} onIn={onIn} onBack={() => setFactorNext(false)} />;
  return (
    <>
      {isRefused && (
        <p className={styles.failed} role="alert">
          {t('account.signOn.refused')}
        </p>
      )}
      <Form
        say={say}
        name="sign-in"
        go={t('account.signIn')}
        onGo={async ({ username, password }) => {
          const told = await callAccount<{ isFactorNext: boolean }>('sign-in', { username, password });
          if (told.isFactorNext) setFactorNext(true);
          else await onIn();
        }}
      >
        <Field label={t('account.username')} name="username" autoComplete="username" maxLength={60} autoFocus />
        <Field label={t('account.password')} name="password" type="password" autoComplete="current-password" />
      </Form>
      {hasSignOn && (
        <Form say={say} name="sign-on" go={t('account.signOn')} onGo={toProvider}>
          {null}
        </Form>
      )}
      <a className={styles.link} href={`/?choose&lang=${lang}`}>
        {t('account.noSignIn')}
      </a>
    </>
  );
};
