'use client';

import type { ReactNode } from 'react';
import type { Answer } from '@/data/model/answer';
import { formatValue } from '@/data/model/format';
import { askedBy } from '@/data/model/view';
import { Change, Figure } from '../base/figure';
import { Bullet, bulletMax } from '../chart/bullet';
import { missesTarget } from '../chart/gap';
import { useText } from '../feed/text';
import { definePanel } from '../panel/panel';
import styles from './headline.module.css';

/** The four figures a shift starts with (今日态势), each against its norm. */
export const headline = definePanel({
  key: 'headline',
  sizes: ['wall', 'desk'],
  isBare: true,
  ask: ({ view, api }) => {
    const question = { ...askedBy('headline', view), period: 'today' as const };
    const now = (metric: string) => api.metric.ask.queryOptions({ metric, question, operators: ['previous'] });
    return {
      reported: now('event.reported'),
      onTime: api.metric.ask.queryOptions({
        metric: 'event.on_time_close_rate',
        question: { ...question, period: 'P30D' },
        operators: ['previous'],
      }),
      overdue: now('event.overdue'),
      rostered: api.metric.ask.queryOptions({ metric: 'duty.rostered', question }),
      onDuty: api.metric.ask.queryOptions({ metric: 'duty.on_duty', question }),
      share: api.metric.ask.queryOptions({ metric: 'duty.on_duty_share', question }),
    };
  },
  draw: ({ data, tier }) => (
    <div className={styles.box}>
      <div className={styles.cells} data-tier={tier}>
        <Compared answer={data.reported} label="reported" against="against" />
        <OnTime answer={data.onTime} />
        <Compared answer={data.overdue} label="overdue" against="yesterday" />
        {tier !== 'S' && <Duty onDuty={data.onDuty} rostered={data.rostered} share={data.share} />}
      </div>
    </div>
  ),
});

const KeyFigure = (props: { label: string; period?: string; value: ReactNode; bullet: ReactNode; note: ReactNode }) => (
  <div className={styles.cell}>
    <div className={styles.label}>
      {props.label}
      {props.period && <small>{props.period}</small>}
    </div>
    <div className={styles.value}>{props.value}</div>
    <div className={styles.bullet}>{props.bullet}</div>
    <div className={styles.note}>{props.note}</div>
  </div>
);

/** A count of today beside the same hours of the day before. */
const Compared = ({ answer, label, against }: { answer: Answer; label: string; against: string }) => {
  const { t } = useText();
  const cell = answer.cells[0];
  const previous = cell?.previous?.value ?? null;
  return (
    <KeyFigure
      label={t(`panel.headline.${label}`)}
      value={<Figure answer={answer} />}
      bullet={<Bullet value={cell?.value ?? null} mark={previous} max={bulletMax([cell?.value, previous])} />}
      note={
        <>
          <span>{t(`panel.headline.${against}`)}</span>
          <Change answer={answer} against="previous" hasLabel={false} />
        </>
      }
    />
  );
};

/** Share closed within the limit against the customer's target; without one, against the period before. */
const OnTime = ({ answer }: { answer: Answer }) => {
  const { t, lang } = useText();
  const value = answer.cells[0]?.value ?? null;
  const { target } = answer;
  const gap = value !== null && target !== null ? Math.round((value - target) * 1000) / 10 : null;
  return (
    <KeyFigure
      label={t('panel.headline.onTime')}
      period={t('common.period.P30D')}
      value={<Figure answer={answer} />}
      bullet={
        <Bullet
          value={value}
          max={1}
          mark={target}
          band={target === null ? null : { from: target, to: 1 }}
          isMissed={missesTarget(answer, value)}
        />
      }
      note={
        target === null || gap === null ? (
          <Change answer={answer} against="previous" />
        ) : (
          <span>
            {t(gap < 0 ? 'panel.headline.short' : 'panel.headline.met', {
              target: `${formatValue(answer, target, lang).digits.replace(/\.0$/, '')}%`,
              gap: Math.abs(gap).toFixed(1),
            })}
          </span>
        )
      }
    />
  );
};

/** Signed in out of rostered; the share between them is the norm. */
const Duty = ({ onDuty, rostered, share }: { onDuty: Answer; rostered: Answer; share: Answer }) => {
  const { t, lang } = useText();
  const due = rostered.cells[0]?.value ?? 0;
  if (due === 0) {
    return (
      <KeyFigure
        label={t('panel.headline.onDuty')}
        value={<Figure answer={onDuty} />}
        bullet={<Bullet value={null} max={1} />}
        note={t('panel.headline.noDuty')}
      />
    );
  }
  return (
    <KeyFigure
      label={t('panel.headline.onDuty')}
      value={
        <>
          <Figure answer={onDuty} hasUnit={false} />
          <span className={styles.rest}>
            / <Figure answer={rostered} hasUnit={false} />
            {/* the English label says who */}
            {lang === 'zh' && ` ${t('common.unit.person')}`}
          </span>
        </>
      }
      bullet={<Bullet value={onDuty.cells[0]?.value ?? null} max={due} mark={due} />}
      note={
        <>
          <span>{t('panel.headline.share')}</span>
          <Figure answer={share} className={styles.share} />
        </>
      }
    />
  );
};
