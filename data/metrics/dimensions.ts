import { z } from 'zod';

/** The closed set of dimensions. Time buckets are local to the installation; codes are words of the named list. */
export const dimensionKeys = [
  'district',
  'subdistrict',
  'community',
  'grid',
  'block',
  'building',
  'hexagon',
  'category',
  'categoryL1',
  'level',
  'source',
  'stage',
  'status',
  'department',
  'hour',
  'day',
  'week',
  'month',
  'hourOfDay',
  'weekday',
  'houseType',
  'houseUse',
  'entityType',
  'industry',
  'assetGroup',
  'assetType',
  'sex',
  'ageBand',
  'ageGroup',
  'populationType',
  'origin',
  'workerType',
  'warning',
  'careGroup',
  'recordOrigin',
  'plateKind',
  'holderKind',
] as const;
export const DimensionKey = z.enum(dimensionKeys);
export type DimensionKey = z.infer<typeof DimensionKey>;

/** Code of the rows that carry none: an event outside every grid, a building without a type. Sums stay whole. */
export const noCode = 'none';

/** Dimensions that are levels of the division tree. */
export const divisionDimensions = ['district', 'subdistrict', 'community', 'grid'] as const satisfies DimensionKey[];
/** Dimensions of place, coarse to fine. */
export const placeDimensions = [...divisionDimensions, 'block', 'building'] as const satisfies DimensionKey[];

/** True for a dimension of places. */
export const isPlace = (key: DimensionKey): boolean => (placeDimensions as readonly DimensionKey[]).includes(key);
/** Places a metric can be mapped by: those of the tree and its blocks, and hexagons of about 500 m across all of them. */
export const mapDimensions = [...placeDimensions, 'hexagon'] as const satisfies DimensionKey[];
/** Buckets of local time: `2026-11-22T09:00`, `2026-11-22`, its Monday, `2026-11`. */
export const bucketDimensions = ['hour', 'day', 'week', 'month'] as const satisfies DimensionKey[];
/** Local time: buckets, hour of day `00`–`23`, weekday `1` Monday – `7`. */
export const timeDimensions = [...bucketDimensions, 'hourOfDay', 'weekday'] as const satisfies DimensionKey[];
