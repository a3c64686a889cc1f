import type { DivisionLevel } from '@/data/model/division';
import type { View } from '@/data/model/view';
import type { Divisions } from '../feed/divisions';

/** Level of the divisions just below the one looked at. */
export const levelBelow = (view: View, divisions: Divisions): 'district' | 'subdistrict' | 'community' | 'grid' => {
  const level: DivisionLevel = (divisions.byCode(view.division) ?? divisions.root).level;
  if (level === 'province' || level === 'city') return 'district';
  return level === 'district' ? 'subdistrict' : level === 'subdistrict' ? 'community' : 'grid';
};
