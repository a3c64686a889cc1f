'use client';

import { parseAsString, useQueryState } from 'nuqs';
import { useEffect, useState } from 'react';
import { useText } from '@/components/feed/text';
import { useView, ViewDefaults } from '@/components/feed/view';
import { MapMemory } from '@/components/map/map-memory';
import { ScreenRoot } from '../screen-root';
import { Header } from './header';
import { barMinutes, InterruptBar } from './interrupt-bar';
import { ConductorSlot } from './link/conductor-slot';
import { LinkedWall } from './link/linked-wall';
import { useWallLink } from './link/wall-link';
import { Page } from './page';
import { Rehearsal } from './rehearsal';
import { sceneOf } from './scenes';
import type { WallScene } from './scenes/scene';
import styles from './screen.module.css';
import { useInterrupt } from './use-interrupt';
import { usePreload } from './use-preload';
import { type Sound, useSound } from './use-sound';
import { useTour } from './use-tour';
import { usePointerAwake, useWall, type Wall } from './use-wall';

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
  const tour = useTour({ scene: scene.key, setup: wall.setup, isHeld: isTourHeld || isConducted, preload });
  const now = useSeconds(interrupt !== null);
  const isAlarm = interrupt !== null && interrupt.phase !== 'bar' && state?.isQuiet !== true;
  const sound = useSound(!isStill && wall.setup?.hasSound === true, isAlarm);
  return (
    <MapMemory>
      <Page wall={wall} scene={scene} isStill={isStill} notice={interrupt ? barMinutes(interrupt) : 0}>
        <Header scene={scene.key} tier={wall.isNarrow ? 'portrait' : wall.tier} isStill={isStill} tour={tour}>
          <SoundNote sound={sound} />
          <ConductorSlot />
        </Header>
        {interrupt && <InterruptBar interrupt={interrupt} now={now} />}
      </Page>
      {isConducted && <Rehearsal wall={wall} shown={scene.key} preload={preload} />}
    </MapMemory>
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
