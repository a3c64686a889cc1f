import type { DivisionLevel } from '@/data/model/division';
import type { View } from '@/data/model/view';
import type { Divisions } from '../feed/divisions';
import { focusOf } from '../map/focus-level';

export type RankLevel = Extract<DivisionLevel, 'district' | 'subdistrict' | 'community' | 'grid'>;
const rankLevels: readonly string[] = ['district', 'subdistrict', 'community', 'grid'];

/** Levels that can be ranked where the View stands: the map's own, and the next one down when that is another. */
export const rankLevelsAt = (view: View, divisions: Divisions): { within: string; levels: RankLevel[] } => {
  const here = divisions.byCode(view.division) ?? divisions.root;
  const isLeaf = divisions.children(here.code).length === 0;
  const within = (isLeaf && divisions.byCode(here.parent)?.code) || here.code;
  const mapLevel = focusOf({ ...view, division: within }, divisions).level;
  const childLevel = divisions.children(within)[0]?.level;
  const levels = [...new Set([mapLevel, childLevel])].filter((level): level is RankLevel =>
    rankLevels.includes(level ?? ''),
  );
  return { within, levels };
};
