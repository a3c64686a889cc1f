'use client';

import { useQuery } from '@tanstack/react-query';
import { formatClock, formatDate } from '@/components/base/format';
import { useLive } from '@/components/feed/live';
import { type Text, useText } from '@/components/feed/text';
import { useTRPC } from '@/components/feed/trpc';
import { momentOf } from '@/data/model/moment';
import { askedBy, type View } from '@/data/model/view';
import type { Tier } from '../wall-tier';
import styles from './header.module.css';

/** A source of the data: instant it is up to, and how often it promises to be renewed. */
type Source = { key: string; at: Date | null; freshMs: number; isLost?: boolean };

/** Younger than this counts as live. */
const liveMs = 15_000;
const hourMs = 3_600_000;
/** Seconds the event feed and the figures may be behind before they are late. */
const minuteMs = 60_000;

const ageWords = (ms: number, { t }: Pick<Text, 't'>): string =>
  ms < minuteMs
    ? t('common.duration.seconds', { n: Math.max(10, Math.round(ms / 10_000) * 10) })
    : ms < hourMs
      ? t('common.duration.minutes', { n: Math.round(ms / minuteMs) })
      : t('common.duration.hours', { n: Math.round(ms / hourMs) });

const isLate = ({ at, freshMs, isLost }: Source, now: number): boolean =>
  isLost === true || at === null || now - at.getTime() > freshMs;

/** One source in words; a late one is marked. */
const Age = ({ source, now }: { source: Source; now: number }) => {
  const text = useText();
  const { key, at, isLost } = source;
  const name = text.t(`big.source.${key}`);
  if (isLost || !at) return <span className={styles.late}>◔ {text.t('big.source.lost', { source: name })}</span>;
  const age = now - at.getTime();
  if (age < liveMs) return <span>{text.t('big.source.now', { source: name })}</span>;
  const words = text.t('big.source.ago', { source: name, age: ageWords(age, text) });
  return isLate(source, now) ? <span className={styles.late}>◔ {words}</span> : <span>{words}</span>;
};

/** Sources with how old they are: the feed of events, the figures, duty, weather by the hour. Those not there yet are left out. */
const useSources = (view: View): Source[] => {
  const api = useTRPC();
  const live = useLive();
  const question = { ...askedBy('headline', view), period: 'today' as const };
  const figures = useQuery(
    api.metric.ask.queryOptions({ metric: 'event.reported', question, operators: ['previous'] }),
  ).data;
  const duty = useQuery(api.metric.ask.queryOptions({ metric: 'duty.on_duty', question })).data;
  const weather = useQuery(api.weather.hours.queryOptions(momentOf(view))).data;
  const newest = weather?.hours.at(-1)?.startsAt;
  const figuresAt = figures ? new Date(figures.asOf) : null;
  return [
    { key: 'events', at: view.at ? figuresAt : (live.asOf ?? figuresAt), freshMs: minuteMs, isLost: live.isLost },
    ...(figuresAt ? [{ key: 'figures', at: figuresAt, freshMs: 2 * minuteMs }] : []),
    ...(duty ? [{ key: 'duty', at: new Date(duty.asOf), freshMs: 2 * minuteMs }] : []),
    ...(newest ? [{ key: 'weather', at: new Date(Date.parse(newest) + hourMs), freshMs: 2 * hourMs }] : []),
  ];
};

/** 回放: the sources as of the instant the clock on the right shows; those measured earlier say up to when. */
const Replayed = ({ at, isThen, sources, tier }: { at: string; isThen: boolean; sources: Source[]; tier: Tier }) => {
  const { t, lang, installation } = useText();
  const timeZone = installation?.timeZone ?? 'UTC';
  const instant = new Date(at);
  const isPortrait = tier === 'portrait';
  const older = sources.filter((source) => source.at !== null && instant.getTime() - source.at.getTime() >= liveMs);
  const upTo = older.map(({ key, at: to }) =>
    t('big.source.upTo', { source: t(`big.source.${key}`), time: to ? formatClock(to, timeZone) : '' }),
  );
  return (
    <>
      <span className={styles.late} data-clock={at}>
        ◔ {t(isThen ? 'big.fixedThen' : 'big.fixed')}
        {isPortrait && ` ${formatDate(instant, timeZone, lang)}`}
      </span>
      {!isPortrait && <span data-sources={older.length}>{[t('big.source.then'), ...upTo].join(t('common.and'))}</span>}
    </>
  );
};

/** 截至: instant the data stands at, and how old each source is; where there is little room only the late ones. */
export const AsOf = ({ view, now, tier }: { view: View; now: number; tier: Tier }) => {
  const { t, installation } = useText();
  const live = useLive();
  const sources = useSources(view);
  const timeZone = installation?.timeZone ?? 'UTC';
  if (view.at) return <Replayed at={view.at} isThen={view.known === 'then'} sources={sources} tier={tier} />;
  const asOf = live.asOf ?? sources.find(({ key }) => key === 'figures')?.at ?? null;
  const isWide = tier === 'XL' || tier === 'S';
  const shown = sources.filter((source, i) => isWide || (tier === 'L' && i === 0) || isLate(source, now));
  return (
    <>
      <span>
        {t('common.clock.asOf')} <span className={styles.time}>{asOf ? formatClock(asOf, timeZone, true) : '—'}</span>
      </span>
      {tier !== 'portrait' && shown.map((source) => <Age key={source.key} source={source} now={now} />)}
    </>
  );
};
