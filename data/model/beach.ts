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
