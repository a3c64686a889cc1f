import { assessPanel } from '../panel/assess-panel';

/** Communities against the target (社区考核); never a worker. */
export const assessmentBoard = assessPanel({ key: 'assessment-board', dimension: 'community' });
