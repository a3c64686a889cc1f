import { z } from 'zod';

/** The closed set of dimensions. Time buckets are local to the installation; codes are words of the named list. */
export const dimensionKeys = [
  'district',
  'subdistrict',
  'community',
  'grid',
  'block',
  'building',
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
  'populationType',
  'workerType',
] as const;
export const DimensionKey = z.enum(dimensionKeys);
export type DimensionKey = z.infer<typeof DimensionKey>;
