import { z } from 'zod';
import { DivisionCode } from './division';
import { type Area, LngLat } from './geo';
import { plainText, type Refusal } from './intake';

const Ring = z.array(LngLat).min(4).max(20_000);
const Outline: z.ZodType<Area> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Polygon'), coordinates: z.array(Ring).min(1) }),
  z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(Ring).min(1)).min(1) }),
]);

const Name = plainText(60).pipe(z.string().min(1));

/** A base grid that begins: its outline in degrees, its community, and who answers for it where that is told. */
export const NewGrid = z.object({
  code: DivisionCode,
  community: DivisionCode,
  name: Name,
  nameEn: Name,
  geometry: Outline,
  /** Ids of workers; a worker named nowhere follows the largest part of the grid answered for. */
  workers: z.array(z.string().max(40)).max(40).default([]),
});
export type NewGrid = z.infer<typeof NewGrid>;

/** A community that begins; its outline is that of its grids. */
export const NewCommunity = z.object({ code: DivisionCode, name: Name, nameEn: Name });
export type NewCommunity = z.infer<typeof NewCommunity>;

/**
 * New boundaries inside one division (区划调整): of grids within a community, or of communities, with all their grids,
 * within a sub-district. `ends`: grids, and communities, that are no more.
 */
export const RecutProposal = z.object({
  within: DivisionCode,
  reason: plainText(200).pipe(z.string().min(4)),
  ends: z.array(DivisionCode).min(1).max(400),
  communities: z.array(NewCommunity).max(50).default([]),
  grids: z.array(NewGrid).min(1).max(400),
});
export type RecutProposal = z.infer<typeof RecutProposal>;

const Feature = z.object({ properties: z.record(z.string(), z.unknown()), geometry: z.unknown() });

/** A FeatureCollection whose features are the new grids, with what is told of the whole beside them. */
const File = z.looseObject({ type: z.literal('FeatureCollection'), features: z.array(Feature) });

/**
 * A proposal from GeoJSON: `within`, `reason`, `ends` and `communities` stand beside `features`; each feature has `code`,
 * `community`, `name`, `nameEn` and perhaps `workers` among its properties. Throws what is wrong with it.
 */
export const parseProposal = (text: string): RecutProposal => {
  const { features, ...whole } = File.parse(JSON.parse(text));
  return RecutProposal.parse({
    ...whole,
    grids: features.map(({ properties, geometry }) => ({ ...properties, geometry })),
  });
};

/** `parseProposal`; null where it is none. */
export const proposalIn = (text: string): RecutProposal | null => {
  try {
    return parseProposal(text);
  } catch {
    return null;
  }
};

/** Why boundaries are refused. */
export type RecutRefusal = Extract<Refusal, `recut_${string}`>;
/** One thing that is wrong with a proposal: which division it is about, and how much of it, in square metres. */
export type RecutFault = { reason: RecutRefusal; code: string; squareMetres: number | null };

/** Kinds of records that a re-cut places anew, by their tables; what follows its building comes after it. */
export const movedKinds = [
  'building',
  'entity',
  'asset',
  'worker',
  'device',
  'weather_station',
  'beach',
  'event',
  'dispute',
  'care',
  'care_call',
  'doubt',
  'errand',
  'collection',
  'volunteer',
  'volunteer_turn',
] as const;
export type MovedKind = (typeof movedKinds)[number];

/** Records of one kind that go from one division to another. */
export type RecutMove = { kind: MovedKind; from: string; to: string; n: number };

/**
 * What a proposal would do, by counts alone. `outside`: records whose position lies in none of the new grids; they follow
 * the largest part of their old one. `dwellings` and `residents` go with their buildings.
 */
export type RecutPreview = {
  faults: RecutFault[];
  moves: RecutMove[];
  dwellings: { from: string; to: string; n: number }[];
  residents: { from: string; to: string; n: number }[];
  outside: { kind: MovedKind; n: number }[];
};
