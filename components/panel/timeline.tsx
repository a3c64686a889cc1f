'use client';

import { formatStamp } from '../base/format';
import { spanWords } from '../base/span';
import { useText } from '../feed/text';
import type { Outputs } from '../feed/trpc';
import styles from './timeline.module.css';

type Step = Outputs['event']['history'][number];

const words = (name: string) => `panel.event-card.${name}`;

/** Minutes in words: 34 分, 1 时 26 分, 2 天 3 时. */
export const useDuration = () => {
  const { t } = useText();
  return (minutes: number): string => spanWords(Math.round(minutes), t);
};

type TimelineProps = {
  steps: readonly Step[];
  /** The running step is the last one. */
  isRunning: boolean;
  /** Epoch ms the card stands at. */
  now: number;
};

/** Every move of an event, oldest first; the one in progress alone is coloured (流转记录). */
export const Timeline = ({ steps, isRunning, now }: TimelineProps) => {
  const { t, term, lang, installation } = useText();
  const duration = useDuration();
  const zone = installation?.timeZone ?? 'UTC';
  return (
    <ol className={styles.timeline}>
      {steps.map((step, i) => {
        const isCurrent = isRunning && i === steps.length - 1;
        const next = steps[i + 1];
        const to = next ? Date.parse(next.at) : now;
        const lasted = next || isCurrent ? duration((to - Date.parse(step.at)) / 60_000) : null;
        const role = /^R\d+$/.test(step.role) ? term('role', step.role) : t(`intake.by.${step.role}`);
        const by = [role, step.department && term('department', step.department)];
        return (
          <li key={step.seq} data-current={isCurrent}>
            <span className={styles.at}>{formatStamp(new Date(step.at), zone, lang)}</span>
            <i aria-hidden />
            <span className={styles.what}>
              <strong>{term('event-status', step.to)}</strong>
              <span>{by.filter(Boolean).join(' · ')}</span>
              {step.note && <q>{step.note}</q>}
            </span>
            <span className={styles.lasted}>{isCurrent ? t(words('since'), { time: lasted ?? '' }) : lasted}</span>
          </li>
        );
      })}
    </ol>
  );
};
