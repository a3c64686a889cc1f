'use client';

import dynamic from 'next/dynamic';
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import type { MapSize } from './layer';
import styles from './map-stage.module.css';
import type { Framing, Padding } from './use-camera';

export type MapStageProps = {
  size: MapSize;
  /** Layers shown when the View names none. */
  layers: readonly string[];
  /** Parts of the stage that panels cover, px. */
  padding?: Partial<Padding>;
  /** What is framed instead of the division looked at. */
  framing?: Framing;
  isInteractive?: boolean;
  /** Camera jumps; for pictures and meetings. */
  isStill?: boolean;
  /** Labels of all areas, or only of those that stand out (tier L). */
  labels?: 'all' | 'exceptions';
  /** Marks of all open events, or only of those that stand out (tier S). */
  marks?: 'all' | 'exceptions';
  /** What the screen lays over the map; `useAnchors` tells where positions lie. */
  children?: ReactNode;
};

const Waiting = () => <div className={styles.stage} data-map="" data-state="waiting" data-layers="" />;

const MapCanvas = dynamic(() => import('./map-canvas').then(({ MapCanvas: Canvas }) => Canvas), {
  ssr: false,
  loading: Waiting,
});

const windowMs = 60_000;
const maxRebuilds = 3;
const firstPauseMs = 250;

/**
 * The stage of a screen. After a lost WebGL context map and overlay are built anew from the View (deck.gl does not come
 * back by itself), at most three times a minute; then the stage says it failed, and tries again a minute later.
 */
export const MapStage = (props: MapStageProps) => {
  const [build, setBuild] = useState(0);
  const [isResting, setIsResting] = useState(false);
  const lostAt = useRef<number[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const onLost = useCallback(() => {
    const now = performance.now();
    lostAt.current = [...lostAt.current.filter((at) => now - at < windowMs), now];
    const mustRest = lostAt.current.length > maxRebuilds;
    setIsResting(mustRest);
    clearTimeout(timer.current);
    timer.current = setTimeout(
      () => {
        setIsResting(false);
        setBuild((n) => n + 1);
      },
      mustRest ? windowMs : firstPauseMs * lostAt.current.length,
    );
  }, []);
  if (isResting) return <div className={styles.stage} data-map="" data-state="failed" data-layers="" />;
  return <MapCanvas key={build} {...props} onLost={onLost} />;
};
