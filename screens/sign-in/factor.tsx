import { useState } from 'react';
import { renderSVG } from 'uqr';
import type { Say } from '@/components/feed/plain-page';
import { callAccount } from '@/components/feed/sign-in';
import { Field, Form } from './field';
import styles from './screen.module.css';

type Begun = { uri: string; backupCodes: string[] };

const Codes = ({ say: { t }, codes }: { say: Say; codes: readonly string[] }) => (
  <div className={styles.codes} data-codes="">
    <p>{t('account.factor.codes')}</p>
    <ul>
      {codes.map((code) => (
        <li key={code}>{code}</li>
      ))}
    </ul>
  </div>
);

const Scan = ({ say: { t }, uri }: { say: Say; uri: string }) => (
  <>
    <p>{t('account.factor.scan')}</p>
    {/* biome-ignore lint/performance/noImgElement: drawn here, nothing to load */}
    <img className={styles.qr} alt="" src={`data:image/svg+xml,${encodeURIComponent(renderSVG(uri, { border: 3 }))}`} />
    <details>
      <summary>{t('account.factor.manual')}</summary>
      <code className={styles.key} data-key={uri}>
        {new URL(uri).searchParams.get('secret')}
      </code>
    </details>
  </>
);

/** Sets up the second factor, and gives new backup codes once there is one. */
export const Factor = ({ say, hasFactor, onDone }: { say: Say; hasFactor: boolean; onDone: () => Promise<void> }) => {
  const { t } = say;
  const [begun, setBegun] = useState<Begun | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const password = (
    <Field label={t('account.current')} name="password" type="password" autoComplete="current-password" />
  );
  const begin = async (values: Record<string, string>) => setBegun(await callAccount<Begun>('factor/begin', values));
  const confirm = async (values: Record<string, string>) => {
    await callAccount('factor/confirm', values);
    await onDone();
    setBegun(null);
  };
  const renew = async (values: Record<string, string>) =>
    setCodes((await callAccount<{ backupCodes: string[] }>('factor/codes', values)).backupCodes);
  return (
    <section className={styles.part} data-part="factor">
      <h2>{t('account.factor')}</h2>
      <p className={styles.note} data-factor={hasFactor ? 'on' : 'off'}>
        {t(hasFactor ? 'account.factor.on' : 'account.factor.off')}
      </p>
      {hasFactor ? (
        <details>
          <summary>{t('account.factor.renew')}</summary>
          {codes && <Codes say={say} codes={codes} />}
          <Form say={say} name="codes" go={t('account.factor.renew')} onGo={renew}>
            {password}
          </Form>
        </details>
      ) : begun ? (
        <>
          <Scan say={say} uri={begun.uri} />
          <Codes say={say} codes={begun.backupCodes} />
          <Form say={say} name="confirm" go={t('account.factor.go')} onGo={confirm}>
            <Field
              label={t('account.factor.code')}
              name="code"
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={6}
            />
          </Form>
        </>
      ) : (
        <Form say={say} name="begin" go={t('account.factor.begin')} onGo={begin}>
          {password}
        </Form>
      )}
    </section>
  );
};
