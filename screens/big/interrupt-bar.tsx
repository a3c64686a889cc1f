'use client';

import { LevelMark } from '@/components/base/level-mark';
import { useDivisions } from '@/components/feed/divisions';
import { useText } from '@/components/feed/text';
import styles from './interrupt-bar.module.css';
import type { Interrupt } from './use-interrupt';

type BarProps = { interrupt: Interrupt; now: number };

/** What and where, and how many more are grouped with it. */
const useWords = ({ event, nOthers }: Interrupt): string => {
  const { t, term } = useText();
  const divisions = useDivisions();
  const what = event
    ? [term('event-category', event.category), divisions.name(event.community ?? event.subdistrict)]
    : [];
  return [...what, ...(nOthers > 0 ? [t('big.interrupt.others', { n: nOthers })] : [])].join(' · ');
};

/** Over the map while a Ⅰ nobody acknowledged takes the wall: what, where, how many seconds are left. */
export const NoticeBar = ({ interrupt, now }: BarProps) => {
  const { t } = useText();
  const words = useWords(interrupt);
  if (interrupt.phase === 'bar') return null;
  const seconds = Math.max(0, Math.ceil((interrupt.changesAt - now) / 1_000));
  return (
    <div
      className={styles.notice}
      role="alert"
      data-interrupt={interrupt.phase}
      data-pulse={interrupt.isPulsing ? '' : undefined}
    >
      <LevelMark level={1} size="1.7em" />
      <b>{words}</b>
      <span>
        {interrupt.phase === 'notice' ? t('big.interrupt.notice', { seconds }) : t('big.interrupt.unacknowledged')}
      </span>
    </div>
  );
};

/** In the head of the wall once it is acknowledged, until it is over. */
export const HeadBar = ({ interrupt }: { interrupt: Interrupt }) => {
  const { t } = useText();
  const words = useWords(interrupt);
  if (interrupt.phase !== 'bar') return null;
  return (
    <span className={styles.head} data-interrupt="bar">
      {t('big.interrupt.acknowledged', { words })}
    </span>
  );
};
