'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { formatClock } from '@/components/base/format';
import { useText } from '@/components/feed/text';
import { useTRPC } from '@/components/feed/trpc';
import styles from './screen.module.css';

const askMs = 60_000;
const shown = 6;

/** Homes of the grid that have not answered a warning yet (预警叫应): one tap a home that was reached. */
export const OpenCalls = () => {
  const { t, lang, term, installation } = useText();
  const api = useTRPC();
  const client = useQueryClient();
  const homes = useQuery(
    api.care.openCalls.queryOptions(undefined, { refetchInterval: askMs, staleTime: askMs, retry: 0 }),
  ).data;
  const confirm = useMutation(
    api.care.confirm.mutationOptions({ onSettled: () => client.invalidateQueries(api.care.pathFilter()) }),
  );
  const [first] = homes ?? [];
  if (!homes || !first) return null;
  return (
    <section className={styles.call} data-open-calls={homes.length}>
      <h2>{t('phone.calls.title', { warning: term('weather-warning', first.warning), n: homes.length })}</h2>
      <ul>
        {homes.slice(0, shown).map(({ alert, dwelling, place, placeEn, room, nPersons, dueAt }) => (
          <li key={`${alert} ${dwelling}`}>
            <b>{`${lang === 'zh' ? place : placeEn} ${room}`}</b>
            <span>
              {t('phone.calls.due', {
                n: nPersons,
                time: formatClock(new Date(dueAt), installation?.timeZone ?? 'UTC'),
              })}
            </span>
            <button
              type="button"
              className={styles.main}
              data-home={dwelling}
              disabled={confirm.isPending}
              onClick={() => confirm.mutate({ alert, dwelling })}
            >
              {t('phone.calls.reached')}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
};
