import { alertInForce } from './alert';
import { beachLoad, beachVisitors } from './beach';
import {
  dutyAbsent,
  dutyOnDuty,
  dutyOnDutyAt,
  dutyOnDutyShare,
  dutyPerTenThousand,
  dutyRostered,
  dutyRosteredAt,
} from './duty';
import {
  eventClosed,
  eventGrave,
  eventOpen,
  eventOverdue,
  eventPerTenThousand,
  eventReached,
  eventReported,
} from './event-count';
import {
  eventAutoDispatchRate,
  eventCloseRate,
  eventHandleHours,
  eventOnTimeCloseRate,
  eventReworkRate,
  eventSelfHandledRate,
} from './event-rate';
import type { Metric } from './metric';
import {
  assetCount,
  buildingCount,
  buildingStoreys,
  dwellingCount,
  dwellingRentedShare,
  entityCount,
  personChildShare,
  personElderlyShare,
  personResident,
} from './place';
import { weatherGust, weatherRain } from './weather';

/** The metric catalogue (指标目录): what can be asked, in the order it is listed. */
export const metrics: readonly Metric[] = [
  personResident,
  personElderlyShare,
  personChildShare,
  buildingCount,
  buildingStoreys,
  dwellingCount,
  dwellingRentedShare,
  entityCount,
  assetCount,
  eventReported,
  eventOpen,
  eventGrave,
  eventOverdue,
  eventClosed,
  eventCloseRate,
  eventOnTimeCloseRate,
  eventReworkRate,
  eventAutoDispatchRate,
  eventSelfHandledRate,
  eventHandleHours,
  eventReached,
  eventPerTenThousand,
  dutyRostered,
  dutyOnDuty,
  dutyOnDutyShare,
  dutyAbsent,
  dutyPerTenThousand,
  dutyRosteredAt,
  dutyOnDutyAt,
  alertInForce,
  weatherRain,
  weatherGust,
  beachVisitors,
  beachLoad,
];

export const metricByKey: ReadonlyMap<string, Metric> = new Map(metrics.map((metric) => [metric.key, metric]));
