import type { View, WallSceneKey } from '@/data/model/view';
import type { Tier, WallPage } from '../../wall-tier';

/** What the map of a scene shows where the View says nothing else. */
export type StageRule = {
  /** Keys of the layer registry; unknown ones are left out. */
  layers: readonly string[];
  /** Layers whose legend stands on the map; a band and an upright wall have room for the first. */
  legend: readonly string[];
  /** Metric the areas are filled by; null = the installation's own. */
  metric: string | null;
  period: View['period'];
  /** Period they are filled over, where one day holds too few cases of an area; absent = that of the scene. */
  fillPeriod?: View['period'];
  /** Labels below XL: only of exceptional areas, or of all. */
  labels: 'all' | 'exceptions';
  /** Open events by level stand at the upper right. */
  hasLevels: boolean;
  /** Panels over the lower corners of the map, where a full wall has room beside the district; absent = none. */
  insets?: { left?: string; right?: string };
  /** The gravest open event is ringed and called out. */
  hasCallout: boolean;
  /** The camera frames the division looked at, or the block of the incident in command. */
  camera: 'division' | 'incident';
};

/**
 * A scene of the wall (场景): one question (text `big.question.<key>`), a page for each tier, what its map shows. Areas
 * `left1` and `right1` begin a wing, those after them are ruled off, `strip` lies under the map, `side` beside it
 * where a wall has room for a second one.
 */
export type WallScene = {
  key: WallSceneKey;
  pages: Record<Tier, WallPage>;
  /** Page of tier S on a wall too narrow for two wings; absent = its page has one. */
  narrow?: WallPage;
  stage: StageRule;
};
