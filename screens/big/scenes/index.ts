import { sceneOf as sceneOfPage } from '@/data/model/cast';
import type { WallSceneKey } from '@/data/model/view';
import { assessment } from './assessment';
import { event } from './event';
import { explorer } from './explorer';
import { force } from './force';
import { overview } from './overview';
import { population } from './population';
import type { WallScene } from './scene';
import { trend } from './trend';
import { weather } from './weather';

/** Every scene of the wall by its key. */
export const scenes: Record<WallSceneKey, WallScene> = {
  ...{ overview, event, trend, population, weather, force, assessment },
  explorer,
};

/** The scene a page of the View names; the overview for none or an unknown one. */
export const sceneOf = (page: string | null): WallScene => scenes[sceneOfPage(page) ?? 'overview'];
