'use client';

import { parseAsString, useQueryState } from 'nuqs';

import { ViewDefaults } from '@/components/feed/view';
import { Place } from '../place';
import { ScreenRoot } from '../screen-root';
import { Header } from './header';
import styles from './screen.module.css';
import { Stage } from './stage';
import { usePointerAwake, useWall } from './use-wall';

const today = { period: 'today' } as const;

const Wall = () => {
  const wall = useWall();
  const isAwake = usePointerAwake();
  const [still] = useQueryState('still', parseAsString);
  if (!wall) return null;
  const { tier, unit, layout } = wall;
  const isStill = still !== null;
  return (
    <div className={styles.page} data-tier={tier} data-idle={isAwake ? undefined : ''}>
      <Place
        layout={layout}
        size="wall"
        tier={tier === 'portrait' ? 'XL' : tier}
        className={styles.grid}
        areaClassName={styles.area}
      >
        {tier !== 'portrait' && (
          <>
            <div className={`${styles.wing} ${styles.left}`} />
            <div className={`${styles.wing} ${styles.right}`} />
          </>
        )}
        <Header tier={tier} isStill={isStill} />
        <Stage tier={tier} unit={unit} isStill={isStill} />
      </Place>
    </div>
  );
};

/** BIG · overview (大屏综合态势): aggregates alone, sized by the angle seen from the furthest seat. */
export const BigScreen = () => (
  <ViewDefaults value={today}>
    <ScreenRoot screen="big" theme="dark" size="wall">
      <Wall />
    </ScreenRoot>
  </ViewDefaults>
);
