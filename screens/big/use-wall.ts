'use client';

import { parseAsFloat, useQueryState } from 'nuqs';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { Seams } from '@/components/base/seams';
import { defaultUnit, readSetup, unitOfSetup, type WallSetup } from '../wall-setup';
import { isNarrow, type Size, type Tier, tierOf } from '../wall-tier';

const idleMs = 3_000;

const subscribe = (listener: () => void) => {
  window.addEventListener('resize', listener);
  return () => window.removeEventListener('resize', listener);
};
const pageSize = () => `${window.innerWidth}x${window.innerHeight}`;

/** `size`: the part of the page that is seen, without what heads block. `isNarrow`: tier S with room for one wing. */
export type Wall = {
  size: Size;
  unit: number;
  tier: Tier;
  isNarrow: boolean;
  seams: Seams;
  setup: WallSetup | null;
};

/** The wall this page hangs on: unit from `?u=`, else from its setup, else by size. Null until measured. */
export const useWall = (): Wall | null => {
  const [asked] = useQueryState('u', parseAsFloat);
  const measured = useSyncExternalStore(subscribe, pageSize, () => '');
  const wall = useMemo<Wall | null>(() => {
    const [width = 0, height = 0] = measured.split('x').map(Number);
    if (width === 0 || height === 0) return null;
    const setup = readSetup();
    const unit = asked && asked > 0 ? asked : setup ? unitOfSetup(setup) : defaultUnit(width, height);
    const seams = { x: setup?.seamsX ?? [], y: setup?.seamsY ?? [] };
    const size = { width, height: Math.round(height * (1 - (setup?.blockedShare ?? 0))) };
    return { size, unit, tier: tierOf(size, unit), isNarrow: isNarrow(size, unit), seams, setup };
  }, [measured, asked]);
  useEffect(() => {
    if (wall) document.documentElement.style.setProperty('--u', `${wall.unit}px`);
  }, [wall]);
  return wall;
};

/** True while the pointer moved lately: a wall shows no cursor. */
export const usePointerAwake = (): boolean => {
  const [isAwake, setAwake] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const wake = () => {
      setAwake(true);
      clearTimeout(timer);
      timer = setTimeout(() => setAwake(false), idleMs);
    };
    window.addEventListener('pointermove', wake);
    return () => {
      window.removeEventListener('pointermove', wake);
      clearTimeout(timer);
    };
  }, []);
  return isAwake;
};
