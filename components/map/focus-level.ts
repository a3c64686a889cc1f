import { areaLevel, type FillLevel } from '@/data/model/division';
import type { View } from '@/data/model/view';
import type { Divisions } from '../feed/divisions';

const fallbacks: FillLevel[] = ['grid', 'community', 'subdistrict', 'district'];

/** Division looked at and the level it is divided into on the map: the wanted one, else the finest there is. */
export const focusOf = (view: View, divisions: Divisions): { code: string; level: FillLevel } => {
  const node = divisions.byCode(view.division) ?? divisions.root;
  const levels = [areaLevel[node.level], ...fallbacks];
  const level = levels.find((candidate) => divisions.below(node.code, candidate).length > 0) ?? 'district';
  return { code: node.code, level };
};
