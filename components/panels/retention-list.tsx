'use client';

import { useQuery } from '@tanstack/react-query';
import type { Retention } from '@/data/model/retention';
import type { View } from '@/data/model/view';
import { formatStamp } from '../base/format';
import { useText } from '../feed/text';
import { useTRPC } from '../feed/trpc';
import { CardFacts, CardSection } from '../panel/card';
import { definePanel } from '../panel/panel';
import styles from '../panel/verify.module.css';

const key = 'retention-list';
const words = (name: string) => `catalog.retention.${name}`;

/** Posts that study the whole, and those that keep the installation. */
const students = ['R2', 'R7', 'R8', 'R9', 'R10'];

type RulesProps = { told: Retention; set: (patch: Partial<View>) => void };

const Timers = ({ told, set }: RulesProps) => {
  const { t, term, lang } = useText();
  return (
    <table className={styles.table} aria-label={t(`panel.${key}.title`)}>
      <thead>
        <tr>
          <th scope="col">{t(words('rule'))}</th>
          {['days', 'due', 'done', 'last'].map((head) => (
            <th key={head} scope="col" data-end="">
              {t(words(head))}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {told.timers.map(({ code, act, days, from, nDue, nDone, lastNight }) => (
          <tr key={code} data-timer={code} data-due={nDue} data-done={nDone}>
            <td>
              <button type="button" className={styles.link} onClick={() => set({ selection: `retention:${code}` })}>
                {term('retention', code)}
              </button>
              <small>
                {t(words(`act.${act}`))} · {t(words('after'), { from: from[lang] })}
              </small>
            </td>
            <td data-end="">{days.toLocaleString(lang)}</td>
            <td data-end="">{nDue.toLocaleString(lang)}</td>
            <td data-end="">{nDone.toLocaleString(lang)}</td>
            <td data-end="">{lastNight ?? '—'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

const Rules = ({ set }: Pick<RulesProps, 'set'>) => {
  const api = useTRPC();
  const { t, term, lang, installation } = useText();
  const told = useQuery(api.retention.list.queryOptions()).data;
  if (!told) return <p className={styles.sum}>{t('common.state.waiting')}</p>;
  const { nextAt, kept } = told;
  const at = nextAt && formatStamp(new Date(nextAt), installation?.timeZone ?? 'UTC', lang);
  return (
    <>
      <p className={styles.sum} data-next={nextAt ?? ''}>
        {at ? t(words('next'), { at }) : t(words('noNext'))}
      </p>
      <Timers told={told} set={set} />
      <CardSection title={t(words('kept'))}>
        <CardFacts facts={kept.map(({ code, why }) => [term('retention', code), why[lang]] as const)} />
      </CardSection>
    </>
  );
};

const Closed = () => {
  const { t } = useText();
  return <p className={styles.sum}>{t('mid.choose.catalog')}</p>;
};

/** What is kept how long: each timer with what is due and what was taken, and what has none, with the reason (保存期限). */
export const retentionList = definePanel({
  key,
  sizes: ['desk'],
  ask: ({ api }) => ({ me: api.access.me.queryOptions() }),
  draw: ({ data: { me }, set }) => (students.includes(me.role) ? <Rules set={set} /> : <Closed />),
});
