import type { DivisionLevel } from '@/data/model/division';
import type { View } from '@/data/model/view';
import type { Divisions } from '../feed/divisions';

/** Levels that areas are filled by; each is a dimension of the catalogue. */
export type FillLevel = Extract<DivisionLevel, 'district' | 'subdistrict' | 'community' | 'grid'>;

/** Level the map is filled by when a division of each level is looked at. */
const wanted: Record<DivisionLevel, FillLevel> = {
  province: 'district',
  city: 'subdistrict',
  district: 'community',
  subdistrict: 'community',
  community: 'grid',
  grid: 'grid',
};

const fallbacks: FillLevel[] = ['grid', 'community', 'subdistrict', 'district'];

/** Division looked at and the level it is divided into on the map: the wanted one, else the finest there is. */
export const focusOf = (view: View, divisions: Divisions): { code: string; level: FillLevel } => {
  const node = divisions.byCode(view.division) ?? divisions.root;
  const levels = [wanted[node.level], ...fallbacks];
  const level = levels.find((candidate) => divisions.below(node.code, candidate).length > 0) ?? 'district';
  return { code: node.code, level };
};
