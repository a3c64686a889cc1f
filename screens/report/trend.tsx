'use client';

import { useMemo } from 'react';
import { Chart } from '@/components/chart/chart';
import { type TrendPoint, trendOption, trendPoints } from '@/components/chart/trend';
import { useText } from '@/components/feed/text';
import type { Bucket } from '@/data/model/bucket';
import { labelOfBucket } from '@/data/model/bucket';
import { formatValue } from '@/data/model/format';
import styles from './block.module.css';
import { useMetricName } from './figures';
import type { BlockProps } from './question';

/** The course of one figure in time, as on screen: normal band, last year, the running stretch dashed (走势). */
export const Trend = ({ asks, answers }: BlockProps) => {
  const { t, lang, installation } = useText();
  const nameOf = useMetricName();
  const [answer] = Object.values(answers);
  const bucket = (answer?.dimensions[0] ?? 'day') as Bucket;
  const timeZone = installation?.timeZone ?? 'UTC';
  const points = useMemo(() => (answer ? trendPoints(answer, bucket, timeZone) : []), [answer, bucket, timeZone]);
  if (!answer || points.length === 0) return <p className={styles.small}>{t('report.noRows')}</p>;
  const words = {
    value: t('report.course.value'),
    lastYear: t('report.course.lastYear'),
    band: t('report.course.band'),
  };
  const labelOf = (code: string) => labelOfBucket(code, bucket, lang);
  const said = (value: number | null) => {
    const { digits, scale } = formatValue(answer, value, lang);
    return `${digits}${scale}`;
  };
  const pointWords = (point: TrendPoint) =>
    `${labelOf(point.bucket)} ${said(point.value)}${point.isRunning ? ` · ${t('common.bucket.cut')}` : ''}`;
  const name = nameOf(asks[0]?.[1].metric ?? '');
  return (
    <>
      <div className={styles.chart}>
        <Chart
          isPaper
          option={(theme) => trendOption(points, words, labelOf, pointWords, theme)}
          label={t('report.courseOf', { name, by: '' })}
          figureAt={(index) => points[index] && { answer, cell: points[index].cell }}
        />
      </div>
      <ul className={styles.legend}>
        <li>
          <i className={styles.stroke} aria-hidden />
          {words.value}
        </li>
        {points.some(({ isRunning }) => isRunning) && (
          <li>
            <i className={styles.dashed} aria-hidden />
            {t('common.bucket.cut')}
          </li>
        )}
        {points.some(({ lastYear }) => lastYear !== null) && (
          <li>
            <i className={styles.thin} aria-hidden />
            {words.lastYear}
          </li>
        )}
        {points.some(({ band }) => band) && (
          <li>
            <i className={styles.band} aria-hidden />
            {words.band}
          </li>
        )}
      </ul>
    </>
  );
};
