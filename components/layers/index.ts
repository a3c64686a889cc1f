import type { Layer } from '../map/layer';
import { alertArea } from './alert-area';
import { assetArea } from './asset-area';
import { assetIcons } from './asset-icons';
import { beachPoints } from './beach';
import { buildingDensity } from './building-density';
import { buildingStack } from './building-stack';
import { divisionFill } from './division-fill';
import { divisionLabel } from './division-label';
import { divisionLine } from './division-line';
import { dwellingUse } from './dwelling-use';
import { entityDensity } from './entity-density';
import { entityPoints } from './entity-points';
import { eventDensity } from './event-density';
import { eventFlow } from './event-flow';
import { eventPoints } from './event-points';
import { metricBlock } from './metric-block';
import { metricGrid } from './metric-grid';
import { metricHexagon } from './metric-hexagon';
import { metricPoint } from './metric-point';
import { nearestForce } from './nearest-force';
import { populationChild } from './population-child';
import { populationDensity } from './population-density';
import { populationElderly } from './population-elderly';
import { recutOutline } from './recut-outline';
import { specialisedGrid } from './specialised-grid';
import { themeRows } from './theme-rows';
import { trendChange } from './trend-change';
import { weatherStation } from './weather-station';
import { workerPosition } from './worker-position';
import { workerTrack } from './worker-track';

/** Every layer of the product in drawing order, lowest first; also the list the picker shows and tests walk. */
export const layers: readonly Layer[] = [
  divisionFill,
  metricGrid,
  metricBlock,
  metricHexagon,
  populationDensity,
  populationElderly,
  populationChild,
  buildingDensity,
  entityDensity,
  eventDensity,
  trendChange,
  // its plates make way for the marks of the warnings, which are placed first
  weatherStation,
  alertArea,
  divisionLine,
  assetArea,
  specialisedGrid,
  recutOutline,
  beachPoints,
  buildingStack,
  dwellingUse,
  metricPoint,
  entityPoints,
  assetIcons,
  nearestForce,
  workerTrack,
  workerPosition,
  themeRows,
  eventFlow,
  divisionLabel,
  eventPoints,
];
