import { alertInForce } from './alert';
import { beachLoad, beachVisitors } from './beach';
import { careCallInTime, careRegistered, careVisitOnTime, careVisitOverdue } from './care-register';
import {
  doubtOpen,
  doubtSent,
  doubtVerifiedRate,
  doubtWrongRate,
  recordDoorLinkedRate,
  recordLinkedRate,
} from './doubt';
import {
  dutyAbsent,
  dutyOnDuty,
  dutyOnDutyAt,
  dutyOnDutyShare,
  dutyPerTenThousand,
  dutyRostered,
  dutyRosteredAt,
} from './duty';
import { entityCount, entityEmployees } from './entity';
import { inspectOpen, inspectPassRate, patrolCoverage, patrolOpen } from './errand';
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
  eventOnTimeCheckRate,
  eventOnTimeDispatchRate,
  eventOnTimeRegisterRate,
  eventOnTimeVerifyRate,
} from './event-limit';
import {
  eventAutoDispatchRate,
  eventCloseRate,
  eventHandleHours,
  eventOnTimeCloseRate,
  eventReworkRate,
  eventSelfHandledRate,
} from './event-rate';
import {
  eventCorrectDispatchRate,
  eventDispatchRate,
  eventExtensionRate,
  eventHandleRate,
  eventOnTimeAcceptRate,
  eventOnTimeHandleRate,
  eventOverdueOpenRate,
  eventRecurrenceRate,
  eventRegisterRate,
  eventSatisfiedRate,
  eventTransferRate,
  eventValidRate,
} from './event-step';
import type { Metric } from './metric';
import { ownPrefix } from './own';
import {
  assetCount,
  buildingCount,
  buildingStoreys,
  dwellingCount,
  dwellingRentedShare,
  dwellingVacantShare,
  householdCount,
  personChildShare,
  personElderlyShare,
  personResident,
} from './place';
import { qualityEntity, qualityHome, qualityPerson, qualityPlace, qualityUse, recordQuality } from './quality';
import { recordCount, recordPlacedShare } from './record';
import {
  supervisionAnsweredInTime,
  supervisionClosedRate,
  supervisionOpen,
  supervisionOverdue,
  whistleArriveInTime,
  whistleContactInTime,
  whistleRate,
  whistleSignInTime,
} from './supervision';
import { vehicleCount } from './vehicle';
import { volunteerCount, volunteerHours } from './volunteer';
import { weatherGust, weatherRain } from './weather';
import { workerActiveShare, workerCount, workerPerTenThousand } from './worker';

/** The metric catalogue (指标目录): what can be asked, in the order it is listed. */
export const metrics: readonly Metric[] = [
  personResident,
  householdCount,
  personElderlyShare,
  personChildShare,
  buildingCount,
  buildingStoreys,
  dwellingCount,
  dwellingRentedShare,
  dwellingVacantShare,
  entityCount,
  entityEmployees,
  vehicleCount,
  assetCount,
  recordPlacedShare,
  recordCount,
  careRegistered,
  careVisitOnTime,
  careVisitOverdue,
  careCallInTime,
  recordLinkedRate,
  recordDoorLinkedRate,
  recordQuality,
  qualityPerson,
  qualityHome,
  qualityUse,
  qualityEntity,
  qualityPlace,
  doubtSent,
  doubtOpen,
  doubtVerifiedRate,
  doubtWrongRate,
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
  eventValidRate,
  eventOnTimeAcceptRate,
  eventOnTimeVerifyRate,
  eventRegisterRate,
  eventOnTimeRegisterRate,
  eventDispatchRate,
  eventCorrectDispatchRate,
  eventOnTimeDispatchRate,
  eventHandleRate,
  eventOnTimeHandleRate,
  eventOnTimeCheckRate,
  eventOverdueOpenRate,
  eventExtensionRate,
  eventSatisfiedRate,
  eventTransferRate,
  eventRecurrenceRate,
  eventReached,
  eventPerTenThousand,
  supervisionOpen,
  supervisionOverdue,
  supervisionAnsweredInTime,
  supervisionClosedRate,
  whistleRate,
  whistleSignInTime,
  whistleContactInTime,
  whistleArriveInTime,
  workerCount,
  workerPerTenThousand,
  workerActiveShare,
  dutyRostered,
  dutyOnDuty,
  dutyOnDutyShare,
  dutyAbsent,
  dutyPerTenThousand,
  dutyRosteredAt,
  dutyOnDutyAt,
  patrolOpen,
  patrolCoverage,
  inspectOpen,
  inspectPassRate,
  volunteerCount,
  volunteerHours,
  alertInForce,
  weatherRain,
  weatherGust,
  beachVisitors,
  beachLoad,
];

const byKey = new Map(metrics.map((metric) => [metric.key, metric]));
export const metricByKey: ReadonlyMap<string, Metric> = byKey;

/** Puts the customer's indicators beside the catalogue of a page; the server reads them by version instead. */
export const joinOwn = (own: readonly Metric[]): void => {
  for (const key of byKey.keys()) if (key.startsWith(ownPrefix)) byKey.delete(key);
  for (const metric of own) byKey.set(metric.key, metric);
};
