'use client';

import type { Map as MapLibreMap } from 'maplibre-gl';
import { useLayoutEffect, useMemo, useState } from 'react';
import type { Bbox } from '@/data/model/geo';
import { coversOf } from './use-camera';
import type { MapAndOverlay } from './use-map';

/** What is seen of a map, and what covers it where it looks straight down, northwards. */
export type MapRoom = { bounds: Bbox; covers: readonly Bbox[] };

/** Margin kept free along the edges of the map, px of a caption. */
const marginEm = 0.4;

const round = (degrees: number): number => Number(degrees.toFixed(6));

const roomOf = (map: MapLibreMap): MapRoom => {
  if (map.getPitch() !== 0 || map.getBearing() !== 0) {
    const [[west, south], [east, north]] = map.getBounds().toArray();
    return { bounds: [west, south, east, north].map(round) as Bbox, covers: [] };
  }
  const container = map.getContainer();
  const margin = marginEm * Number.parseFloat(getComputedStyle(container).fontSize);
  const box = (left: number, top: number, right: number, bottom: number): Bbox => {
    const [from, to] = [map.unproject([left, bottom]), map.unproject([right, top])];
    return [round(from.lng), round(from.lat), round(to.lng), round(to.lat)];
  };
  const { clientWidth: width, clientHeight: height } = container;
  return {
    bounds: box(margin, margin, width - margin, height - margin),
    covers: coversOf(container, ', [data-map-controls]').map(({ left, top, right, bottom }) =>
      box(left, top, right, bottom),
    ),
  };
};

type Told = { page: string | null; room: string };

/**
 * Room of the map where the camera has come to stand; the same object while it is the same. Null while it is not known,
 * as when another page begins: its legends and its camera stand before the page is painted.
 */
export const useMapRoom = (loaded: MapAndOverlay | null, page: string | null): MapRoom | null => {
  const [told, setTold] = useState<Told>({ page, room: '' });
  useLayoutEffect(() => {
    const tell = (room: string) =>
      setTold((before) => (before.page === page && before.room === room ? before : { page, room }));
    if (!loaded) return tell('');
    const { map } = loaded;
    const settle = () => tell(JSON.stringify(roomOf(map)));
    settle();
    map.on('moveend', settle);
    map.on('resize', settle);
    map.on('idle', settle);
    return () => {
      map.off('moveend', settle);
      map.off('resize', settle);
      map.off('idle', settle);
    };
  }, [loaded, page]);
  const room = told.page === page ? told.room : '';
  return useMemo(() => (room ? (JSON.parse(room) as MapRoom) : null), [room]);
};
