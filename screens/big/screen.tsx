'use client';

import { parseAsString, useQueryState } from 'nuqs';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { SeamsContext } from '@/components/base/seams';
import { useText } from '@/components/feed/text';
import { type Defaults, useView, ViewDefaults } from '@/components/feed/view';
import { Place } from '../place';
import { ScreenRoot } from '../screen-root';
import { layoutOf } from '../wall-tier';
import { Header } from './header';
import { barMinutes, InterruptBar } from './interrupt-bar';
import { ConductorSlot } from './link/conductor-slot';
import { LinkedWall } from './link/linked-wall';
import { useWarm } from './link/use-warm';
import { useWallLink } from './link/wall-link';
import { sceneOf } from './scenes';
import type { WallScene } from './scenes/scene';
import styles from './screen.module.css';
import { Stage } from './stage';
import { useIncident, useIncidentPoints } from './use-incident';
import { useInterrupt } from './use-interrupt';
import { usePreload } from './use-preload';
import { type Sound, useSound } from './use-sound';
import { useTour } from './use-tour';
import { usePointerAwake, useWall, type Wall } from './use-wall';

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
  children: ReactNode;
};

/** A scene as it stands: its panels, its map, what lies over both. */
const Page = ({ wall: { tier, unit, size, seams }, scene, isStill, notice, children }: PageProps) => {
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

/** The second of the notice that counts down; the shared tick is too coarse for it. */
const useSeconds = (isOn: boolean): number => {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!isOn) return;
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [isOn]);
  return now;
};

/** Says that a wall set up to sound is not let to. */
const SoundNote = ({ sound }: { sound: Sound }) => {
  const { t } = useText();
  if (sound === 'off') return null;
  return (
    <span className={styles.sound} data-sound={sound}>
      {sound === 'blocked' && `◔ ${t('big.sound.blocked')}`}
    </span>
  );
};

/** One scene at a time, what interrupts it, what comes next. */
const Scenes = ({ wall, scene, isStill }: { wall: Wall; scene: WallScene; isStill: boolean }) => {
  const { state } = useWallLink();
  const { interrupt, isTourHeld } = useInterrupt(!isStill);
  const isConducted = (state?.conductor ?? null) !== null;
  const preload = usePreload(wall.tier);
  useWarm(isConducted, preload);
  const tour = useTour({ scene: scene.key, setup: wall.setup, isHeld: isTourHeld || isConducted, preload });
  const now = useSeconds(interrupt !== null);
  const isAlarm = interrupt !== null && interrupt.phase !== 'bar' && state?.isQuiet !== true;
  const sound = useSound(!isStill && wall.setup?.hasSound === true, isAlarm);
  return (
    <Page wall={wall} scene={scene} isStill={isStill} notice={interrupt ? barMinutes(interrupt) : 0}>
      <Header scene={scene.key} tier={wall.tier} isStill={isStill} tour={tour}>
        <SoundNote sound={sound} />
        <ConductorSlot />
      </Header>
      {interrupt && <InterruptBar interrupt={interrupt} now={now} />}
    </Page>
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
    <div
      className={styles.page}
      data-tier={wall.tier}
      data-scene={scene.key}
      data-still={isStill ? '' : undefined}
      data-idle={isAwake ? undefined : ''}
    >
      <LinkedWall tier={wall.tier} size={wall.size}>
        <Scenes wall={wall} scene={scene} isStill={isStill} />
      </LinkedWall>
    </div>
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
