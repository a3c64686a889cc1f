'use client';

import type { ExpressionSpecification } from 'maplibre-gl';
import { useLayoutEffect } from 'react';
import type { Bbox, LngLat } from '@/data/model/geo';
import { placeFilter } from './basemap';
import type { MapSize } from './layer';
import type { MapRoom } from './map-room';
import { positionAt } from './pixels';
import type { MapAndOverlay } from './use-map';

/** Room from the middle of a name to the frame of the map, captions: half of one of four letters and a little. */
const clear = { across: 3, down: 1.4 };

/** Ring of a box that is some px larger on every side. */
const ringAround = ([west, south, east, north]: Bbox, across: number, down: number, zoom: number): LngLat[] => {
  const [left, top] = positionAt([west, north], [-across, -down], zoom);
  const [right, bottom] = positionAt([east, south], [across, down], zoom);
  return [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
    [left, top],
  ];
};

/** Leaves out names of the base map (bays, hills) that would stand at the frame of a wall's map, or under a legend or panel. */
export const usePlaceFrame = (loaded: MapAndOverlay | null, size: MapSize, room: MapRoom | null): void => {
  useLayoutEffect(() => {
    if (!loaded || !room || size !== 'wall') return;
    const { map, look } = loaded;
    const [across, down] = [clear.across * look.captionPx, clear.down * look.captionPx];
    const inside = (coordinates: LngLat[][][]): ExpressionSpecification => [
      'within',
      { type: 'MultiPolygon', coordinates },
    ];
    const frame = [[ringAround(room.bounds, -across, -down, map.getZoom())]];
    const covers = room.covers.map((cover) => [ringAround(cover, across, down, map.getZoom())]);
    map.setFilter('place', ['all', placeFilter(look.captionPx), inside(frame), ['!', inside(covers)]]);
  }, [loaded, size, room]);
};
