import type { AddressLevel, AddressMethod } from '@/data/model/address';
import { divisionLevels } from '@/data/model/division';
import type { LngLat } from '@/data/model/geo';
import type { Place, Placement } from '../exchange/event-plan';
import { metresBetween } from './crs';
import type { Kept } from './kept';
import { matchAddress } from './match';

/** What a row was found to mean. `unit` and `room` as its text tells them. */
export type Located = {
  method: AddressMethod;
  level: AddressLevel;
  score: number;
  building: string | null;
  unit: number | null;
  room: string | null;
  division: string | null;
  candidates: string[];
  placement: Placement;
};

export const nowhere: Placement = { subdistrict_code: null, community_code: null, grid_code: null, block_code: null };

/** Of buildings equally likely one is taken where the position lies so near, and twice as far from any other; metres. */
const besideWithin = 100;

const besideOf = ({ spots }: Kept, candidates: readonly string[], position: LngLat): string | null => {
  const [first, second] = candidates
    .flatMap((code) => {
      const known = spots.get(code)?.position;
      return known ? [{ code, metres: metresBetween(position, known) }] : [];
    })
    .sort((a, b) => a.metres - b.metres);
  if (!first || first.metres > besideWithin) return null;
  return second && second.metres < 2 * first.metres ? null : first.code;
};

const levelOf = ({ divisions }: Kept, code: string | null, path: string): AddressLevel => {
  const found = code === null ? undefined : divisions.get(code);
  if (!found) return 'none';
  if (!found.path.startsWith(path) && !path.startsWith(found.path)) return 'outside';
  return divisionLevels[found.level - 1] ?? 'none';
};

/**
 * Matches a row by its text, else by its position; nothing outside the territory at `path` is told. A position that only
 * says which of several buildings is meant, or in which grid it lies, is the method `position`.
 */
export const locate = (
  kept: Kept,
  place: Place | null,
  { address, position }: { address: string; position: LngLat | null },
  path: string,
): Located => {
  const { spots } = kept;
  const { building, unit, room, division, score, how, candidates } = matchAddress(kept.book, address);
  const isInside = (code: string) => spots.get(code)?.path.startsWith(path) ?? false;
  const open = candidates.filter(isInside);
  const inBuilding = (code: string, method: AddressMethod): Located => ({
    ...{ method, level: 'building', score, building: code, unit, room, candidates: [] },
    division: spots.get(code)?.placement.grid_code ?? division,
    placement: spots.get(code)?.placement ?? nowhere,
  });
  if (building && isInside(building)) return inBuilding(building, how);
  const beside = position && !building ? besideOf(kept, open, position) : null;
  if (beside) return inBuilding(beside, 'position');
  const placement = position && !building ? (place?.(position) ?? null) : null;
  const grid = placement?.grid_code ? kept.divisions.get(placement.grid_code) : undefined;
  const none = { score, building: null, unit, room };
  if (placement && grid?.path.startsWith(path))
    return {
      ...{ ...none, method: 'position', level: placement.block_code ? 'block' : 'grid', placement },
      ...{ division: placement.grid_code, candidates: open },
    };
  const level = building ? 'outside' : levelOf(kept, division, path);
  return {
    ...{ ...none, method: 'none', level, candidates: open, placement: nowhere },
    division: level === 'outside' ? null : division,
  };
};
