import { mapPanel } from '../panel/map-panel';
import { changeAsk } from '../panel/trend-question';

/** How many events the areas had (上报数): what a change in percent is a change of. */
export const trendMap = mapPanel({
  key: 'trend-map',
  ask: (view, api, level) => changeAsk(view, api, level),
  read: ({ value }) => value,
  isCount: true,
});
