import type { Layer } from '../map/layer';
import { assetIcons } from './asset-icons';
import { buildingStack } from './building-stack';
import { divisionFill } from './division-fill';
import { divisionLabel } from './division-label';
import { divisionLine } from './division-line';
import { eventDensity } from './event-density';
import { eventPoints } from './event-points';
import { populationDensity } from './population-density';

/** Every layer of the product in drawing order, lowest first; also the list the picker shows and tests walk. */
export const layers: readonly Layer[] = [
  divisionFill,
  populationDensity,
  eventDensity,
  divisionLine,
  buildingStack,
  assetIcons,
  divisionLabel,
  eventPoints,
];
