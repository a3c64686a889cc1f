'use client';

import { useEffect, useState } from 'react';
import { useText } from '@/components/feed/text';
import { linkTimes } from '@/data/model/cast';
import styles from './link.module.css';
import { useWallLink } from './wall-link';

/** A conductor that misses two beats is away. */
const awayMs = 2.5 * linkTimes.beatMs;

/** Seconds since an instant, counted while it is old enough to be told; null before. */
const useSilence = (since: string | null): number | null => {
  const [seconds, setSeconds] = useState<number | null>(null);
  useEffect(() => {
    const heard = since === null ? null : Date.now();
    const tick = () => {
      const silence = heard === null ? 0 : Date.now() - heard;
      setSeconds(silence > awayMs ? Math.round(silence / 1_000) : null);
    };
    tick();
    const timer = setInterval(tick, 1_000);
    return () => clearInterval(timer);
  }, [since]);
  return seconds;
};

/** Head of the wall: which post conducts it, never who; away, since how long; 勿扰 while it wants no disturbance; nothing while nobody conducts. */
export const ConductorSlot = () => {
  const { t, term } = useText();
  const { state } = useWallLink();
  const silence = useSilence(state?.conductor ? state.heardAt : null);
  if (!state?.conductor) return null;
  const { role, place } = state.conductor;
  return (
    <span className={styles.conductor} data-conductor={role} data-away={silence === null ? undefined : ''}>
      {silence === null
        ? t('link.conductor', { role: term('role', role), place })
        : `◔ ${t('link.conductor.lost', { seconds: silence })}`}
      {state.isQuiet && (
        <b className={styles.quiet} data-quiet="">
          {t('link.quiet')}
        </b>
      )}
    </span>
  );
};
