import { blockFill } from '../map/block-fill';

/** Events reported in the period per square kilometre of block (事件热度), summed on the server. */
export const eventDensity = blockFill({
  key: 'event-density',
  metric: 'event.reported',
  ramp: 'heat',
  maxZoom: 24,
  opacity: 0.8,
  unitKey: 'map.eventsPerSquareKilometre',
});
