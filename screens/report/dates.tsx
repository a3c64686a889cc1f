'use client';

import { type ChangeEvent, useEffect, useState } from 'react';
import { useText } from '@/components/feed/text';
import { useView } from '@/components/feed/view';
import { datesOf, FixedPeriod } from '@/data/model/view';
import styles from './bar.module.css';

const dayMs = 86_400_000;
const shifted = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);

/** Any other period: its first and its last date. */
export const Dates = () => {
  const { t } = useText();
  const { view, set } = useView();
  const dates = datesOf(view.period);
  const from = dates?.from ?? '';
  const last = dates ? shifted(dates.until, -1) : '';
  const [draft, setDraft] = useState({ from, last });
  useEffect(() => setDraft({ from, last }), [from, last]);
  const change =
    (name: 'from' | 'last') =>
    ({ target }: ChangeEvent<HTMLInputElement>) => {
      const next = { ...draft, [name]: target.value };
      setDraft(next);
      const isWhole = next.from !== '' && next.last !== '';
      const period = FixedPeriod.safeParse(isWhole ? `${next.from}/${shifted(next.last, 1)}` : '').data;
      if (period) set({ period });
    };
  return (
    <span className={styles.dates}>
      <input type="date" aria-label={t('report.from')} value={draft.from} onChange={change('from')} />
      <span aria-hidden>–</span>
      <input type="date" aria-label={t('report.until')} value={draft.last} onChange={change('last')} />
    </span>
  );
};
