import { accessRouter } from '../access/router';
import { accountRouter } from '../account/router';
import { addressRouter } from '../address/router';
import { alertRouter } from '../alert/router';
import { askRouter } from '../ask/router';
import { assessmentRouter } from '../assessment/router';
import { assetRouter } from '../asset/router';
import { auditRouter } from '../audit/router';
import { beachRouter } from '../beach/router';
import { campaignRouter } from '../campaign/router';
import { careRouter } from '../care/router';
import { catalogRouter } from '../catalog/router';
import { collectionRouter } from '../collection/router';
import { controlRouter } from '../control/router';
import { dictionaryRouter } from '../dictionary/router';
import { dispatchRouter } from '../dispatch/router';
import { disputeRouter } from '../dispute/router';
import { divisionRouter } from '../division/router';
import { drillRouter } from '../drill/router';
import { entityRouter } from '../entity/router';
import { errandRouter } from '../errand/router';
import { eventRouter } from '../event/router';
import { exportRouter } from '../export/router';
import { intakeRouter } from '../intake/router';
import { jobRouter } from '../job/router';
import { metricRouter } from '../metric/router';
import { musterRouter } from '../muster/router';
import { noticeRouter } from '../notice/router';
import { placeRouter } from '../place/router';
import { reportRouter } from '../report/router';
import { retentionRouter } from '../retention/router';
import { searchRouter } from '../search/router';
import { sensorRouter } from '../sensor/router';
import { supervisionRouter } from '../supervision/router';
import { themeRouter } from '../theme/router';
import { verifyRouter } from '../verify/router';
import { viewRouter } from '../view/router';
import { volunteerRouter } from '../volunteer/router';
import { wallRouter } from '../wall/router';
import { weatherRouter } from '../weather/router';
import { workforceRouter } from '../workforce/router';
import { createCallerFactory, router } from './init';

export const appRouter = router({
  access: accessRouter,
  account: accountRouter,
  ask: askRouter,
  alert: alertRouter,
  assessment: assessmentRouter,
  audit: auditRouter,
  beach: beachRouter,
  care: careRouter,
  catalog: catalogRouter,
  collection: collectionRouter,
  control: controlRouter,
  dictionary: dictionaryRouter,
  address: addressRouter,
  campaign: campaignRouter,
  dispute: disputeRouter,
  dispatch: dispatchRouter,
  division: divisionRouter,
  drill: drillRouter,
  entity: entityRouter,
  errand: errandRouter,
  event: eventRouter,
  export: exportRouter,
  job: jobRouter,
  intake: intakeRouter,
  metric: metricRouter,
  muster: musterRouter,
  notice: noticeRouter,
  place: placeRouter,
  report: reportRouter,
  retention: retentionRouter,
  search: searchRouter,
  supervision: supervisionRouter,
  theme: themeRouter,
  sensor: sensorRouter,
  verify: verifyRouter,
  view: viewRouter,
  volunteer: volunteerRouter,
  wall: wallRouter,
  weather: weatherRouter,
  workforce: workforceRouter,
  asset: assetRouter,
});
export type AppRouter = typeof appRouter;
export const createCaller = createCallerFactory(appRouter);
