'use client';

import { useContext, useEffect, useRef } from 'react';
import { useConductor } from '@/components/feed/conductor';
import { MapContext } from '@/components/map/anchor';

/** While this device conducts, where its map is touched is shown on the wall. Stands inside the map. */
export const Pointing = () => {
  const map = useContext(MapContext)?.map;
  const { isConductor, point } = useConductor();
  const latest = useRef(point);
  latest.current = point;
  useEffect(() => {
    if (!map || !isConductor) return;
    const onTouch = ({ lngLat: { lng, lat } }: { lngLat: { lng: number; lat: number } }) =>
      latest.current({ lng, lat });
    map.on('mousedown', onTouch);
    map.on('touchstart', onTouch);
    map.on('touchmove', onTouch);
    return () => {
      map.off('mousedown', onTouch);
      map.off('touchstart', onTouch);
      map.off('touchmove', onTouch);
    };
  }, [map, isConductor]);
  return null;
};
