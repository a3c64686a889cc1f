'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { LevelMark } from '@/components/base/level-mark';
import { useText } from '@/components/feed/text';
import { useTRPC } from '@/components/feed/trpc';
import type { LngLat } from '@/data/model/geo';
import styles from './screen.module.css';
import type { WorkerTask } from './use-tasks';

/** Steps a position is asked in, degrees: about five metres, so that a phone that lies still asks once. */
const step = 0.00005;
const askMs = 60_000;

const stepped = ([lng, lat]: LngLat): LngLat => [Math.round(lng / step) * step, Math.round(lat / step) * step];

type HereProps = {
  place: LngLat | null;
  department: string | null;
  tasks: readonly WorkerTask[];
  onTask: (id: string) => void;
};

/** The open items of the building one has walked into (进楼推送): told once with a buzz, then standing until one leaves. */
export const Here = ({ place, department, tasks, onTask }: HereProps) => {
  const { t, lang, term } = useText();
  const api = useTRPC();
  const position = place ? stepped(place) : ([0, 0] as LngLat);
  const asked = useQuery({
    ...api.place.here.queryOptions({ position, department }, { retry: 0, staleTime: askMs, refetchInterval: askMs }),
    enabled: place !== null,
    placeholderData: (before) => before,
  }).data;
  const { building = null, items = [] } = place === null ? {} : (asked ?? {});
  const told = useRef<string | null>(null);
  const code = items.length > 0 ? (building?.code ?? null) : null;
  useEffect(() => {
    if (code !== null && code !== told.current) navigator.vibrate?.(200);
    told.current = code;
  }, [code]);
  if (building === null || items.length === 0) return null;
  return (
    <section className={styles.call} data-here={building.code}>
      <h2 role="status">
        {t('phone.here.title', { name: lang === 'zh' ? building.name : building.nameEn, n: items.length })}
      </h2>
      <ul>
        {items.map((item) => (
          <li key={`${item.kind}${item.id}`} data-kind={item.kind} data-item={item.id}>
            {item.kind === 'check' ? (
              <span className={styles.check}>
                {t('phone.here.check', { name: lang === 'zh' ? item.name : item.nameEn })}
              </span>
            ) : (
              <>
                <LevelMark level={item.level} size="26px" />
                <span className={styles.check}>
                  {item.title} · {term('event-status', item.status)}
                </span>
                {tasks.some(({ id, status }) => id === item.id && status === 'S40') && (
                  <button type="button" className={styles.main} onClick={() => onTask(item.id)}>
                    {t('phone.act.S40')}
                  </button>
                )}
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
};
