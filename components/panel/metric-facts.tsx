'use client';

import type { Metric } from '@/data/metrics/metric';
import { useText } from '../feed/text';
import { CardFacts } from './card';
import styles from './metric-facts.module.css';

const words = (name: string) => `panel.explorer-card.${name}`;

/** Seconds in the largest unit that divides them. */
const useSeconds = () => {
  const { t } = useText();
  return (seconds: number): string => {
    if (seconds >= 86_400) return t('common.duration.days', { n: Math.round(seconds / 86_400) });
    if (seconds >= 3_600) return t('common.duration.hours', { n: Math.round(seconds / 3_600) });
    return seconds >= 60
      ? t('common.duration.minutes', { n: Math.round(seconds / 60) })
      : t('common.duration.seconds', { n: seconds });
  };
};

/** Expressions of a metric over the columns of its fact. */
export const MetricFormula = ({ metric }: { metric: Metric }) => {
  const { t } = useText();
  const parts: [string, string | null][] = [
    ['numerator', metric.numerator],
    ['denominator', metric.kind === 'count' || metric.kind === 'sum' ? null : metric.denominator],
    ['where', metric.where],
    ['time', metric.time],
  ];
  return (
    <dl className={styles.formula}>
      {parts.map(([name, text]) =>
        text === null ? null : (
          <div key={name}>
            <dt>{t(words(name))}</dt>
            <dd>
              <code>{text}</code>
            </dd>
          </div>
        ),
      )}
    </dl>
  );
};

/** Kind, unit, floor, freshness, source and splits of a metric. */
export const MetricFacts = ({ metric }: { metric: Metric }) => {
  const { t } = useText();
  const spell = useSeconds();
  const unit = t(`common.unit.${metric.unit}`);
  const facts: [string, string][] = [
    ['kind', t(words(`kind.${metric.kind}`))],
    ['unit', unit],
    ['polarity', t(words(`polarity.${metric.polarity}`))],
    ['floor', metric.leastN > 0 ? t(words('below'), { n: metric.leastN }) : t(words('noFloor'))],
    ['fresh', t(words('within'), { time: spell(metric.freshSeconds) })],
    ['source', metric.source],
    ['revision', t(words('since'), { n: metric.revision, day: metric.since })],
    ['splits', metric.dimensions.map((dimension) => t(`common.dimension.${dimension}`)).join(t('common.and'))],
  ];
  return <CardFacts facts={facts.map(([name, text]) => [t(words(name)), text] as const)} />;
};
