'use client';

import type { Metric } from '@/data/metrics/metric';
import type { View } from '@/data/model/view';
import { useText } from '../feed/text';
import type { Outputs } from '../feed/trpc';
import { Card, CardSection } from '../panel/card';
import { exploredMetric } from '../panel/explored-metric';
import { definePanel } from '../panel/panel';
import styles from './explorer-card.module.css';

const key = 'explorer-card';
const words = (name: string) => `panel.${key}.${name}`;

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

const Formula = ({ metric }: { metric: Metric }) => {
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

const Facts = ({ metric }: { metric: Metric }) => {
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
  return (
    <dl className={styles.facts}>
      {facts.map(([name, text]) => (
        <div key={name}>
          <dt>{t(words(name))}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
};

const Explained = ({ metrics, view }: { metrics: Outputs['metric']['catalogue']; view: View }) => {
  const { t, lang } = useText();
  const current = exploredMetric(view).key;
  const metric = metrics.find((each) => each.key === current);
  if (!metric) return null;
  return (
    <Card
      kicker={[t(words('title')), metric.code, metric.key].filter(Boolean).join(' · ')}
      title={metric[lang]}
      note={metric.meaning[lang]}
    >
      <CardSection title={t(words('facts'))}>
        <Facts metric={metric} />
      </CardSection>
      <CardSection title={t('common.glass.formula')} caption={t(words('formulaCaption'))}>
        <Formula metric={metric} />
      </CardSection>
    </Card>
  );
};

/** What a metric means: formula, parts, unit, floor, source, freshness (指标口径). */
export const explorerCard = definePanel({
  key,
  sizes: ['desk'],
  isBare: true,
  ask: ({ api }) => ({ metrics: api.metric.catalogue.queryOptions() }),
  draw: ({ data, view }) => <Explained metrics={data.metrics} view={view} />,
});
