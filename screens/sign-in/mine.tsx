import { useState } from 'react';
import { formatStamp } from '@/components/base/format';
import { forgetKept } from '@/components/feed/kept-answers';
import { keyOf, type Say } from '@/components/feed/plain-page';
import { callAccount } from '@/components/feed/sign-in';
import { startOf } from '@/components/feed/start-of';
import type { OwnAccount, SessionRow } from '@/data/model/account';
import { Factor } from './factor';
import { Field, Form } from './field';
import styles from './screen.module.css';

type MineProps = { say: Say; mine: OwnAccount; timeZone: string; again: () => Promise<void> };

/** A password of one's own in place of the present one. */
export const ChangePassword = ({ say, onDone }: { say: Say; onDone: () => Promise<void> }) => {
  const { t } = say;
  return (
    <Form
      say={say}
      name="password"
      go={t('account.change')}
      onGo={async ({ current, next }) => {
        await callAccount('password', { current, next });
        await onDone();
      }}
    >
      <Field label={t('account.current')} name="current" type="password" autoComplete="current-password" />
      <Field label={t('account.next')} name="next" type="password" autoComplete="new-password" minLength={12} />
      <p className={styles.note}>{t('account.policy')}</p>
    </Form>
  );
};

/** Posts of the account: which one this sign-in acts in, and the way to its page. */
const Posts = ({ say: { t, lang }, mine, again }: Omit<MineProps, 'timeZone'>) => {
  const take = async (id: string) => {
    await callAccount('post', { id });
    await forgetKept();
    await again();
  };
  return (
    <section className={styles.part} data-part="posts">
      <h2>{t('account.posts')}</h2>
      {mine.posts.length === 0 && <p className={styles.note}>{t('account.posts.none')}</p>}
      {mine.lack === 'factor' && (
        <p className={styles.failed} role="status">
          {t('account.posts.factor')}
        </p>
      )}
      <ul className={styles.list}>
        {mine.posts.map((post) => (
          <li key={post.id} data-post={`${post.role}:${post.division}`}>
            <b>{post[lang]}</b>
            {mine.post !== post.id ? (
              <button type="button" className={styles.second} onClick={() => void take(post.id)}>
                {t('account.posts.take')}
              </button>
            ) : (
              mine.lack === null && (
                <a className={styles.go} href={startOf(post, lang)}>
                  {t('account.posts.go')}
                </a>
              )
            )}
          </li>
        ))}
      </ul>
    </section>
  );
};

/** Where one is signed in, and ending it there. */
const Sessions = ({ say, mine, timeZone, again }: MineProps) => {
  const { t, lang } = say;
  const [failed, setFailed] = useState<unknown>(null);
  const end = (path: string, body: unknown) => callAccount(path, body).then(again, setFailed);
  const stamp = (at: string) => formatStamp(new Date(at), timeZone, lang);
  const lineOf = ({ startedAt, seenAt, endsAt }: SessionRow) =>
    t('account.session.line', { from: stamp(startedAt), seen: stamp(seenAt), to: stamp(endsAt) });
  return (
    <section className={styles.part} data-part="sessions">
      <h2>{t('account.sessions')}</h2>
      {failed !== null && <p role="alert">{t(keyOf(failed))}</p>}
      <ul className={styles.list}>
        {mine.sessions.map((row) => (
          <li key={row.id} data-session={row.isOwn ? 'own' : 'other'}>
            <span>
              <b>{row.isOwn ? t('account.session.this') : row.address}</b> {t(`account.way.${row.way}`)}
              <small>{row.device}</small>
              <small>{lineOf(row)}</small>
            </span>
            {!row.isOwn && (
              <button type="button" className={styles.second} onClick={() => void end('session/end', { id: row.id })}>
                {t('account.session.end')}
              </button>
            )}
          </li>
        ))}
      </ul>
      {mine.sessions.length > 1 && (
        <button type="button" className={styles.second} onClick={() => void end('session/end-others', {})}>
          {t('account.session.endOthers')}
        </button>
      )}
    </section>
  );
};

/** One's own account (我的账号): posts, password, second factor, sign-ins. */
export const Mine = ({ say, mine, timeZone, again }: MineProps) => {
  const { t } = say;
  const [isChanged, setChanged] = useState(false);
  const changed = async () => {
    await again();
    setChanged(true);
  };
  return (
    <>
      <Posts say={say} mine={mine} again={again} />
      <Factor say={say} hasFactor={mine.hasFactor} onDone={again} />
      <section className={styles.part} data-part="password">
        <h2>{t('account.password')}</h2>
        {isChanged && <p role="status">{t('account.changed')}</p>}
        <details>
          <summary>{t('account.change')}</summary>
          <ChangePassword say={say} onDone={changed} />
        </details>
      </section>
      <Sessions say={say} mine={mine} timeZone={timeZone} again={again} />
    </>
  );
};
