'use client';

import { useMemo } from 'react';
import type { Answer } from '@/data/model/answer';
import { askedBy } from '@/data/model/view';
import { Figure } from '../base/figure';
import { Chart } from '../chart/chart';
import { bandLimits, hourFrame, hourPoints, hoursOption, lastHour } from '../chart/hours';
import { useText } from '../feed/text';
import { definePanel } from '../panel/panel';
import styles from './event-hours.module.css';

/** Events by hour over their normal band (24 小时来势): the last 24 whole hours. */
export const eventHours = definePanel({
  key: 'event-hours',
  sizes: ['wall', 'desk'],
  ask: ({ view, api }) => ({
    hours: api.metric.ask.queryOptions({
      metric: 'event.reported',
      dimensions: ['hour'],
      question: { ...askedBy('event-hours', view), period: 'P7D' },
      operators: ['band'],
      complete: true,
    }),
  }),
  caption: ({ tier }) => <Caption isShort={tier !== 'XL'} />,
  aside: () => <Key />,
  draw: ({ data }) => <Hours answer={data.hours} />,
});

const Caption = ({ isShort }: { isShort: boolean }) => {
  const { t, lang } = useText();
  if (isShort) return lang === 'zh' ? t('panel.event-hours.unit') : null;
  return t('panel.event-hours.caption');
};

const Key = () => {
  const { t } = useText();
  return (
    <span className={styles.key}>
      <i />
      {t('panel.event-hours.normal')}
    </span>
  );
};

/** The line, and in words how the last whole hour stands to its band. */
const Hours = ({ answer }: { answer: Answer }) => {
  const { t, installation } = useText();
  const timeZone = installation?.timeZone ?? 'UTC';
  const points = useMemo(() => hourPoints(answer, timeZone), [answer, timeZone]);
  const option = useMemo(() => hoursOption(points), [points]);
  const verdict = lastHour(points);
  const band = verdict?.point.band;
  const stands = verdict && band ? verdict.stands : null;
  const words = stands && band ? t(`panel.event-hours.${stands}`, bandLimits(band)) : t('panel.event-hours.noBand');
  return (
    <div className={styles.chart}>
      <Chart option={option} label={`${t('panel.event-hours.title')} ${words}`} />
      {verdict && (
        <div className={styles.overlay} data-stands={stands ?? undefined}>
          <span className={styles.stem} style={{ right: `${hourFrame.right}em`, bottom: `${hourFrame.bottom}em` }} />
          <span className={styles.note} style={{ right: `${hourFrame.right}em` }}>
            <Figure answer={answer} cell={verdict.point.cell} />
            <span className={stands === 'above' ? styles.out : styles.in}>{words}</span>
          </span>
        </div>
      )}
    </div>
  );
};
