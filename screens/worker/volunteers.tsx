'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { formatStamp } from '@/components/base/format';
import { useText } from '@/components/feed/text';
import { useTRPC } from '@/components/feed/trpc';
import { VolunteerTurns } from '@/components/panel/volunteer-turns';
import styles from './screen.module.css';

const pollMs = 30_000;

const Turns = ({ id }: { id: string }) => {
  const api = useTRPC();
  const call = useQuery(api.volunteer.byId.queryOptions({ id, at: null }, { retry: 0 })).data;
  if (!call) return null;
  return (
    <VolunteerTurns
      call={id}
      turns={call.turns}
      others={call.others}
      mayRecord
      classes={{ list: styles.turns, button: styles.second, select: styles.text }}
    />
  );
};

/** Calls for volunteers around this grid: its worker signs people up and records who came (志愿服务). */
export const Volunteers = () => {
  const { t, term, lang, installation } = useText();
  const api = useTRPC();
  const calls = useQuery(
    api.volunteer.coming.queryOptions(undefined, { refetchInterval: pollMs, staleTime: pollMs, retry: 0 }),
  ).data;
  const [open, setOpen] = useState<string | null>(null);
  if (!calls || calls.length === 0) return null;
  const stamp = (at: string) => formatStamp(new Date(at), installation?.timeZone ?? 'UTC', lang);
  return (
    <section className={styles.errands} data-panel="worker-volunteers" data-state="ready">
      <h2 className={styles.heading}>{t('volunteer.phone.heading')}</h2>
      <ul className={styles.tasks}>
        {calls.map(({ id, title, service, startsAt, address, nSignedUp, nWanted }) => (
          <li key={id} className={styles.errand} data-call={id}>
            <button
              type="button"
              className={styles.opener}
              aria-expanded={open === id}
              onClick={() => setOpen(open === id ? null : id)}
            >
              <b>{title}</b>
              <span>{[term('volunteer-service', service), stamp(startsAt), address].filter(Boolean).join(' · ')}</span>
              <span>{t('volunteer.phone.signed', { n: nSignedUp, of: nWanted })}</span>
            </button>
            {open === id && <Turns id={id} />}
          </li>
        ))}
      </ul>
    </section>
  );
};
