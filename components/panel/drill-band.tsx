'use client';

import { useQuery } from '@tanstack/react-query';
import { drillStateAt } from '@/data/model/drill';
import type { ScreenKey } from '@/data/model/scope';
import { formatClock } from '../base/format';
import { useTick } from '../feed/clock';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import { useTRPC } from '../feed/trpc';
import styles from './drill-band.module.css';

const askMs = 10_000;
/** Marks over the screen: enough of them that a picture of any part shows one. */
const marks = Array.from({ length: 160 }, (_, i) => i);

/** Where a screen goes when it leaves a drill. */
const exits: Record<ScreenKey, (id: string) => string> = {
  big: () => '/big',
  mid: (id) => `/mid?v=standby&sel=drill:${id}`,
  small: () => '/worker',
};

/** Stands over a screen that is in a drill (演练): which one, until when, the way out, and the word all over it. */
export const DrillBand = ({ id, screen }: { id: string; screen: ScreenKey }) => {
  const api = useTRPC();
  const { t, installation } = useText();
  const divisions = useDivisions();
  const tick = useTick();
  const { data: drill, dataUpdatedAt } = useQuery(api.drill.byId.queryOptions({ id }, { refetchInterval: askMs }));
  const zone = installation?.timeZone ?? 'UTC';
  const times = drill && { startsAt: new Date(drill.startsAt), endsAt: new Date(drill.endsAt), endedAt: null };
  // a drill that begins at once is newer than the last tick
  const now = new Date(Math.max(tick, dataUpdatedAt));
  const state = drill?.endedAt ? 'ended' : times ? drillStateAt(times, now) : 'running';
  return (
    <>
      <section className={styles.band} aria-label={t('drill.word')} data-drill={id} data-drill-state={state}>
        <strong role="status">{t(`drill.band.${state}`)}</strong>
        {drill && (
          <span>
            {drill.name} · {divisions.name(drill.division)} ·{' '}
            {t('drill.until', { time: formatClock(new Date(drill.endsAt), zone) })}
          </span>
        )}
        <a href={exits[screen](id)} data-go="leave">
          {t('drill.leave')}
        </a>
      </section>
      <div className={styles.marks} aria-hidden>
        {marks.map((mark) => (
          <span key={mark}>{t('drill.word')}</span>
        ))}
      </div>
    </>
  );
};
