'use client';

import { useCallback, useEffect, useState } from 'react';
import type { LngLat } from '@/data/model/geo';

/** Metres between two near points, on a plane. */
export const metresApart = ([x1, y1]: LngLat, [x2, y2]: LngLat): number =>
  Math.hypot((x1 - x2) * Math.cos((y1 * Math.PI) / 180), y1 - y2) * 111_195;

const options: PositionOptions = { enableHighAccuracy: true, maximumAge: 15_000, timeout: 10_000 };

/** Where this device is, WGS-84; null until it is known, or where it may not be told. `ask` asks now. */
export const usePlace = (isWatched: boolean): { place: LngLat | null; ask: () => Promise<LngLat | null> } => {
  const [place, setPlace] = useState<LngLat | null>(null);
  const ask = useCallback(
    () =>
      new Promise<LngLat | null>((resolve) => {
        if (!('geolocation' in navigator)) return resolve(null);
        const take = ({ coords }: GeolocationPosition) => {
          const found: LngLat = [coords.longitude, coords.latitude];
          setPlace(found);
          resolve(found);
        };
        navigator.geolocation.getCurrentPosition(take, () => resolve(null), options);
      }),
    [],
  );
  useEffect(() => {
    if (!isWatched || !('geolocation' in navigator)) return;
    const id = navigator.geolocation.watchPosition(
      ({ coords }) => setPlace([coords.longitude, coords.latitude]),
      () => undefined,
      options,
    );
    return () => navigator.geolocation.clearWatch(id);
  }, [isWatched]);
  return { place, ask };
};
