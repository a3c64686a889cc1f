'use client';

import { useCallback, useMemo } from 'react';
import type { Answer } from '@/data/model/answer';
import type { View } from '@/data/model/view';
import { Change, Figure } from '../base/figure';
import { periodWords } from '../base/period-words';
import { bucketOf, endOf, labelOfBucket, periodOver, startOf } from '../chart/bucket';
import { Chart, type ChartTheme } from '../chart/chart';
import { peakOf, type TrendPoint, trendOption, trendPoints } from '../chart/trend';
import { useText } from '../feed/text';
import { definePanel } from '../panel/panel';
import { questionOf } from '../panel/question';
import styles from './event-trend.module.css';

const key = 'event-trend';
const words = (name: string) => `panel.${key}.${name}`;

type TrendProps = { series: Answer; total: Answer; view: View; set: (patch: Partial<View>) => void };

const useTrend = ({ series, view }: Pick<TrendProps, 'series' | 'view'>) => {
  const { lang, installation } = useText();
  const timeZone = installation?.timeZone ?? 'UTC';
  const bucket = bucketOf(view.period);
  const points = useMemo(() => trendPoints(series, bucket, timeZone), [series, bucket, timeZone]);
  const labelOf = useCallback((code: string) => labelOfBucket(code, bucket, lang), [bucket, lang]);
  return { bucket, timeZone, points, labelOf };
};

/** What the chart says, in words: how much, against what, and the bucket that stands out. */
const Conclusion = ({ series, total, view }: Omit<TrendProps, 'set'>) => {
  const text = useText();
  const { t } = text;
  const { points, labelOf, bucket } = useTrend({ series, view });
  const peak = peakOf(points);
  const nAbove = points.filter(({ isAbove }) => isAbove).length;
  const hasBand = points.some(({ band }) => band);
  return (
    <p className={styles.conclusion}>
      <span>
        {periodWords(view.period, text)} <Figure answer={total} className={styles.total} />
      </span>
      {total.cells[0]?.previous && <Change answer={total} against="previous" />}
      {total.cells[0]?.lastYear && <Change answer={total} against="lastYear" />}
      {peak ? (
        <span>
          {t(words('above'), { n: nAbove, bucket })} {t(words('peak'), { label: labelOf(peak.bucket) })}{' '}
          <Figure answer={series} cell={peak.cell} />
        </span>
      ) : (
        hasBand && <span>{t(words('normal'))}</span>
      )}
    </p>
  );
};

/** Key to the lines, drawn as they are. */
const Key = ({ points }: { points: readonly TrendPoint[] }) => {
  const { t } = useText();
  return (
    <ul className={styles.key}>
      <li data-line="value">{t(words('now'))}</li>
      {points.some(({ lastYear }) => lastYear !== null) && <li data-line="last">{t(words('lastYear'))}</li>}
      {points.some(({ band }) => band) && <li data-line="band">{t(words('band'))}</li>}
    </ul>
  );
};

const useOption = (points: readonly TrendPoint[], labelOf: (code: string) => string) => {
  const { t } = useText();
  return useCallback(
    (theme: ChartTheme) => {
      const names = { value: t(words('now')), lastYear: t(words('lastYear')), band: t(words('band')) };
      const tooltipOf = ({ bucket: code, value, lastYear, band }: TrendPoint) =>
        [
          labelOf(code),
          `${names.value} ${value ?? '—'}`,
          lastYear === null ? '' : `${names.lastYear} ${lastYear}`,
          band ? `${names.band} ${band.low}–${band.high}` : '',
        ]
          .filter(Boolean)
          .join('<br>');
      return trendOption(points, names, labelOf, tooltipOf, theme);
    },
    [points, labelOf, t],
  );
};

const Trend = ({ series, total, view, set }: TrendProps) => {
  const { t } = useText();
  const { points, labelOf, bucket, timeZone } = useTrend({ series, view });
  const option = useOption(points, labelOf);
  const onBrush = (range: [number, number] | null) => {
    const [first, last] = [points[range?.[0] ?? -1], points[range?.[1] ?? -1]];
    if (!first || !last) return;
    const from = startOf(first.bucket, bucket, timeZone);
    const to = endOf(last.bucket, bucket, timeZone);
    const isHours = bucket === 'hour';
    const isLive = view.at === null && to.getTime() >= Date.parse(series.to);
    set({
      period: isHours ? 'today' : periodOver(from, to, timeZone),
      at: isHours && !isLive ? to.toISOString() : null,
    });
  };
  return (
    <div className={styles.trend}>
      <Key points={points} />
      <div className={styles.plot}>
        <Chart
          option={option}
          label={t(words('spoken'), { n: points.length })}
          onBrush={onBrush}
          figureAt={(index) => points[index] && { answer: series, cell: points[index].cell }}
        />
      </div>
      <Conclusion series={series} total={total} view={view} />
    </div>
  );
};

/** Events reported over the period, against the normal band and last year; brushing it sets the time looked at. */
export const eventTrend = definePanel({
  key,
  sizes: ['desk'],
  ask: ({ view, api }) => {
    const question = questionOf(key, view);
    const bucket = bucketOf(view.period);
    const hasBand = bucket === 'hour' || bucket === 'day';
    return {
      series: api.metric.ask.queryOptions({
        metric: 'event.reported',
        dimensions: [bucket],
        question,
        operators: hasBand ? ['band', 'lastYear'] : ['lastYear'],
        complete: true,
      }),
      total: api.metric.ask.queryOptions({ metric: 'event.reported', question, operators: ['previous', 'lastYear'] }),
    };
  },
  empty: ({ total }) => (total.cells[0]?.value ?? 0) === 0,
  caption: ({ view }) => <Caption period={view.period} />,
  draw: ({ data, view, set }) => <Trend {...data} view={view} set={set} />,
});

const Caption = ({ period }: { period: View['period'] }) => {
  const { t } = useText();
  return t(words(`unit.${bucketOf(period)}`));
};
