'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { forgetKept } from '@/components/feed/kept-answers';
import { FeedProvider } from '@/components/feed/provider';
import { endSignIn } from '@/components/feed/sign-in';
import { startOf } from '@/components/feed/start-of';
import { useText } from '@/components/feed/text';
import { type Outputs, useTRPC } from '@/components/feed/trpc';
import type { Lang } from '@/data/model/format';
import styles from './screen.module.css';

type Post = Outputs['access']['posts'][number];
type Me = Outputs['access']['me'] | undefined;

/** Takes a post and goes to its page; null leaves the post. A sign-in with an account ends: it would go before. */
const take = async (post: Post | null, lang: Lang) => {
  await endSignIn();
  const answer = await fetch('/api/post', {
    method: post ? 'POST' : 'DELETE',
    headers: { 'content-type': 'application/json' },
    body: post ? JSON.stringify({ role: post.role, division: post.division }) : undefined,
  });
  if (!answer.ok) return;
  await forgetKept();
  if (post) window.location.assign(startOf(post, lang));
  else window.location.reload();
};

const Posts = ({ posts, me }: { posts: Post[]; me: Me }) => {
  const { lang, term } = useText();
  return (
    <ul className={styles.posts}>
      {posts.map((post) => {
        const isMine = me?.role === post.role && me.division === post.division;
        return (
          <li key={`${post.role}:${post.division}`}>
            <button type="button" className={styles.post} aria-pressed={isMine} onClick={() => void take(post, lang)}>
              {lang === 'zh' ? post.name : post.nameEn} · {term('role', post.role)}
            </button>
          </li>
        );
      })}
    </ul>
  );
};

const screens = ['big', 'mid', 'small'] as const;

/** What the level of the post is for, and its page. */
const Start = ({ post }: { post: NonNullable<Me> }) => {
  const { t, lang } = useText();
  return (
    <p className={styles.start}>
      <span>{t(`chooser.focus.${post.level}`)}</span>
      <a className={styles.post} href={startOf(post, lang)} data-start={post.level}>
        {t('chooser.start')}
      </a>
    </p>
  );
};

/** Somebody with a post is sent on to its page. */
const Sent = () => {
  const api = useTRPC();
  const { lang } = useText();
  const me = useQuery(api.access.me.queryOptions()).data;
  useEffect(() => {
    if (me) window.location.replace(startOf(me, lang));
  }, [me, lang]);
  return <main data-screen="chooser" data-size="hand" data-state="waiting" />;
};

const Chooser = () => {
  const api = useTRPC();
  const { t, lang, setLang, installation } = useText();
  const posts = useQuery(api.access.posts.queryOptions()).data ?? [];
  const me = useQuery(api.access.me.queryOptions()).data;
  const at = (level: Post['level']) => posts.filter((post) => post.level === level);
  const below = (code: string, level: Post['level']) => at(level).filter((post) => post.parent === code);
  const gridsOf = (code: string) => below(code, 'community').flatMap((post) => below(post.division, 'grid'));
  const other = lang === 'zh' ? 'en' : 'zh';
  return (
    <main
      className={styles.page}
      data-screen="chooser"
      data-size="hand"
      data-state={posts.length > 0 ? 'ready' : 'waiting'}
    >
      <header className={styles.head}>
        <h1>
          {installation?.name} {t('common.badge.product')}
        </h1>
        {installation?.demo && <span className={styles.badge}>{t('common.badge.demo')}</span>}
        <button type="button" className={styles.post} onClick={() => setLang(other)}>
          {t(`common.language.${other}`)}
        </button>
        <a className={styles.sign} href={`/sign-in?lang=${lang}`} data-go="sign-in">
          {t('account.signIn')}
        </a>
      </header>
      {me && <Start post={me} />}
      <nav className={styles.screens}>
        {screens.map((screen) => (
          <a key={screen} className={styles.screen} href={`/${screen}?lang=${lang}`}>
            <b>{t(`common.screen.${screen}`)}</b>
            <span>{t(`chooser.screen.${screen}`)}</span>
          </a>
        ))}
        <a className={styles.screen} href={`/worker?lang=${lang}`} data-go="worker">
          <b>{t('phone.name')}</b>
          <span>{t('chooser.worker')}</span>
        </a>
        <a className={styles.screen} href={`/public?lang=${lang}`} data-go="public">
          <b>{t('public.name')}</b>
          <span>{t('chooser.public')}</span>
        </a>
        <a className={styles.screen} href={`/report?lang=${lang}`} data-go="report">
          <b>{t('report.title')}</b>
          <span>{t('chooser.report')}</span>
        </a>
      </nav>
      <h2>{t('chooser.title')}</h2>
      <p className={styles.hint}>{t('chooser.hint')}</p>
      <section className={styles.branch}>
        <Posts posts={at('district')} me={me} />
        <button type="button" className={styles.post} style={{ marginTop: 12 }} onClick={() => void take(null, lang)}>
          {t('chooser.open')}
        </button>
      </section>
      {at('subdistrict').map((post) => (
        <section key={post.division} className={styles.branch}>
          <Posts posts={[post]} me={me} />
          <Posts posts={below(post.division, 'community')} me={me} />
          <details>
            <summary>{t('chooser.grids', { n: gridsOf(post.division).length })}</summary>
            <Posts posts={gridsOf(post.division)} me={me} />
          </details>
        </section>
      ))}
    </main>
  );
};

/** Where a visitor of a demo or an open installation takes a post and goes to a screen; `isSent`: a post's own page is next. */
export const ChooserScreen = ({ isSent }: { isSent: boolean }) => (
  <FeedProvider screen="mid">{isSent ? <Sent /> : <Chooser />}</FeedProvider>
);
