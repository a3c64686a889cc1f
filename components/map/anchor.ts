'use client';

import type { Map as MapLibreMap } from 'maplibre-gl';
import { createContext, useContext, useEffect, useState } from 'react';
import type { EventRow } from '@/data/model/event';
import type { LngLat } from '@/data/model/geo';
import type { EventMark } from './event-mark';
import type { NameBox } from './name-drawing';

/** The map of the stage, the event marks and the names of areas on it, for what a screen lays over it. */
export type StageMap = { map: MapLibreMap; marks: EventMark[]; names: readonly NameBox[] };

/** Null until the map stands. */
export const MapContext = createContext<StageMap | null>(null);

export type StagePoint = { x: number; y: number };

/** Where positions lie on the stage, px from its corner, while the camera moves; null until the map stands. */
export const useAnchors = (positions: readonly LngLat[]): StagePoint[] | null => {
  const map = useContext(MapContext)?.map;
  const [points, setPoints] = useState<StagePoint[] | null>(null);
  const key = JSON.stringify(positions);
  useEffect(() => {
    if (!map) return setPoints(null);
    const wanted = JSON.parse(key) as LngLat[];
    const read = () =>
      setPoints(
        wanted.map((position) => {
          const { x, y } = map.project(position);
          return { x: Math.round(x), y: Math.round(y) };
        }),
      );
    read();
    map.on('move', read);
    map.on('resize', read);
    return () => {
      map.off('move', read);
      map.off('resize', read);
    };
  }, [map, key]);
  return points;
};

/** The mark an event stands under: its own, or the sum of its level in its division; null when none shows it. */
export const useMarkOf = (event: EventRow): EventMark | null => {
  const marks = useContext(MapContext)?.marks ?? [];
  const divisions = [event.grid, event.community, event.subdistrict];
  return (
    marks.find((mark) => mark.row?.id === event.id) ??
    marks.find(({ division, level }) => division !== null && level === event.level && divisions.includes(division)) ??
    null
  );
};

/** Marks of events as they are drawn. */
export const useMarks = (): readonly EventMark[] => useContext(MapContext)?.marks ?? noMarks;
const noMarks: readonly EventMark[] = [];

/** Names of areas as they stand on the map. */
export const useNameBoxes = (): readonly NameBox[] => useContext(MapContext)?.names ?? noNames;
const noNames: readonly NameBox[] = [];

export type PlaceName = StagePoint & { name: string };

/** Names of the base map as they stand on the stage now (bays, hills, villages), for what must not cover them. */
export const usePlaceNames = (): PlaceName[] => {
  const map = useContext(MapContext)?.map;
  const [names, setNames] = useState<PlaceName[]>([]);
  useEffect(() => {
    if (!map) return;
    const read = () => {
      const found = map
        .queryRenderedFeatures()
        .filter(({ source, geometry }) => source === 'place' && geometry.type === 'Point')
        .map(({ geometry, properties }): PlaceName => {
          const [lng = 0, lat = 0] = geometry.type === 'Point' ? geometry.coordinates : [];
          const { x, y } = map.project([lng, lat]);
          return { x: Math.round(x), y: Math.round(y), name: String(properties.name ?? '') };
        });
      setNames((before) => (JSON.stringify(before) === JSON.stringify(found) ? before : found));
    };
    map.on('idle', read);
    return () => {
      map.off('idle', read);
    };
  }, [map]);
  return names;
};
