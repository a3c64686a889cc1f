import type { Panel } from '../panel/panel';
import { accountCard } from './account-card';
import { accountForm } from './account-form';
import { accountList } from './account-list';
import { addressCard } from './address-card';
import { addressHand } from './address-hand';
import { addressList } from './address-list';
import { addressTry } from './address-try';
import { alertCard } from './alert-card';
import { alertImpact } from './alert-impact';
import { alertList } from './alert-list';
import { assessBoard } from './assess-board';
import { assessDetail } from './assess-detail';
import { assessRates } from './assess-rates';
import { assessmentBoard } from './assessment-board';
import { assessmentDepartment } from './assessment-department';
import { assessmentMap } from './assessment-map';
import { assessmentMoved } from './assessment-moved';
import { assessmentSubdistrict } from './assessment-subdistrict';
import { attentionList } from './attention-list';
import { auditList } from './audit-list';
import { beachCard } from './beach-card';
import { beachLoad } from './beach-load';
import { blockCard } from './block-card';
import { buildingCard } from './building-card';
import { campaignCard } from './campaign-card';
import { campaignForm } from './campaign-form';
import { campaignList } from './campaign-list';
import { careCard } from './care-card';
import { careList } from './care-list';
import { careRates } from './care-rates';
import { careSupply } from './care-supply';
import { catalogCard } from './catalog-card';
import { catalogList } from './catalog-list';
import { categoryRank } from './category-rank';
import { centreReadiness } from './centre-readiness';
import { collectionOpen } from './collection-open';
import { controlCard } from './control-card';
import { controlMoves } from './control-moves';
import { controlPush } from './control-push';
import { controlQueue } from './control-queue';
import { coverCard } from './cover-card';
import { deskMoves } from './desk-moves';
import { deskOverdue } from './desk-overdue';
import { deskQueue } from './desk-queue';
import { deskSupervision } from './desk-supervision';
import { dispatchSuggest } from './dispatch-suggest';
import { disputeCard } from './dispute-card';
import { disputeMoves } from './dispute-moves';
import { disputeQueue } from './dispute-queue';
import { divisionBoard } from './division-board';
import { divisionCard } from './division-card';
import { drillCard } from './drill-card';
import { drillForm } from './drill-form';
import { drillList } from './drill-list';
import { drillQueue } from './drill-queue';
import { drillReport } from './drill-report';
import { dutyHours } from './duty-hours';
import { dutyRoster } from './duty-roster';
import { entityCard } from './entity-card';
import { errandCard } from './errand-card';
import { errandForm } from './errand-form';
import { errandList } from './errand-list';
import { eventCard } from './event-card';
import { eventHours } from './event-hours';
import { eventQueue } from './event-queue';
import { eventTrend } from './event-trend';
import { explorerCard } from './explorer-card';
import { explorerFigures } from './explorer-figures';
import { explorerScene } from './explorer-scene';
import { explorerTree } from './explorer-tree';
import { facets } from './facets';
import { forceByArea } from './force-by-area';
import { forceCard } from './force-card';
import { forceSummary } from './force-summary';
import { headline } from './headline';
import { incidentHead } from './incident-head';
import { incidentQueue } from './incident-queue';
import { incidentTimeline } from './incident-timeline';
import { loopFunnel } from './loop-funnel';
import { musterCard } from './muster-card';
import { musterForm } from './muster-form';
import { musterList } from './muster-list';
import { nearestForce } from './nearest-force';
import { openLevels } from './open-levels';
import { overdueList } from './overdue-list';
import { personCard } from './person-card';
import { populationChange } from './population-change';
import { populationDwelling } from './population-dwelling';
import { populationHeadline } from './population-headline';
import { populationMap } from './population-map';
import { populationOrigin } from './population-origin';
import { populationPyramid } from './population-pyramid';
import { rankBoard } from './rank-board';
import { recordOrigin } from './record-origin';
import { recutForm } from './recut-form';
import { retentionCard } from './retention-card';
import { retentionList } from './retention-list';
import { storyAbnormal } from './story-abnormal';
import { storyCause } from './story-cause';
import { storyEvents } from './story-events';
import { storyFollowup } from './story-followup';
import { storyForce } from './story-force';
import { storyOverall } from './story-overall';
import { storyProgress } from './story-progress';
import { storyProposal } from './story-proposal';
import { targetGap } from './target-gap';
import { teamCard } from './team-card';
import { teamList } from './team-list';
import { themeList } from './theme-list';
import { themeTree } from './theme-tree';
import { ticketCard } from './ticket-card';
import { timeRail } from './time-rail';
import { trendConclusion } from './trend-conclusion';
import { trendMap } from './trend-map';
import { trendMultiples } from './trend-multiples';
import { trendPatterns } from './trend-patterns';
import { vehicleCard } from './vehicle-card';
import { verifyCard } from './verify-card';
import { verifyForm } from './verify-form';
import { verifyList } from './verify-list';
import { verifyQuality } from './verify-quality';
import { verifyRates } from './verify-rates';
import { verifyRules } from './verify-rules';
import { volunteerCard } from './volunteer-card';
import { volunteerForm } from './volunteer-form';
import { volunteerList } from './volunteer-list';
import { weatherHours } from './weather-hours';
import { weatherStations } from './weather-stations';
import { whistleCard } from './whistle-card';
import { workerCard } from './worker-card';

/** Every panel of the product; also the list the gallery and its tests walk. */
export const panels: readonly Panel[] = [
  alertCard,
  alertImpact,
  alertList,
  beachCard,
  beachLoad,
  weatherHours,
  weatherStations,
  attentionList,
  categoryRank,
  divisionBoard,
  dutyHours,
  dutyRoster,
  eventHours,
  forceByArea,
  forceSummary,
  headline,
  loopFunnel,
  nearestForce,
  openLevels,
  storyAbnormal,
  storyCause,
  storyEvents,
  storyFollowup,
  storyForce,
  storyOverall,
  storyProgress,
  storyProposal,
  targetGap,
  assessmentBoard,
  assessmentDepartment,
  assessmentMoved,
  assessmentMap,
  assessmentSubdistrict,
  incidentHead,
  incidentQueue,
  incidentTimeline,
  overdueList,
  populationChange,
  populationMap,
  populationDwelling,
  populationHeadline,
  populationOrigin,
  populationPyramid,
  trendConclusion,
  trendMultiples,
  trendMap,
  trendPatterns,
  buildingCard,
  coverCard,
  divisionCard,
  forceCard,
  workerCard,
  eventCard,
  eventQueue,
  eventTrend,
  facets,
  rankBoard,
  recutForm,
  timeRail,
  blockCard,
  entityCard,
  deskQueue,
  deskMoves,
  deskOverdue,
  explorerScene,
  dispatchSuggest,
  deskSupervision,
  ticketCard,
  whistleCard,
  explorerTree,
  explorerFigures,
  explorerCard,
  assessRates,
  assessBoard,
  assessDetail,
  addressList,
  addressCard,
  addressTry,
  addressHand,
  verifyRates,
  verifyList,
  verifyCard,
  verifyQuality,
  recordOrigin,
  verifyRules,
  collectionOpen,
  verifyForm,
  campaignList,
  campaignCard,
  campaignForm,
  careRates,
  careList,
  careCard,
  careSupply,
  catalogCard,
  catalogList,
  retentionCard,
  retentionList,
  accountCard,
  accountForm,
  accountList,
  auditList,
  centreReadiness,
  drillCard,
  drillForm,
  drillList,
  drillQueue,
  drillReport,
  errandCard,
  errandForm,
  errandList,
  volunteerCard,
  volunteerForm,
  volunteerList,
  teamCard,
  teamList,
  musterCard,
  musterForm,
  musterList,
  controlQueue,
  controlCard,
  controlMoves,
  controlPush,
  disputeQueue,
  disputeCard,
  disputeMoves,
  themeList,
  themeTree,
  personCard,
  vehicleCard,
];

/** The panel of a key; a layout that names an unknown one is a programming error. */
export const panelByKey = (key: string): Panel => {
  const panel = panels.find((candidate) => candidate.key === key);
  if (!panel) throw new Error(`No panel "${key}" in the registry.`);
  return panel;
};
