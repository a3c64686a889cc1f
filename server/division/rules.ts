import { booleanPointInPolygon } from '@turf/turf';
import type { Area, LngLat } from '@/data/model/geo';

/** The first area that holds the position; on a shared border the first in order wins, so there is one at most. */
export const areaAt = <T extends { geometry: Area | null }>(areas: readonly T[], position: LngLat): T | null =>
  areas.find(({ geometry }) => geometry && booleanPointInPolygon(position, geometry)) ?? null;
