'use client';

import type { View } from '@/data/model/view';
import { useText } from '../feed/text';
import type { Outputs } from '../feed/trpc';
import { Card, CardSection } from '../panel/card';
import { exploredMetric } from '../panel/explored-metric';
import { MetricFacts, MetricFormula } from '../panel/metric-facts';
import { definePanel } from '../panel/panel';
import { questionOf } from '../panel/question';
import { WhySection } from '../panel/why';

const key = 'explorer-card';
const words = (name: string) => `panel.${key}.${name}`;

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
      <WhySection ask={{ metric: metric.key, question: questionOf('explorer-figures', view) }} />
      <CardSection title={t(words('facts'))}>
        <MetricFacts metric={metric} />
      </CardSection>
      <CardSection title={t('common.glass.formula')} caption={t(words('formulaCaption'))}>
        <MetricFormula metric={metric} />
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
