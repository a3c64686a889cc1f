import { leastRanked } from '@/data/model/fair-rank';
import { changeInPoints, signedWords } from '../chart/change';
import { assessAsks } from '../panel/assess-question';
import { mapPanel } from '../panel/map-panel';

/** Where closing on time has moved (进退), in points on the thirty days before; too few cases in either tell nothing. */
export const assessmentMap = mapPanel({
  key: 'assessment-map',
  ask: (view, api, level) => assessAsks(view, api, level).rates,
  read: (cell) => changeInPoints(cell, leastRanked),
  scale: {
    breaks: [-10, -5, -1, 1, 5, 10],
    // the more it has fallen, the worse
    tokens: ['div-7', 'div-6', 'div-5', 'div-4', 'div-3', 'div-2', 'div-1'],
  },
  format: signedWords,
  isOpenBelow: true,
});
