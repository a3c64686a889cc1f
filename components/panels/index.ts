import type { Panel } from '../panel/panel';
import { attentionList } from './attention-list';
import { buildingCard } from './building-card';
import { categoryRank } from './category-rank';
import { divisionCard } from './division-card';
import { dutyHours } from './duty-hours';
import { dutyRoster } from './duty-roster';
import { eventCard } from './event-card';
import { eventHours } from './event-hours';
import { eventQueue } from './event-queue';
import { eventTrend } from './event-trend';
import { facets } from './facets';
import { forceByArea } from './force-by-area';
import { forceSummary } from './force-summary';
import { headline } from './headline';
import { loopFunnel } from './loop-funnel';
import { openLevels } from './open-levels';
import { rankBoard } from './rank-board';
import { storyAbnormal } from './story-abnormal';
import { storyCause } from './story-cause';
import { storyForce } from './story-force';
import { storyOverall } from './story-overall';
import { storyProgress } from './story-progress';
import { storyProposal } from './story-proposal';
import { targetGap } from './target-gap';
import { timeRail } from './time-rail';

/** Every panel of the product; also the list the gallery and its tests walk. */
export const panels: readonly Panel[] = [
  attentionList,
  categoryRank,
  dutyHours,
  dutyRoster,
  eventHours,
  forceByArea,
  forceSummary,
  headline,
  loopFunnel,
  openLevels,
  storyAbnormal,
  storyCause,
  storyForce,
  storyOverall,
  storyProgress,
  storyProposal,
  targetGap,
  buildingCard,
  divisionCard,
  eventCard,
  eventQueue,
  eventTrend,
  facets,
  rankBoard,
  timeRail,
];

/** The panel of a key; a layout that names an unknown one is a programming error. */
export const panelByKey = (key: string): Panel => {
  const panel = panels.find((candidate) => candidate.key === key);
  if (!panel) throw new Error(`No panel "${key}" in the registry.`);
  return panel;
};
