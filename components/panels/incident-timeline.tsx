'use client';

import type { CSSProperties } from 'react';
import { formatStamp } from '../base/format';
import { spanWords } from '../base/span';
import { barOf, type IncidentStep, incidentSteps } from '../chart/incident';
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
  return (
    <ol className={styles.steps} style={{ '--step': `var(--alert-${event.level})` } as CSSProperties}>
      {steps.map((step) => (
        <Step key={step.stage} step={step} isShort={isShort} />
      ))}
    </ol>
  );
};

type StepProps = { step: IncidentStep; isShort: boolean };

const Step = ({ step, isShort }: StepProps) => {
  const { t, term, lang, installation } = useText();
  const { stage, state, at, used, nEntered } = step;
  const timeZone = installation?.timeZone ?? 'UTC';
  const said = useSpent(step);
  const unreached = t(words(state === 'open' ? 'open' : 'skipped'));
  const stamp = at ? formatStamp(new Date(at), timeZone, lang) : unreached;
  return (
    <li data-state={state} data-stage={stage} data-used={used ?? undefined}>
      <span className={styles.dot} />
      <div className={styles.line}>
        <b>{term('event-stage', stage)}</b>
        {nEntered > 1 && <span>{t(words('again'), { n: nEntered })}</span>}
        <span className={styles.at}>{isShort && said ? said.join(' / ') : stamp}</span>
      </div>
      {said && !isShort && (
        <>
          <Bar step={step} />
          <div className={styles.times}>
            {said.map((part) => (
              <span key={part}>{part}</span>
            ))}
          </div>
        </>
      )}
    </li>
  );
};

/** Time used and the step's own limit in words; null = not reached. */
const useSpent = ({ stage, state, used, allowed, before }: IncidentStep): string[] | null => {
  const { t } = useText();
  if (used === null) return null;
  const spent = t(words(state === 'current' ? 'current' : 'used'), { time: spanWords(used, t) });
  if (stage === 'dispatch') return [spent, t(words('within'))];
  if (allowed === null) return [spent];
  return [spent, t(words(before > 0 ? 'allowedBoth' : 'allowed'), { time: spanWords(allowed, t) })];
};

const percent = (share: number) => `${share * 100}%`;

/** Time used as a share of the step's own limit; what the step before took of the same limit lies before it, paler. */
const Bar = ({ step }: { step: IncidentStep }) => {
  const bar = barOf(step);
  return (
    bar && (
      <div className={styles.bar}>
        {bar.before > 0 && <i className={styles.before} style={{ width: percent(bar.before) }} />}
        <i
          className={styles.used}
          data-over={step.isOver ? '' : undefined}
          style={{ left: percent(bar.before), width: percent(bar.used) }}
        />
      </div>
    )
  );
};
