'use client';

import { useQueryClient } from '@tanstack/react-query';
import { type KeyboardEvent, useCallback, useEffect, useMemo, useState } from 'react';
import type { Answer } from '@/data/model/answer';
import { labelOfBucket } from '@/data/model/bucket';
import { datesOf, type Period, type View } from '@/data/model/view';
import { Change, Figure } from '../base/figure';
import { periodWords } from '../base/period-words';
import { movedRange } from '../chart/brush-key';
import { bucketOf, endOf, periodOver, startOf } from '../chart/bucket';
import { Chart, type ChartTheme } from '../chart/chart';
import type { Range } from '../chart/chart-brush';
import { peakOf, type TrendPoint, trendOption, trendPoints } from '../chart/trend';
import { type BrushBase, endBrush, moveBrush, prepareBrush } from '../feed/brush';
import { useText } from '../feed/text';
import { useTRPC } from '../feed/trpc';
import { WhyButton } from '../panel/odd-list';
import { definePanel } from '../panel/panel';
import { questionOf } from '../panel/question';
import { whyAskOf } from '../panel/why-ask';
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
          <WhyButton
            ask={whyAskOf({ metric: series.metric, question: questionOf(key, view) }, peak.cell.at)}
            label={labelOf(peak.bucket)}
          />
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
      const tooltipOf = ({ bucket: code, value, lastYear, band, isRunning }: TrendPoint) =>
        [
          isRunning ? `${labelOf(code)} · ${t('common.bucket.cut')}` : labelOf(code),
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

/** Period and clock that a stretch of the chart stands for. */
const rangeOf = ({ series, view }: TrendProps, trend: ReturnType<typeof useTrend>, range: Range | null) => {
  const { points, bucket, timeZone } = trend;
  const [first, last] = [points[range?.[0] ?? -1], points[range?.[1] ?? -1]];
  if (!first || !last) return null;
  const from = startOf(first.bucket, bucket, timeZone);
  const to = endOf(last.bucket, bucket, timeZone);
  const isHours = bucket === 'hour';
  const isLive = view.at === null && to.getTime() >= Date.parse(series.to);
  const period: Period = isHours ? 'today' : periodOver(from, to, timeZone);
  return { period, at: isHours && !isLive ? to.toISOString() : null };
};

/** Moves what follows the chart while the hand does; hours are left to the end, as a period has whole days. */
const useTrendBrush = (props: TrendProps) => {
  const { view, set } = props;
  const trend = useTrend(props);
  const api = useTRPC();
  const client = useQueryClient();
  const [marked, setMarked] = useState<Range | null>(null);
  const base: BrushBase = { active: 'day', source: key, period: view.period, at: view.at };
  const whole = datesOf(rangeOf(props, trend, [0, trend.points.length - 1])?.period ?? '');
  const { period, at } = view;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another period or clock ends the brush
  useEffect(() => endBrush, [period, at]);
  const onApproach = () => {
    if (whole && trend.bucket !== 'hour')
      void prepareBrush({ api, client }, base, `${whole.from}/${whole.until}`).catch(endBrush);
  };
  const onMove = (range: Range) => {
    const days = datesOf(rangeOf(props, trend, range)?.period ?? '');
    if (days) moveBrush(base, days);
  };
  const onEnd = (range: Range | null) => {
    setMarked(null);
    const next = rangeOf(props, trend, range);
    if (!next) return endBrush();
    set(next);
  };
  const onKeyDown = (press: KeyboardEvent) => {
    if (marked && (press.key === 'Enter' || press.key === 'Escape')) {
      press.preventDefault();
      press.stopPropagation();
      return onEnd(press.key === 'Enter' ? marked : null);
    }
    const moved = press.shiftKey ? movedRange(marked, press.key, trend.points.length) : null;
    if (!moved) return;
    press.preventDefault();
    press.nativeEvent.stopImmediatePropagation();
    setMarked(moved);
    onMove(moved);
  };
  return { trend, onKeyDown, brush: { onApproach, onMove, onEnd, marked } };
};

const Trend = (props: TrendProps) => {
  const { t } = useText();
  const { series, total, view } = props;
  const { trend, onKeyDown, brush } = useTrendBrush(props);
  const { points, labelOf } = trend;
  const option = useOption(points, labelOf);
  const [first, last] = (brush.marked ?? []).map((index) => labelOf(points[index]?.bucket ?? ''));
  return (
    <div className={styles.trend}>
      <Key points={points} />
      {/* biome-ignore lint/a11y/useSemanticElements: a chart whose brush moves by keys is no form field */}
      <div
        className={styles.plot}
        role="group"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: Shift and arrows move the brush
        tabIndex={0}
        aria-label={t(words('brush'))}
        onFocus={brush.onApproach}
        onBlur={() => brush.marked && brush.onEnd(null)}
        onKeyDown={onKeyDown}
      >
        <Chart
          option={option}
          label={t(words('spoken'), { n: points.length })}
          brush={brush}
          figureAt={(index) => points[index] && { answer: series, cell: points[index].cell }}
        />
        <output className={styles.marked}>{first && `${first} – ${last}`}</output>
      </div>
      <Conclusion series={series} total={total} view={view} />
    </div>
  );
};

/** Events reported over the period, against the normal band and last year; brushing it sets the time looked at. */
export const eventTrend = definePanel({
  key,
  sizes: ['desk'],
  isOwnBrush: (active) => active === 'day',
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
