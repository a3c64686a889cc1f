'use client';

import type { ReactNode } from 'react';
import type { DatedChange, DatedVersion } from '@/data/model/dated';
import { Button } from '../base/button';
import { useLocalDay } from '../feed/local-day';
import { useRuleFault } from '../feed/rule-fault';
import { useText } from '../feed/text';
import styles from './versions.module.css';

const words = (name: string) => `dispatch.rules.${name}`;

type VersionsProps<V extends DatedVersion> = {
  /** Newest first; absent = not read yet. */
  versions: readonly V[] | undefined;
  isKeeper: boolean;
  said: (version: V) => ReactNode;
  withdraw: { isPending: boolean; error: unknown };
  onWithdraw: (change: Omit<DatedChange, 'from'>) => void;
};

/** Every version of rules, the newest first, with who put it on record (沿革); one that has not begun is withdrawn here. */
export const Versions = <V extends DatedVersion>({
  versions = [],
  isKeeper,
  said,
  withdraw,
  onWithdraw,
}: VersionsProps<V>) => {
  const { t } = useText();
  const localDay = useLocalDay();
  const faultOf = useRuleFault();
  return (
    <>
      <h3>{t(words('history'))}</h3>
      <ol className={styles.history}>
        {versions.map((version) => {
          const { from, until, change } = version;
          const isWithdrawn = change?.act === 'withdrawn';
          const span = { from: localDay(from), to: until ? localDay(until) : '' };
          const mayWithdraw = isKeeper && !isWithdrawn && Date.parse(from) > Date.now();
          return (
            <li key={`${from} ${change?.at}`} data-version={from} data-withdrawn={isWithdrawn || undefined}>
              <p className={styles.span}>
                <strong>{t(words(until && !isWithdrawn ? 'span' : 'since'), span)}</strong>
                {isWithdrawn && <em>{t(words('withdrawn'))}</em>}
                {mayWithdraw && (
                  <Button
                    data-act="withdraw"
                    disabled={withdraw.isPending}
                    onClick={() => onWithdraw({ seen: from, note: t(words('withdraw')) })}
                  >
                    {t(words('withdraw'))}
                  </Button>
                )}
                {mayWithdraw && withdraw.error ? <span role="alert">{faultOf(withdraw.error)}</span> : null}
              </p>
              {said(version)}
              <small>
                {change
                  ? t(words('by'), { actor: change.actor, at: localDay(change.at), note: change.note })
                  : t(words('byList'))}
              </small>
            </li>
          );
        })}
      </ol>
    </>
  );
};
