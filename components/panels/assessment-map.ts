import { changeScale } from '@/data/model/class-scale';
import { leastRanked } from '@/data/model/fair-rank';
import { changeInPoints, signedWords } from '../chart/change';
import { assessAsks } from '../panel/assess-question';
import { mapPanel } from '../panel/map-panel';

const limits = [-10, -5, -1, 1, 5, 10];

/** Where closing on time has moved (进退), in points on the thirty days before; too few cases in either tell nothing. */
export const assessmentMap = mapPanel({
  key: 'assessment-map',
  ask: (view, api, level) => assessAsks(view, api, level).rates,
  read: (cell) => changeInPoints(cell, leastRanked),
  scale: ({ polarity }) => changeScale(limits, polarity),
  format: signedWords,
  isOpenBelow: true,
  isChange: true,
});
