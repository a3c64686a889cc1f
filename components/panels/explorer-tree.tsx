'use client';

import { useState } from 'react';
import { ownPrefix } from '@/data/metrics/own';
import { groupBy } from '@/data/model/group';
import type { View } from '@/data/model/view';
import { useText } from '../feed/text';
import type { Outputs } from '../feed/trpc';
import { exploredMetric } from '../panel/explored-metric';
import { OwnButton } from '../panel/own-form';
import { definePanel } from '../panel/panel';
import styles from './explorer-tree.module.css';

const key = 'explorer-tree';
const words = (name: string) => `panel.${key}.${name}`;

type Metrics = Outputs['metric']['catalogue'];
type TreeProps = { metrics: Metrics; isMaker: boolean; view: View; set: (patch: Partial<View>) => void };

const Tree = ({ metrics, isMaker, view, set }: TreeProps) => {
  const { t, lang } = useText();
  const [text, setText] = useState('');
  const current = exploredMetric(view).key;
  const wanted = text.trim().toLowerCase();
  const found = metrics.filter(({ key: metric, zh, en, code }) =>
    [metric, zh, en.toLowerCase(), code?.toLowerCase() ?? ''].some((name) => name.includes(wanted)),
  );
  return (
    <div className={styles.tree}>
      <input
        type="search"
        className={styles.search}
        aria-label={t(words('search'))}
        placeholder={t(words('search'))}
        value={text}
        onChange={(change) => setText(change.target.value)}
      />
      {isMaker && <OwnButton current={current} set={set} />}
      <div className={styles.groups}>
        {found.length === 0 && <p className={styles.none}>{t(words('none'), { text })}</p>}
        {[...groupBy(found, ({ key: metric, fact }) => (metric.startsWith(ownPrefix) ? 'own' : fact))].map(
          ([fact, members]) => (
            <section key={fact}>
              <h3>{t(words(`group.${fact}`))}</h3>
              <ul>
                {members.map((metric) => (
                  <li key={metric.key}>
                    <button
                      type="button"
                      aria-current={metric.key === current ? 'true' : undefined}
                      data-key={metric.key}
                      title={metric.meaning[lang]}
                      onClick={() => set({ metric: metric.key })}
                    >
                      {metric[lang]}
                      {metric.code && <span>{metric.code}</span>}
                    </button>
                  </li>
                ))}
              </ul>
            </section>
          ),
        )}
      </div>
    </div>
  );
};

/** The metric catalogue by what it counts (指标树); choosing one fills table, chart and map. */
export const explorerTree = definePanel({
  key,
  sizes: ['desk'],
  ask: ({ api }) => ({
    metrics: api.metric.catalogue.queryOptions(),
    rights: api.assessment.rights.queryOptions(),
  }),
  draw: ({ data, view, set }) => <Tree metrics={data.metrics} isMaker={data.rights.isPlanner} view={view} set={set} />,
});
