'use client';

import { formatClock } from '@/components/base/format';
import { LevelMark } from '@/components/base/level-mark';
import { useDivisions } from '@/components/feed/divisions';
import { useText } from '@/components/feed/text';
import styles from './interrupt-bar.module.css';
import type { Interrupt } from './use-interrupt';

/** Height of the bar, arc-minutes: what stands at the top of the map makes way for it. */
export const barMinutes = ({ phase }: Interrupt): number => (phase === 'bar' ? 62 : 104);

type BarProps = { interrupt: Interrupt; now: number };

/** What and where, and how many more are grouped with it. */
const useWhat = ({ event, nOthers }: Interrupt): string => {
  const { t, term } = useText();
  const divisions = useDivisions();
  const what = event
    ? [term('event-category', event.category), divisions.name(event.community ?? event.subdistrict)]
    : [];
  return [...what, ...(nOthers > 0 ? [t('big.interrupt.others', { n: nOthers })] : [])].join(' · ');
};

/** What becomes of it: the wall changes soon or is held, nobody took notice yet, or which post did and when. */
const useStanding = ({ phase, changesAt, acknowledgement: by }: Interrupt, now: number): string => {
  const { t, term, installation } = useText();
  const timeZone = installation?.timeZone ?? 'UTC';
  if (phase === 'notice')
    return t('big.interrupt.notice', { seconds: Math.max(0, Math.ceil((changesAt - now) / 1_000)) });
  if (phase !== 'bar') return t(`big.interrupt.${phase}`);
  if (!by) return t('big.interrupt.closed');
  return t('big.interrupt.bar', { time: formatClock(new Date(by.at), timeZone), role: term('role', by.role) });
};

/** A Ⅰ that interrupts the wall (打断条): large over the map until somebody takes notice of it, then slim under the head. */
export const InterruptBar = ({ interrupt, now }: BarProps) => {
  const { phase } = interrupt;
  const what = useWhat(interrupt);
  const standing = useStanding(interrupt, now);
  return (
    <div
      className={styles.bar}
      role={phase === 'bar' ? 'status' : 'alert'}
      data-interrupt={phase}
      data-pulse={interrupt.isPulsing ? '' : undefined}
      data-map-cover=""
      style={{ height: `calc(var(--u) * ${barMinutes(interrupt)})` }}
    >
      <LevelMark level={1} size={phase === 'bar' ? '2.05em' : '1.7em'} />
      <b>{what}</b>
      <span>{standing}</span>
    </div>
  );
};
