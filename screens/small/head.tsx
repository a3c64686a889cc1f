'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useSyncExternalStore } from 'react';
import { formatClock, formatDay, formatStamp } from '@/components/base/format';
import { useTick } from '@/components/feed/clock';
import { useDivisions } from '@/components/feed/divisions';
import { isLive, useLive } from '@/components/feed/live';
import { useText } from '@/components/feed/text';
import { useTRPC } from '@/components/feed/trpc';
import { useView } from '@/components/feed/view';
import { NoticeBell } from '@/components/panel/notice-bell';
import { SearchBox } from '@/components/panel/search-box';
import styles from './head.module.css';
import { mapLayers } from './story-map';

const subscribe = (notify: () => void) => {
  window.addEventListener('online', notify);
  window.addEventListener('offline', notify);
  return () => {
    window.removeEventListener('online', notify);
    window.removeEventListener('offline', notify);
  };
};

const useOnline = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => navigator.onLine,
    () => true,
  );

/** Instant the newest of the figures of now stands at; null while there is none. */
const useAsOf = (): Date | null => {
  const api = useTRPC();
  const client = useQueryClient();
  useTick();
  const answers = client.getQueriesData<{ asOf?: string }>({ ...api.metric.ask.pathFilter(), predicate: isLive });
  const newest = answers.flatMap(([, answer]) => answer?.asOf ?? []).sort((a, b) => Date.parse(b) - Date.parse(a))[0];
  return newest ? new Date(newest) : null;
};

const lineWords = {
  well: 'small.connected',
  connecting: 'small.connecting',
  lost: 'small.silent',
  offline: 'small.offline',
} as const;

/** Whether the device hears the server, and the instant its figures stand at where it does not, or has not yet. */
const Line = () => {
  const { t, lang, installation } = useText();
  const { asOf: heardAt, isLost, age } = useLive();
  const asOf = useAsOf();
  const isOnline = useOnline();
  const zone = installation?.timeZone ?? 'UTC';
  const state = !isOnline ? 'offline' : isLost ? 'lost' : heardAt ? 'well' : 'connecting';
  const isWell = state === 'well';
  const time = asOf ? formatStamp(asOf, zone, lang) : null;
  return (
    <span className={styles.line} data-line={state} role="status">
      <i aria-hidden="true" />
      {t(lineWords[state])}
      {!isWell && time && ` · ${t('small.dataAsOf', { time })}`}
      {!isWell && !time && age && ` · ${t('common.state.staleAge', { age })}`}
    </span>
  );
};

const Clock = () => {
  const { lang, installation } = useText();
  const { asOf } = useLive();
  const { view } = useView();
  const tick = useTick();
  const zone = installation?.timeZone ?? 'UTC';
  const now = view.at ? new Date(view.at) : (asOf ?? (tick ? new Date(tick) : null));
  return <span className={styles.when}>{now && `${formatDay(now, zone, lang)} ${formatClock(now, zone)}`}</span>;
};

/** Name of the post in office and its territory; leads to the chooser. */
const Post = () => {
  const api = useTRPC();
  const { t, term } = useText();
  const divisions = useDivisions();
  const me = useQuery(api.access.me.queryOptions(undefined, { staleTime: Infinity })).data;
  return (
    <Link href="/" className={styles.button} aria-label={t('small.post')}>
      <b>{me ? term('role', me.role) : t('small.post')}</b>
      {me && <small>{divisions.name(me.division)}</small>}
    </Link>
  );
};

/** What this is, whether it hears the server, search, language and post. */
export const Head = ({ isPhone }: { isPhone: boolean }) => {
  const { t, lang, setLang, installation } = useText();
  const other = lang === 'zh' ? 'en' : 'zh';
  return (
    <header className={styles.head}>
      <div className={styles.about}>
        <span className={styles.name}>
          {installation?.name} {t('small.name')}
        </span>
        <span className={styles.under}>
          <Line />
          <Clock />
          {installation?.demo && <span className={styles.badge}>{t('common.badge.demo')}</span>}
        </span>
      </div>
      {!isPhone && <SearchBox size="hand" layers={mapLayers} />}
      <button type="button" className={styles.button} onClick={() => setLang(other)}>
        {t(`common.language.${other}`)}
      </button>
      {!isPhone && (
        <span className={styles.bell}>
          <NoticeBell />
        </span>
      )}
      <Post />
    </header>
  );
};
