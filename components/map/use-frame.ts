'use client';

import { useLayoutEffect, useState } from 'react';
import type { Bbox } from '@/data/model/geo';
import type { MapAndOverlay } from './use-map';

export const everywhere: Bbox = [-180, -90, 180, 90];

/** Share of the view that is kept around it on every side, and how much larger than needed a frame may become. */
const around = 0.5;
const tooLarge = 4;

const isInside = ([west, south, east, north]: Bbox, frame: Bbox): boolean =>
  west >= frame[0] && south >= frame[1] && east <= frame[2] && north <= frame[3];

/** What is seen and half as much around it; another one only when the camera has come to stand outside it or far closer. */
export const useFrame = (loaded: MapAndOverlay | null): Bbox => {
  const [frame, setFrame] = useState(everywhere);
  useLayoutEffect(() => {
    if (!loaded) return;
    const { map } = loaded;
    const settle = () => {
      const bounds = map.getBounds();
      const seen: Bbox = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
      const [width, height] = [seen[2] - seen[0], seen[3] - seen[1]];
      setFrame((before) =>
        isInside(seen, before) && before[2] - before[0] < width * tooLarge
          ? before
          : [seen[0] - width * around, seen[1] - height * around, seen[2] + width * around, seen[3] + height * around],
      );
    };
    settle();
    map.on('moveend', settle);
    return () => {
      map.off('moveend', settle);
    };
  }, [loaded]);
  return frame;
};
