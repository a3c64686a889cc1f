'use client';

import { useLayoutEffect } from 'react';
import { placeFilter } from './basemap';
import type { MapSize } from './layer';
import type { MapRoom } from './map-room';
import { positionAt } from './pixels';
import type { MapAndOverlay } from './use-map';

/** Room from the middle of a name to the frame of the map, captions: half of one of four letters and a little. */
const clear = { across: 3, down: 1.4 };

/** Leaves out names of the base map (bays, hills) that would stand at the frame of a wall's map. */
export const usePlaceFrame = (loaded: MapAndOverlay | null, size: MapSize, room: MapRoom | null): void => {
  useLayoutEffect(() => {
    if (!loaded || !room || size !== 'wall') return;
    const { map, look } = loaded;
    const [across, down] = [clear.across * look.captionPx, clear.down * look.captionPx];
    const [west, south, east, north] = room.bounds;
    const [left, top] = positionAt([west, north], [across, down], map.getZoom());
    const [right, bottom] = positionAt([east, south], [-across, -down], map.getZoom());
    const coordinates = [
      [
        [left, top],
        [right, top],
        [right, bottom],
        [left, bottom],
        [left, top],
      ],
    ];
    map.setFilter('place', ['all', placeFilter(look.captionPx), ['within', { type: 'Polygon', coordinates }]]);
  }, [loaded, size, room]);
};
