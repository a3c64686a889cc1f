'use client';

import type { Map as MapLibreMap } from 'maplibre-gl';
import { createContext, useContext, useEffect, useState } from 'react';
import type { EventRow } from '@/data/model/event';
import type { LngLat } from '@/data/model/geo';
import type { EventMark } from './event-mark';
import { besideMark, labelLine, toldLayer } from './place-label';

/** The map of the stage and the event marks on it, for what a screen lays over it. */
export type StageMap = { map: MapLibreMap; marks: EventMark[] };

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

/** A division and where its label belongs. */
export type LabelPlace = { code: string; center: LngLat };
type LabelBox = StagePoint & { width: number; height: number };

const labelLayer = 'division-label';
const labelLayers = [labelLayer, toldLayer(labelLayer)];

/** Width of words in em, about: a Han character is a square, others are a good half of one. */
const widthOf = (words: string): number => [...words].reduce((sum, letter) => sum + (letter > '\u2e7f' ? 1 : 0.62), 0);

/** The label of a division where it stands beside its mark; none when the map has dropped it. */
const labelBox = (map: MapLibreMap, { code, center }: LabelPlace, em: number): LabelBox[] => {
  const { x, y } = map.project(center);
  return besideMark.flatMap(({ edge, way }) => {
    const near = y + edge * em;
    const hits = map.queryRenderedFeatures([x, near + way * 0.5 * em], { layers: labelLayers });
    const words = hits.find(({ properties }) => properties.code === code)?.properties;
    if (!words) return [];
    const width = Math.max(widthOf(String(words.name)), widthOf(String(words.value))) * em;
    const height = (words.value ? 2 : 1) * labelLine * em;
    return [{ x: x - width / 2, y: way > 0 ? near : near - height, width, height }];
  });
};

/** Labels of divisions as they stand beside the marks now, px of the stage; null until the map has come to rest. */
export const useLabelBoxes = (places: readonly LabelPlace[]): LabelBox[] | null => {
  const map = useContext(MapContext)?.map;
  const [boxes, setBoxes] = useState<LabelBox[] | null>(null);
  const key = JSON.stringify(places);
  useEffect(() => {
    if (!map) return setBoxes(null);
    const wanted = JSON.parse(key) as LabelPlace[];
    const read = () => {
      const em = Number.parseFloat(getComputedStyle(map.getContainer()).fontSize);
      const found = map.getLayer(labelLayer) ? wanted.flatMap((place) => labelBox(map, place, em)) : null;
      setBoxes((before) => (JSON.stringify(before) === JSON.stringify(found) ? before : found));
    };
    const forget = () => setBoxes(null);
    if (map.loaded() && !map.isMoving()) read();
    map.on('idle', read);
    map.on('movestart', forget);
    return () => {
      map.off('idle', read);
      map.off('movestart', forget);
    };
  }, [map, key]);
  return boxes;
};

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
