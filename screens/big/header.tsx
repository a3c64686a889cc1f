'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { formatClock, formatDay } from '@/components/base/format';
import { useTick } from '@/components/feed/clock';
import { useDivisions } from '@/components/feed/divisions';
import { useLive } from '@/components/feed/live';
import { type Text, useText } from '@/components/feed/text';
import { useTRPC } from '@/components/feed/trpc';
import { useView } from '@/components/feed/view';
import { askedBy, type Scene, type View } from '@/data/model/view';
import type { Tier } from '../wall-tier';
import styles from './header.module.css';
import { ConductorSlot } from './link/conductor-slot';

/** Source data older than this is marked (晚到). */
const lateMs = 60_000;

/** The clock of the screen: fixed by the View, held still for pictures, or running. */
const useNow = (view: View, isStill: boolean): number => {
  const tick = useTick();
  const [openedAt] = useState(() => Date.now());
  return view.at ? Date.parse(view.at) : isStill ? openedAt : tick;
};

const ageWords = (ms: number, { t }: Pick<Text, 't'>): string =>
  ms < 60_000
    ? t('common.duration.seconds', { n: Math.max(10, Math.round(ms / 10_000) * 10) })
    : ms < 3_600_000
      ? t('common.duration.minutes', { n: Math.round(ms / 60_000) })
      : t('common.duration.hours', { n: Math.round(ms / 3_600_000) });

const SourceAge = ({ source, at, now, isLost }: { source: string; at: Date | null; now: number; isLost?: boolean }) => {
  const text = useText();
  const name = text.t(`big.source.${source}`);
  if (isLost || !at) return <span className={styles.late}>◔ {text.t('big.source.lost', { source: name })}</span>;
  const age = now - at.getTime();
  if (age < 15_000) return <span>{text.t('big.source.now', { source: name })}</span>;
  const words = text.t('big.source.ago', { source: name, age: ageWords(age, text) });
  return age > lateMs ? <span className={styles.late}>◔ {words}</span> : <span>{words}</span>;
};

/** 截至: instant the data stands at, and how old each source is. */
const AsOf = ({ view, now, tier }: { view: View; now: number; tier: Tier }) => {
  const { t, lang, installation } = useText();
  const api = useTRPC();
  const live = useLive();
  const figures = useQuery(
    api.metric.ask.queryOptions({
      metric: 'event.reported',
      question: { ...askedBy('headline', view), period: 'today' },
      operators: ['previous'],
    }),
  ).data;
  const timeZone = installation?.timeZone ?? 'UTC';
  if (view.at) {
    const at = new Date(view.at);
    const time = `${formatDay(at, timeZone, lang)} ${formatClock(at, timeZone)}`;
    return <span className={styles.late}>◔ {t('big.fixed', { time })}</span>;
  }
  const asOf = live.asOf ?? (figures ? new Date(figures.asOf) : null);
  return (
    <>
      <span>
        {t('common.clock.asOf')} <span className={styles.time}>{asOf ? formatClock(asOf, timeZone, true) : '—'}</span>
      </span>
      {tier !== 'portrait' && (
        <>
          <SourceAge source="events" at={live.asOf ?? asOf} now={now} isLost={live.isLost} />
          {tier === 'XL' && <SourceAge source="figures" at={figures ? new Date(figures.asOf) : null} now={now} />}
        </>
      )}
    </>
  );
};

/** Division and filters in force, so that nobody reads a part for the whole. */
const InForce = ({ view }: { view: View }) => {
  const { t, term } = useText();
  const divisions = useDivisions();
  const lists: Record<string, string> = {
    category: 'event-category',
    categoryL1: 'event-category-l1',
    level: 'event-level',
    source: 'event-source',
    stage: 'event-stage',
    status: 'event-status',
    department: 'department',
  };
  const trail = view.division ? divisions.trail(view.division).slice(1) : [];
  const filters = view.filters.map(({ field, values }) => ({
    field,
    words: values.map((value) => term(lists[field] ?? field, value)).join('、'),
  }));
  if (trail.length === 0 && filters.length === 0) return null;
  return (
    <>
      {trail.length > 0 && (
        <span className={styles.time}>{trail.map(({ code }) => divisions.name(code)).join(' › ')}</span>
      )}
      {filters.map(({ field, words }) => (
        <span key={field} className={styles.time}>
          {t(`common.dimension.${field}`)} {words}
        </span>
      ))}
    </>
  );
};

/** Head of the wall: whose, which scene, demo or not, as of when, what time it is. */
export const Header = ({ scene, tier, isStill }: { scene: Scene; tier: Tier; isStill: boolean }) => {
  const { t, lang, installation } = useText();
  const { view } = useView();
  const now = useNow(view, isStill);
  const timeZone = installation?.timeZone ?? 'UTC';
  const at = new Date(now);
  const isPortrait = tier === 'portrait';
  return (
    <header className={styles.header} data-tier={tier}>
      <div>
        <span className={styles.name}>
          {isPortrait ? installation?.name : t('big.name', { name: installation?.name ?? '' })}
        </span>
        {!isPortrait && <span className={styles.scene}>{t(`common.scene.${scene}`)}</span>}
        {installation?.demo && <span className={styles.badge}>{t('common.badge.demo')}</span>}
        <InForce view={view} />
      </div>
      <div>
        <AsOf view={view} now={now} tier={tier} />
      </div>
      <div>
        <ConductorSlot />
        {!isPortrait && <span className={styles.date}>{formatDay(at, timeZone, lang)}</span>}
        <span className={styles.clock}>{formatClock(at, timeZone)}</span>
      </div>
    </header>
  );
};
