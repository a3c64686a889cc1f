'use client';

import { type ReactNode, useMemo } from 'react';
import { SeamsContext } from '@/components/base/seams';
import { type Defaults, ViewDefaults } from '@/components/feed/view';
import { Place } from '../place';
import { layoutOf } from '../wall-tier';
import type { WallScene } from './scenes/scene';
import styles from './screen.module.css';
import { Stage } from './stage';
import { useIncident, useIncidentPoints } from './use-incident';
import type { Wall } from './use-wall';

/** What the panels and the map of a scene look at where the URL says nothing. */
const useSceneView = ({ stage }: WallScene) => {
  const found = useIncident();
  const isIncident = stage.camera === 'incident';
  const incident = isIncident && found ? found : null;
  const defaults = useMemo<Defaults>(
    () => ({
      period: stage.period,
      metric: stage.metric,
      selection: incident && `event:${incident.id}`,
    }),
    [stage, incident],
  );
  return { defaults, points: useIncidentPoints(incident), isKnown: !isIncident || found !== undefined };
};

type PageProps = {
  wall: Wall;
  scene: WallScene;
  isStill: boolean;
  /** Height at the top of the map that an interrupt takes, arc-minutes. */
  notice: number;
  children?: ReactNode;
};

/** A scene as it stands: its panels, its map, what lies over both. */
export const Page = ({ wall: { tier, unit, size, seams }, scene, isStill, notice, children }: PageProps) => {
  const { defaults, points, isKnown } = useSceneView(scene);
  const page = scene.pages[tier];
  const layout = useMemo(() => layoutOf(page, size, unit, seams), [page, size, unit, seams]);
  return (
    <ViewDefaults value={defaults}>
      <SeamsContext value={seams}>
        <Place
          layout={isKnown ? layout : { ...layout, panels: {} }}
          size="wall"
          tier={tier === 'portrait' ? 'XL' : tier}
          className={styles.grid}
          areaClassName={styles.area}
        >
          {!isKnown && <span hidden data-panel="" data-state="waiting" />}
          {page.columns.length > 1 && <div className={`${styles.wing} ${styles.left}`} />}
          {page.panels.right1 && <div className={`${styles.wing} ${styles.right}`} />}
          <Stage {...{ scene, tier, unit, seams, isStill, notice, points }} isHalf={page.panels.side !== undefined} />
          {children}
        </Place>
      </SeamsContext>
    </ViewDefaults>
  );
};
