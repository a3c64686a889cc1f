'use client';

import { useLayoutEffect, useMemo, useState } from 'react';
import { seamPx, useSeams } from '../base/seams';
import type { Drawing, PlacedLayer } from './layer';
import { hasSeams, type MapSeams, noSeams } from './map-seams';
import type { MapAndOverlay } from './use-map';

const key = 'seam';

/** Seams as they lie on the map where the camera has come to stand; the same object while they lie there. */
export const useMapSeams = (loaded: MapAndOverlay | null): MapSeams => {
  const { x, y } = useSeams();
  const [told, setTold] = useState('');
  useLayoutEffect(() => {
    if (!loaded || x.length + y.length === 0) return setTold('');
    const { map } = loaded;
    const settle = () => {
      const { left, top, width, height } = map.getContainer().getBoundingClientRect();
      const within = (list: readonly number[], from: number, length: number) =>
        list.map((at) => at - from).filter((at) => at > 0 && at < length);
      const isTurned = map.getPitch() !== 0 || map.getBearing() !== 0;
      const lng = within(x, left, width).map((at) => map.unproject([at, 0]).lng);
      const lat = within(y, top, height).map((at) => map.unproject([0, at]).lat);
      setTold(isTurned ? '' : JSON.stringify({ lng, lat }));
    };
    settle();
    map.on('moveend', settle);
    map.on('resize', settle);
    return () => {
      map.off('moveend', settle);
      map.off('resize', settle);
    };
  }, [loaded, x, y]);
  return useMemo(() => (told ? JSON.parse(told) : noSeams), [told]);
};

/** Unseen marks side by side along the seams that cross what is framed: names of the map give way to them. */
const keepClear = (loaded: MapAndOverlay, { lng, lat }: MapSeams): Drawing => {
  const { map } = loaded;
  const { clientWidth: width, clientHeight: height } = map.getContainer();
  const side = 2 * seamPx;
  const along = (length: number) => Array.from({ length: Math.ceil(length / side) }, (_, i) => (i + 0.5) * side);
  const points = [
    ...lng.flatMap((at) => along(height).map((y) => [at, map.unproject([0, y]).lat])),
    ...lat.flatMap((at) => along(width).map((x) => [map.unproject([x, 0]).lng, at])),
  ];
  const layer = {
    ...{ id: key, slot: 'top', type: 'symbol', source: key },
    layout: { 'icon-image': key, 'icon-allow-overlap': true, 'icon-padding': 0 },
  } as unknown as PlacedLayer;
  return {
    images: { [key]: { width: side, height: side, data: new Uint8ClampedArray(side * side * 4) } },
    sources: { [key]: { type: 'geojson', data: { type: 'MultiPoint', coordinates: points } } },
    style: [layer],
  };
};

/** What keeps names off the seams; nothing where there are none. */
export const useSeamDrawing = (loaded: MapAndOverlay | null, seams: MapSeams): Drawing[] =>
  useMemo(() => (loaded && hasSeams(seams) ? [keepClear(loaded, seams)] : []), [loaded, seams]);
