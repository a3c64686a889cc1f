'use client';

import { useMemo } from 'react';
import type { Answer } from '@/data/model/answer';
import { askedBy } from '@/data/model/view';
import { formatClock } from '../base/format';
import { Chart } from '../chart/chart';
import { dutyHoursOption, dutyPoints } from '../chart/duty-hours';
import { useText } from '../feed/text';
import { definePanel } from '../panel/panel';
import styles from './duty-hours.module.css';

const key = 'duty-hours';

/** On duty at each full hour of the day against the roster (全天在岗与应到), the hours to come with what is due. */
export const dutyHours = definePanel({
  key,
  sizes: ['wall', 'desk', 'hand'],
  ask: ({ view, api }) => {
    const question = { ...askedBy(key, view), period: 'today' as const };
    const by = (metric: string) => api.metric.ask.queryOptions({ metric, dimensions: ['hour'], question });
    return { due: by('duty.rostered_at'), onDuty: by('duty.on_duty_at') };
  },
  empty: ({ due, onDuty }) => due.cells.length === 0 && onDuty.cells.length === 0,
  caption: ({ tier }) => (tier === 'XL' ? <Caption /> : null),
  aside: () => <Key />,
  draw: ({ data }) => <Hours due={data.due} onDuty={data.onDuty} />,
});

const Caption = () => {
  const { t } = useText();
  return t(`panel.${key}.caption`);
};

const Key = () => {
  const { t } = useText();
  return (
    <span className={styles.key}>
      <i />
      {t(`panel.${key}.onDuty`)}
      <i data-due />
      {t(`panel.${key}.due`)}
    </span>
  );
};

const Hours = ({ due, onDuty }: { due: Answer; onDuty: Answer }) => {
  const { t, installation } = useText();
  const clock = formatClock(new Date(onDuty.asOf), installation?.timeZone ?? 'UTC');
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  const points = useMemo(() => dutyPoints(due, onDuty, hour), [due, onDuty, hour]);
  const option = useMemo(
    () => dutyHoursOption(points, { hour: hour + minute / 60, words: t(`panel.${key}.clock`, { time: clock }) }),
    [points, hour, minute, clock, t],
  );
  const last = points.findLast((point) => point.onDuty !== null);
  const words = last ? t(`panel.${key}.now`, { hour: last.hour, onDuty: last.onDuty ?? 0, due: last.due }) : '';
  return <Chart option={option} label={`${t(`panel.${key}.title`)} ${words}`} />;
};
