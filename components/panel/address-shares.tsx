'use client';

import type { CSSProperties } from 'react';
import { formatValue } from '@/data/model/format';
import { useText } from '../feed/text';
import styles from './address.module.css';

const askedEveryMs = 1_000;

/** Asks again every second while the answer says that work is under way. */
export const whileRunning = <Data,>(isRunning: (data: Data) => boolean) => ({
  refetchInterval: ({ state }: { state: { data?: unknown } }): number | false =>
    state.data !== undefined && isRunning(state.data as Data) ? askedEveryMs : false,
});

type SharesProps = { rows: readonly { key: string; label: string; n: number; isOpen?: boolean }[]; all: number };

/** Parts of a list as bars of it, each with its count and share. */
export const AddressShares = ({ rows, all }: SharesProps) => {
  const { lang } = useText();
  return (
    <dl className={styles.shares}>
      {rows.map(({ key, label, n, isOpen }) => (
        <div key={key} data-share={key} data-open={isOpen || undefined}>
          <dt>{label}</dt>
          <dd className={styles.track}>
            <i style={{ '--share': all === 0 ? 0 : n / all } as CSSProperties} />
          </dd>
          <dd data-n={n}>{n.toLocaleString('en-GB')}</dd>
          <dd>{formatValue({ unit: 'share', decimals: 1 }, all === 0 ? null : n / all, lang).digits}%</dd>
        </div>
      ))}
    </dl>
  );
};
