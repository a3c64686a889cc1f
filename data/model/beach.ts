import type { EventLevel } from './event';
import type { LngLat } from './geo';

/** A beach and its visitors at the last full hour (沙滩客流). Null visitors = not counted within that hour. */
export type BeachNow = {
  id: string;
  name: string;
  nameEn: string;
  position: LngLat | null;
  community: string | null;
  subdistrict: string | null;
  capacity: number;
  visitors: number | null;
  /** Visitors ÷ capacity. */
  load: number | null;
  /** Visitors at the same hour a week before; null = not counted. */
  weekBefore: number | null;
};

/** Share of its capacity from which a beach is watched (较大) and closed to newcomers (重大); own plausible values. */
export const loadLimits: readonly { level: EventLevel; share: number }[] = [
  { level: 3, share: 0.8 },
  { level: 2, share: 1 },
];

/** The gravest limit a load has reached; null = none. */
export const loadLevel = (load: number | null): EventLevel | null =>
  load === null
    ? null
    : loadLimits.filter(({ share }) => load >= share).reduce<EventLevel | null>((_, { level }) => level, null);
