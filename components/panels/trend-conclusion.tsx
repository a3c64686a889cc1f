'use client';

import { Fragment } from 'react';
import type { Answer } from '@/data/model/answer';
import { changedByChance, changesOf, largestChanges, trendWords } from '../chart/change';
import { shortName } from '../chart/gap';
import { findTrend } from '../chart/multiple';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import { focusOf } from '../map/focus-level';
import { definePanel } from '../panel/panel';
import { changeAsk, trendAsks } from '../panel/trend-question';
import styles from './trend-conclusion.module.css';

const key = 'trend-conclusion';
const words = (name: string) => `panel.${key}.${name}`;

/** What the last whole week says in one sentence, computed (趋势结论): which category, by how much, for how long, where. */
export const trendConclusion = definePanel({
  key,
  sizes: ['wall', 'desk'],
  isBare: true,
  ask: ({ view, api, divisions }) => ({
    categories: trendAsks(view, api).categories,
    places: changeAsk(view, api, focusOf(view, divisions).level),
  }),
  empty: ({ categories }) => categories.cells.length === 0,
  draw: ({ data }) => <Conclusion {...data} />,
});

const Conclusion = ({ categories, places }: { categories: Answer; places: Answer }) => {
  const { t, term, installation } = useText();
  const divisions = useDivisions();
  const finding = findTrend(categories, installation?.timeZone ?? 'UTC');
  const level = places.dimensions[0] ?? '';
  const named = largestChanges(changesOf(places, level), changedByChance(places, level));
  const nameOf = (code: string) => shortName(divisions.name(code), [t('common.thing.community')]);
  return (
    <div className={styles.body}>
      <h2>
        {finding
          ? t(words(finding.direction), {
              category: term('event-category-l1', finding.code),
              value: finding.value,
              percent: (Math.abs(finding.value / finding.mean - 1) * 100).toFixed(1),
              weeks: finding.nWeeks,
            })
          : t(words('usual'))}
      </h2>
      {named.length > 0 && (
        <p>
          {t(words('places'))}
          {named.map(({ code, percent }, i) => (
            <Fragment key={code}>
              <span>
                {nameOf(code)} {trendWords(percent)}
              </span>
              {i < named.length - 1 && t('common.and')}
            </Fragment>
          ))}
        </p>
      )}
    </div>
  );
};
