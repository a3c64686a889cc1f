import type { LngLat } from './geo';

/**
 * Speeds by rank of a road, km/h, as a vehicle on duty averages them (own plausible values; no survey behind them).
 * 1 motorway … 5 lane; `walk` = from a road's node to the door.
 */
export const roadSpeeds: Record<1 | 2 | 3 | 4 | 5 | 'walk', number> = { 1: 60, 2: 45, 3: 30, 4: 22, 5: 14, walk: 5 };

/**
 * Way between two places. `line` = its stretch on the roads, from where it joins them to where it leaves them; empty where
 * no road leads there (`isByRoad` false). `walks` = the straight stretches off them, as far as they may be told: from the
 * door, to the place; without a road the whole way.
 */
export type Route = { isByRoad: boolean; minutes: number; metres: number; line: LngLat[]; walks: [LngLat, LngLat][] };

/** Where a way begins, as far as it is told: at the door, else where it joins the roads; null = not told. */
export const startOf = ({ line, walks }: Pick<Route, 'line' | 'walks'>): LngLat | null => {
  const door = walks[0]?.[0] ?? null;
  return walks.length > 1 ? door : (line[0] ?? door);
};
