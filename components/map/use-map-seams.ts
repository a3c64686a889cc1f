'use client';

import { useLayoutEffect, useMemo, useState } from 'react';
import type { Bbox, LngLat } from '@/data/model/geo';
import { seamPx, useSeams } from '../base/seams';
import type { Drawing, LayerContext, PlacedLayer } from './layer';
import { hasSeams, type MapSeams, noSeams } from './map-seams';
import type { MapAndOverlay } from './use-map';

const key = 'keep-clear';

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

/** Side of the unseen mark, px. */
const markPx = 2 * seamPx;

type Unseen = { at: LngLat; scale: number };

/** Unseen marks side by side along the seams that cross what is framed. */
const alongSeams = ({ map }: MapAndOverlay, { lng, lat }: MapSeams): Unseen[] => {
  const { clientWidth: width, clientHeight: height } = map.getContainer();
  const along = (length: number) => Array.from({ length: Math.ceil(length / markPx) }, (_, i) => (i + 0.5) * markPx);
  return [
    ...lng.flatMap((at) => along(height).map((y): Unseen => ({ at: [at, map.unproject([0, y]).lat], scale: 1 }))),
    ...lat.flatMap((at) => along(width).map((x): Unseen => ({ at: [map.unproject([x, 0]).lng, at], scale: 1 }))),
  ];
};

/** Unseen marks as high as a cover is, or as wide where it stands upright, that fill it. */
const overCover = ({ map }: MapAndOverlay, [west, south, east, north]: Bbox): Unseen[] => {
  const from = map.project([west, north]);
  const to = map.project([east, south]);
  const [width, height] = [to.x - from.x, to.y - from.y];
  const side = Math.min(width, height);
  if (side <= 0) return [];
  const along = (length: number) => {
    const n = Math.ceil(length / side);
    return Array.from({ length: n }, (_, i) => (n === 1 ? length / 2 : side / 2 + ((length - side) * i) / (n - 1)));
  };
  return along(width).flatMap((x) =>
    along(height).map((y): Unseen => {
      const { lng, lat } = map.unproject([from.x + x, from.y + y]);
      return { at: [lng, lat], scale: side / markPx };
    }),
  );
};

const keepClear = (marks: readonly Unseen[]): Drawing => {
  const layer = {
    ...{ id: key, slot: 'top', type: 'symbol', source: key },
    layout: {
      'icon-image': key,
      'icon-size': ['get', 'scale'],
      'icon-allow-overlap': true,
      'icon-padding': 0,
    },
  } as unknown as PlacedLayer;
  const features = marks.map(({ at, scale }) => ({
    ...{ type: 'Feature' as const, properties: { scale } },
    geometry: { type: 'Point' as const, coordinates: at },
  }));
  return {
    images: { [key]: { width: markPx, height: markPx, data: new Uint8ClampedArray(markPx * markPx * 4) } },
    sources: { [key]: { type: 'geojson', data: { type: 'FeatureCollection', features } } },
    style: [layer],
  };
};

/** What keeps names that the map places by itself off the seams and out from under what covers it; nothing where there is neither. */
export const useClearDrawing = (
  loaded: MapAndOverlay | null,
  seams: MapSeams,
  covers: LayerContext['covers'],
): Drawing[] =>
  useMemo(() => {
    if (!loaded || (!hasSeams(seams) && covers.length === 0)) return [];
    return [keepClear([...alongSeams(loaded, seams), ...covers.flatMap((cover) => overCover(loaded, cover))])];
  }, [loaded, seams, covers]);
