'use client';

import { useCallback, useEffect, useState } from 'react';
import { keyOf, type Say, usePage } from '@/components/feed/plain-page';
import { type PublicForm, Receipt } from '@/data/model/intake';
import { Form } from './form';
import { Home } from './home';
import { Progress } from './progress';
import styles from './screen.module.css';
import { askForm, keepReceipt, readReceipts } from './use-public';
import { Volunteer } from './volunteer';

/** Where the device is: until the page knows where the installation is. */
const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Looks a report up by its receipt; those of this browser are offered. */
const LookUp = ({ say: { t }, onLook }: { say: Say; onLook: (receipt: string) => void }) => {
  const [typed, setTyped] = useState('');
  const [isWrong, setWrong] = useState(false);
  const [kept, setKept] = useState<string[]>([]);
  useEffect(() => setKept(readReceipts()), []);
  const look = () => {
    const receipt = Receipt.safeParse(typed);
    setWrong(!receipt.success);
    if (receipt.success) onLook(receipt.data);
  };
  return (
    <form
      className={styles.form}
      onSubmit={(submit) => {
        submit.preventDefault();
        look();
      }}
    >
      <label className={styles.part}>
        <h2>{t('public.look')}</h2>
        <input
          className={styles.text}
          placeholder="XXXX-XXXX-XXXX-XXXX"
          autoCapitalize="characters"
          autoComplete="off"
          maxLength={24}
          value={typed}
          onChange={(change) => setTyped(change.target.value)}
        />
      </label>
      {isWrong && (
        <p className={styles.failed} role="alert">
          {t('intake.refused.receipt')}
        </p>
      )}
      <button type="submit" className={styles.main}>
        {t('public.look.go')}
      </button>
      {kept.length > 0 && (
        <section className={styles.part}>
          <h2>{t('public.kept')}</h2>
          <ul className={styles.kept}>
            {kept.map((receipt) => (
              <li key={receipt}>
                <button type="button" className={styles.second} onClick={() => onLook(receipt)}>
                  {receipt}
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </form>
  );
};

const useForm = () => {
  const [form, setForm] = useState<PublicForm | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const ask = useCallback(() => {
    setFailed(null);
    askForm().then(setForm, (error: unknown) => setFailed(keyOf(error)));
  }, []);
  useEffect(ask, [ask]);
  return { form, failed, ask };
};

/** The page before it is known what it asks with; where that fails, why and once more. */
const Waiting = ({ say: { t }, failed, onAgain }: { say: Say; failed: string | null; onAgain: () => void }) =>
  failed ? (
    <div className={styles.form}>
      <p className={styles.failed} role="alert">
        {t(failed)}
      </p>
      <button type="button" className={styles.second} onClick={onAgain}>
        {t('common.state.retry')}
      </button>
    </div>
  ) : (
    <div className={styles.form} aria-hidden>
      {[1, 2, 3].map((n) => (
        <div key={n} className={styles.skeleton} />
      ))}
    </div>
  );

const tabs = ['report', 'look', 'home', 'volunteer'] as const;
type Tab = (typeof tabs)[number];

/** The secret of a pass, which stands behind the address and is sent nowhere with it; '' = none. */
const usePass = (): string => {
  const [secret, setSecret] = useState('');
  useEffect(() => {
    const read = () => setSecret(window.location.hash.slice(1));
    read();
    window.addEventListener('hashchange', read);
    return () => window.removeEventListener('hashchange', read);
  }, []);
  return secret;
};

/** What the public sees (群众上报): report, progress and what a resident gets by himself, without a sign-in and without anything of the house behind it. */
export const PublicScreen = () => {
  const { lang, t, query, put, isLarge } = usePage();
  const { form, failed, ask } = useForm();
  const pass = usePass();
  const [fresh, setFresh] = useState<string | null>(null);
  const say = { lang, t };
  const receipt = query?.get('receipt') ?? null;
  const named = tabs.find((one) => one === query?.get('tab')) ?? 'report';
  const tab: Tab = receipt !== null ? 'look' : named;
  const shown = tabs.filter((one) => one !== 'volunteer' || pass !== '' || one === tab);
  const go = (next: Tab) => {
    put('receipt', null);
    put('tab', next === 'report' ? null : next);
  };
  const sent = (own: string) => {
    keepReceipt(own);
    setFresh(own);
    put('receipt', own);
    window.scrollTo(0, 0);
  };
  return (
    <main
      className={styles.page}
      data-screen="public"
      data-size={isLarge ? 'large' : 'hand'}
      data-state={failed ? 'failed' : form && query ? 'ready' : 'waiting'}
    >
      <header className={styles.head}>
        <div>
          <h1>{t('public.name')}</h1>
          <p>
            {form && (lang === 'zh' ? form.name : form.nameEn)}
            {form?.isDemo && <span className={styles.badge}>{t('common.badge.demo')}</span>}
          </p>
        </div>
        <div className={styles.switches}>
          <button
            type="button"
            className={styles.button}
            aria-pressed={isLarge}
            onClick={() => put('size', isLarge ? null : 'large')}
          >
            {t('public.large')}
          </button>
          <button type="button" className={styles.button} onClick={() => put('lang', lang === 'zh' ? 'en' : 'zh')}>
            {t(`common.language.${lang === 'zh' ? 'en' : 'zh'}`)}
          </button>
        </div>
      </header>
      <noscript>
        <p className={styles.noScript}>
          <a className={styles.button} href="/api/public/plain">
            {t('public.plain.noScript')}
          </a>
        </p>
      </noscript>
      <nav className={styles.tabs} aria-label={t('small.nav')}>
        {shown.map((one) => (
          <button key={one} type="button" aria-current={one === tab ? 'page' : undefined} onClick={() => go(one)}>
            {t(`public.tab.${one}`)}
          </button>
        ))}
      </nav>
      {receipt !== null && (
        <Progress receipt={receipt} say={say} zone={form?.timeZone ?? ownZone()} isNew={receipt === fresh} />
      )}
      {receipt === null && tab === 'look' && <LookUp say={say} onLook={(own) => put('receipt', own)} />}
      {tab !== 'look' && !form && <Waiting say={say} failed={failed} onAgain={ask} />}
      {tab === 'report' && form && <Form say={say} form={form} onSent={sent} />}
      {tab === 'home' && form && <Home say={say} form={form} />}
      {tab === 'volunteer' && form && <Volunteer key={pass} say={say} form={form} secret={pass} />}
    </main>
  );
};
