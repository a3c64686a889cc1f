import type { JobHandlers } from '../job/worker';
import { closeStage, endJob } from './store';

/** Ends a drill at its planned end. */
export const drillJobs: JobHandlers = {
  [endJob]: {
    effect: async (tx, { key }) => {
      await closeStage(tx, key, 'system');
      return undefined;
    },
  },
};
