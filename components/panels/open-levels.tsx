'use client';

import type { Answer } from '@/data/model/answer';
import type { EventLevel } from '@/data/model/event';
import { askedBy } from '@/data/model/view';
import { Figure } from '../base/figure';
import { LevelMark } from '../base/level-mark';
import { useText } from '../feed/text';
import { definePanel } from '../panel/panel';
import styles from './open-levels.module.css';

const levels: EventLevel[] = [1, 2, 3, 4];

/** Open events by level (在办事件): stands over the map, so it draws its own head. A count of nought is grey. */
export const openLevels = definePanel({
  key: 'open-levels',
  sizes: ['wall', 'desk'],
  isBare: true,
  ask: ({ view, api }) => {
    const question = askedBy('open-levels', view);
    return {
      total: api.metric.ask.queryOptions({ metric: 'event.open', question }),
      byLevel: api.metric.ask.queryOptions({ metric: 'event.open', dimensions: ['level'], question, complete: true }),
    };
  },
  draw: ({ data, tier }) => <Levels total={data.total} byLevel={data.byLevel} tier={tier} />,
});

const Levels = ({ total, byLevel, tier }: { total: Answer; byLevel: Answer; tier: string }) => {
  const { t, lang } = useText();
  const cells = new Map(byLevel.cells.map((cell) => [cell.at.level, cell]));
  return (
    <div className={styles.body} data-tier={tier}>
      <div className={styles.head} data-map-cover="">
        {t('panel.open-levels.title')}
        <Figure answer={total} hasUnit={tier !== 'XL' && lang === 'zh'} />
        {tier === 'XL' && <small>{t('panel.open-levels.caption')}</small>}
      </div>
      <div className={styles.levels}>
        {levels.map((level) => {
          const cell = cells.get(String(level));
          const isZero = cell?.value === 0;
          return (
            <span key={level} className={styles.level} data-zero={isZero ? '' : undefined}>
              <LevelMark level={level} size="2.05em" isMuted={isZero} />
              {cell && <Figure answer={byLevel} cell={cell} hasUnit={false} />}
            </span>
          );
        })}
      </div>
    </div>
  );
};
