'use client';

import { useEffect, useRef } from 'react';
import { type Scene, scenes } from '@/data/model/view';

/** Each scene is asked for ahead this often while somebody conducts, one after another. */
const roundMs = 50_000;
const gapMs = roundMs / scenes.length;
const firstGapMs = 400;

/** Keeps what all scenes ask warm while somebody conducts, so that a tap finds its scene there. */
export const useWarm = (isConducted: boolean, preload: (scene: Scene) => void): void => {
  const latest = useRef(preload);
  latest.current = preload;
  useEffect(() => {
    if (!isConducted) return;
    let n = 0;
    let timer: ReturnType<typeof setTimeout>;
    const warm = () => {
      const scene = scenes[n % scenes.length];
      if (scene) latest.current(scene);
      n += 1;
      timer = setTimeout(warm, n < scenes.length ? firstGapMs : gapMs);
    };
    warm();
    return () => clearTimeout(timer);
  }, [isConducted]);
};
