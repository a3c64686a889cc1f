'use client';

import { useCallback, useEffect, useState } from 'react';
import { forgetKept } from '@/components/feed/kept-answers';
import { keyOf, type Say, usePage } from '@/components/feed/plain-page';
import { callAccount, endSignIn } from '@/components/feed/sign-in';
import type { OwnAccount } from '@/data/model/account';
import { Enter } from './enter';
import { ChangePassword, Mine } from './mine';
import styles from './screen.module.css';

type Own = { account: OwnAccount | null; timeZone: string; hasSignOn: boolean };

type BodyProps = { say: Say; own: Own; isRefused: boolean; again: () => Promise<void> };

/** What comes next: signing in, a password of one's own, then the account. */
const Body = ({ say, own, isRefused, again }: BodyProps) => {
  const { account, timeZone, hasSignOn } = own;
  const onIn = async () => {
    await forgetKept();
    await again();
  };
  if (!account) return <Enter say={say} hasSignOn={hasSignOn} isRefused={isRefused} onIn={onIn} />;
  if (account.lack !== 'password') return <Mine say={say} mine={account} timeZone={timeZone} again={again} />;
  return (
    <section className={styles.part}>
      <p className={styles.note}>{say.t('account.must')}</p>
      <ChangePassword say={say} onDone={again} />
    </section>
  );
};

const useOwn = () => {
  const [own, setOwn] = useState<Own | null>(null);
  const [failed, setFailed] = useState<unknown>(null);
  const again = useCallback(() => callAccount<Own>('own').then(setOwn, setFailed), []);
  useEffect(() => void again(), [again]);
  return { own, failed, again };
};

/** Signing in and one's own account (登录 · 我的账号); works with no network but the one to this server. */
export const SignInScreen = () => {
  const { lang, t, query, put } = usePage();
  const { own, failed, again } = useOwn();
  const say = { lang, t };
  const account = own?.account;
  const other = lang === 'zh' ? 'en' : 'zh';
  const leave = async () => {
    await endSignIn();
    await forgetKept();
    await again();
  };
  if (!query) return null;
  return (
    <main className={styles.page} data-screen="sign-in" data-state={own ? 'ready' : failed ? 'failed' : 'waiting'}>
      <header className={styles.head}>
        <h1>{account ? `${t('account.own')} · ${account.name}` : t('account.title')}</h1>
        <button type="button" className={styles.second} onClick={() => put('lang', other)}>
          {t(`common.language.${other}`)}
        </button>
        {account && (
          <button type="button" className={styles.second} onClick={() => void leave()}>
            {t('account.signOut')}
          </button>
        )}
      </header>
      {failed !== null && !own && <p role="alert">{t(keyOf(failed))}</p>}
      {own && <Body say={say} own={own} isRefused={query.has('refused')} again={again} />}
    </main>
  );
};
