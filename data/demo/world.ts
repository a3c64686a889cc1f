import { z } from 'zod';
import { LngLat } from '../model/geo';
import district from './world/district.json';
import tiny from './world/tiny.json';

const Named = z.object({ name: z.string(), en: z.string() });
const Line = z.array(LngLat);
const Patch = Named.extend({ at: LngLat, radius: z.tuple([z.number(), z.number()]), bearing: z.number() });

/** What is drawn by hand for a demo: outline, communities, settlements, relief, roads and the counts to reach. */
export const World = z.object({
  origin: LngLat,
  /** Shore, counter-clockwise, then the border on land back to its start. */
  coast: Line,
  border: Line,
  /** Neighbouring land, dimmed on the map. */
  outside: z.array(Line),
  /** Centre and radius in metres. */
  islets: z.array(z.tuple([z.number(), z.number(), z.number()])),
  subdistricts: z.array(Named.extend({ code: z.string(), department: z.string() })),
  /** Lines from west to east; land north of one belongs to `north` or to a sub-district before it. */
  divides: z.array(z.object({ north: z.string(), line: Line })),
  communities: z.array(
    Named.extend({ code: z.string(), residents: z.number(), quality: z.number(), seeds: z.array(LngLat) }),
  ),
  settlements: z.array(
    Patch.extend({
      kind: z.enum(['town', 'village', 'industry', 'resort', 'compound']),
      rank: z.number(),
      /** Metres between streets along and across the bearing. */
      pitch: z.tuple([z.number(), z.number()]),
    }),
  ),
  peaks: z.array(Named.extend({ at: LngLat, metres: z.number(), spread: z.number(), rank: z.number() })),
  reservoirs: z.array(Patch),
  streams: z.array(Named.extend({ line: Line })),
  roads: z.array(Named.extend({ rank: z.number(), line: Line })),
  beaches: z.array(Named.extend({ at: LngLat, metres: z.number(), rank: z.number() })),
  labels: z.array(Named.extend({ at: LngLat, rank: z.number() })),
  counts: z.object({
    events: z.number(),
    entities: z.number(),
    householdsPerGrid: z.number(),
    forces: z.number(),
    bases: z.number(),
    keyParts: z.number(),
    keyAreas: z.number(),
    workers: z.number(),
    elders: z.number(),
    children: z.number(),
    unplaced: z.number(),
  }),
});
export type World = z.infer<typeof World>;
export type SettlementPlan = World['settlements'][number];

/** The hand-drawn world of a size; a city is the district repeated. */
export const worldOf = (size: 'tiny' | 'district'): World => World.parse(size === 'tiny' ? tiny : district);
