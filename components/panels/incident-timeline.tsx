'use client';

import type { CSSProperties } from 'react';
import { formatStamp } from '../base/format';
import { spanWords } from '../base/span';
import { type IncidentStep, incidentSteps, stepScale } from '../chart/incident';
import { useTick } from '../feed/clock';
import { useText } from '../feed/text';
import type { Outputs } from '../feed/trpc';
import { incidentAsks } from '../panel/incident-question';
import { definePanel } from '../panel/panel';

import styles from './incident-timeline.module.css';

const key = 'incident-timeline';
const words = (name: string) => `panel.${key}.${name}`;

/** Steps of the incident in command (闭环时间轴): when each began, time used against time allowed. */
export const incidentTimeline = definePanel({
  key,
  sizes: ['wall', 'desk'],
  ask: ({ view, api }) => incidentAsks(view, api),
  empty: ({ event }) => event === null,
  caption: () => <Caption />,
  draw: ({ data: { event, moves }, view, tier }) =>
    event &&
    moves && <Steps event={event} moves={moves} at={view.at ? Date.parse(view.at) : null} isShort={tier === 'S'} />,
});

const Caption = () => {
  const { t } = useText();
  return t(words('caption'));
};

type StepsProps = {
  event: Outputs['event']['byId'];
  moves: Outputs['event']['history'];
  at: number | null;
  /** A single row of screens: one line a step. */
  isShort: boolean;
};

const Steps = ({ event, moves, at, isShort }: StepsProps) => {
  const tick = useTick();
  const steps = incidentSteps(moves, event, at ?? tick);
  const scale = stepScale(steps);
  return (
    <ol className={styles.steps} style={{ '--step': `var(--alert-${event.level})` } as CSSProperties}>
      {steps.map((step) => (
        <Step key={step.stage} step={step} scale={scale} isShort={isShort} />
      ))}
    </ol>
  );
};

const Step = ({ step, scale, isShort }: { step: IncidentStep; scale: number; isShort: boolean }) => {
  const { t, term, lang, installation } = useText();
  const { stage, state, at, used, allowed, nEntered } = step;
  const timeZone = installation?.timeZone ?? 'UTC';
  const spent =
    [used, allowed].flatMap((minutes) => (minutes === null ? [] : [spanWords(minutes, t)])).join(' / ') || '—';
  const share = (minutes: number) => `${Math.min(100, (minutes / scale) * 100)}%`;
  return (
    <li data-state={state}>
      <span className={styles.dot} />
      <div className={styles.line}>
        <b>{term('event-stage', stage)}</b>
        {nEntered > 1 && <span>{t(words('again'), { n: nEntered })}</span>}
        <span className={styles.at}>{isShort ? spent : at ? formatStamp(new Date(at), timeZone, lang) : '—'}</span>
      </div>
      {used !== null && !isShort && (
        <>
          <div className={styles.bar}>
            {allowed !== null && <i className={styles.allowed} style={{ width: share(allowed) }} />}
            <i
              className={styles.used}
              data-over={allowed !== null && used > allowed ? '' : undefined}
              style={{ width: share(used) }}
            />
          </div>
          <div className={styles.times}>
            <span>{t(words('used'), { time: spanWords(used, t) })}</span>
            {allowed !== null && <span>{t(words('allowed'), { time: spanWords(allowed, t) })}</span>}
          </div>
        </>
      )}
    </li>
  );
};
