import type { Panel } from '../panel/panel';
import { attentionList } from './attention-list';
import { categoryRank } from './category-rank';
import { eventHours } from './event-hours';
import { forceSummary } from './force-summary';
import { headline } from './headline';
import { loopFunnel } from './loop-funnel';
import { openLevels } from './open-levels';
import { storyAbnormal } from './story-abnormal';
import { storyCause } from './story-cause';
import { storyForce } from './story-force';
import { storyOverall } from './story-overall';
import { storyProgress } from './story-progress';
import { storyProposal } from './story-proposal';
import { targetGap } from './target-gap';

/** Every panel of the product; also the list the gallery and its tests walk. */
export const panels: readonly Panel[] = [
  attentionList,
  categoryRank,
  eventHours,
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
];

/** The panel of a key; a layout that names an unknown one is a programming error. */
export const panelByKey = (key: string): Panel => {
  const panel = panels.find((candidate) => candidate.key === key);
  if (!panel) throw new Error(`No panel "${key}" in the registry.`);
  return panel;
};
