'use client';

import { parseAsString, useQueryState } from 'nuqs';
import { useMemo } from 'react';
import { type Defaults, useView, ViewDefaults } from '@/components/feed/view';
import { Place } from '../place';
import { ScreenRoot } from '../screen-root';
import { layoutOf } from '../wall-tier';
import { Header } from './header';
import { LinkedWall } from './link/linked-wall';
import { sceneOf } from './scenes';
import type { WallScene } from './scenes/scene';
import styles from './screen.module.css';
import { Stage } from './stage';
import { cameraOver, useIncident } from './use-incident';
import { usePointerAwake, useWall, type Wall } from './use-wall';

/** What the panels and the map of a scene look at where the URL says nothing. */
const useSceneView = ({ stage }: WallScene, unit: number): { defaults: Defaults; isKnown: boolean } => {
  const found = useIncident();
  const isIncident = stage.camera === 'incident';
  const incident = isIncident && found ? found : null;
  const defaults = useMemo<Defaults>(
    () => ({
      period: stage.period,
      metric: stage.metric,
      selection: incident && `event:${incident.id}`,
      camera: incident && cameraOver(incident, unit),
    }),
    [stage, incident, unit],
  );
  return { defaults, isKnown: !isIncident || found !== undefined };
};

type PageProps = { wall: Wall; scene: WallScene; isStill: boolean };

const Page = ({ wall: { tier, unit, size, seams }, scene, isStill }: PageProps) => {
  const { defaults, isKnown } = useSceneView(scene, unit);
  const page = scene.pages[tier];
  const layout = useMemo(() => layoutOf(page, size, unit, seams), [page, size, unit, seams]);
  return (
    <ViewDefaults value={defaults}>
      <Place
        layout={isKnown ? layout : { ...layout, panels: {} }}
        size="wall"
        tier={tier === 'portrait' ? 'XL' : tier}
        className={styles.grid}
        areaClassName={styles.area}
      >
        {page.columns.length > 1 && <div className={`${styles.wing} ${styles.left}`} />}
        {page.columns.length > 2 && <div className={`${styles.wing} ${styles.right}`} />}
        <Header scene={scene.key} tier={tier} isStill={isStill} />
        <Stage scene={scene} tier={tier} unit={unit} isStill={isStill} />
      </Place>
    </ViewDefaults>
  );
};

const WallPage = () => {
  const wall = useWall();
  const isAwake = usePointerAwake();
  const { view } = useView();
  const [still] = useQueryState('still', parseAsString);
  if (!wall) return null;
  const scene = sceneOf(view.page);
  const isStill = still !== null;
  return (
    <LinkedWall tier={wall.tier} size={wall.size}>
      <div
        className={styles.page}
        data-tier={wall.tier}
        data-scene={scene.key}
        data-still={isStill ? '' : undefined}
        data-idle={isAwake ? undefined : ''}
      >
        <Page wall={wall} scene={scene} isStill={isStill} />
      </div>
    </LinkedWall>
  );
};

const today = { period: 'today' } as const;

/** BIG (大屏): one scene at a time, aggregates alone, sized by the angle seen from the furthest seat. */
export const BigScreen = () => (
  <ViewDefaults value={today}>
    <ScreenRoot screen="big" theme="dark" size="wall">
      <WallPage />
    </ScreenRoot>
  </ViewDefaults>
);
