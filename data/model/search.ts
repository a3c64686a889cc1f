import { z } from 'zod';
import { LngLat } from './geo';

/** What a search finds, in the order its groups stand where they match equally well. */
export const searchKinds = [
  'point',
  'division',
  'dwelling',
  'block',
  'building',
  'event',
  'entity',
  'asset',
  'beach',
  'metric',
  'layer',
  'scene',
  'page',
  'command',
] as const;
export const SearchKind = z.enum(searchKinds);
export type SearchKind = z.infer<typeof SearchKind>;

/** Part of a name the words matched: places of its characters, half-open. */
export const Mark = z.tuple([z.number(), z.number()]);
export type Mark = z.infer<typeof Mark>;

/** Something found; `code` is what a selection names it by. */
export const SearchHit = z.object({
  kind: SearchKind,
  code: z.string(),
  name: z.string(),
  nameEn: z.string(),
  /** Address, title or meaning; level of a division; dictionary word of an entity or an asset. Empty = nothing to add. */
  detail: z.string(),
  detailEn: z.string(),
  /** Null = nowhere on the map, or not told to the caller. */
  position: LngLat.nullable(),
  mark: Mark.nullable(),
  markEn: Mark.nullable(),
});
export type SearchHit = z.infer<typeof SearchHit>;
