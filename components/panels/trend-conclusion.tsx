'use client';

import type { Answer } from '@/data/model/answer';
import { contributions } from '../chart/focus';
import { shortName } from '../chart/gap';
import { findTrend } from '../chart/multiple';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import { definePanel } from '../panel/panel';
import { changeAsk, trendAsks } from '../panel/trend-question';
import styles from './trend-conclusion.module.css';

const key = 'trend-conclusion';
const words = (name: string) => `panel.${key}.${name}`;
/** Communities named as where it grew. */
const nNamed = 3;

/** What the last whole week says in one sentence, computed (趋势结论): which category, by how much, for how long, where. */
export const trendConclusion = definePanel({
  key,
  sizes: ['wall', 'desk'],
  isBare: true,
  ask: ({ view, api }) => ({ categories: trendAsks(view, api).categories, places: changeAsk(view, api) }),
  empty: ({ categories }) => categories.cells.length === 0,
  draw: ({ data }) => <Conclusion {...data} />,
});

const Conclusion = ({ categories, places }: { categories: Answer; places: Answer }) => {
  const { t, term, lang, installation } = useText();
  const divisions = useDivisions();
  const finding = findTrend(categories, installation?.timeZone ?? 'UTC');
  const named = contributions(places.cells, 'community')
    .filter(({ code }) => code !== 'none')
    .slice(0, nNamed)
    .map(({ code }) => shortName(divisions.name(code), [t('common.thing.community')]));
  return (
    <div className={styles.body}>
      <h2>
        {finding
          ? t(words(finding.direction), {
              category: term('event-category-l1', finding.code),
              value: finding.value,
              percent: Math.round(Math.abs(finding.value / finding.mean - 1) * 100),
              weeks: finding.nWeeks,
            })
          : t(words('usual'))}
      </h2>
      {named.length > 0 && <p>{t(words('places'), { names: named.join(lang === 'zh' ? '、' : ', ') })}</p>}
    </div>
  );
};
