import type { LngLat } from './geo';

/**
 * Speeds by rank of a road, km/h, as a vehicle on duty averages them (own plausible values; no survey behind them).
 * 1 motorway … 5 lane; `walk` = from a road's node to the door.
 */
export const roadSpeeds: Record<1 | 2 | 3 | 4 | 5 | 'walk', number> = { 1: 60, 2: 45, 3: 30, 4: 22, 5: 14, walk: 5 };

/** Way between two places: by road, or a straight line where no road leads there (`isByRoad` false). */
export type Route = { isByRoad: boolean; minutes: number; metres: number; line: LngLat[] };
