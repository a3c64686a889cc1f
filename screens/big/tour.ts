import { type Scene, scenes, type WallSceneKey } from '@/data/model/view';

/** After a touch, a key, a mouse or a cast the tour rests this long, ms. */
export const restMs = 60_000;

export type TourPlan = { scenes: readonly Scene[]; dwellMs: number };

/** Scenes in the order of the product; none chosen = all. */
export const planOf = (chosen: readonly Scene[], seconds: number): TourPlan => {
  const picked = scenes.filter((scene) => chosen.includes(scene));
  return { scenes: picked.length > 0 ? picked : scenes, dwellMs: seconds * 1_000 };
};

/** The scene after this one; the first of the tour from one that is not in it. */
export const nextScene = ({ scenes: all }: TourPlan, scene: WallSceneKey): Scene =>
  all[((all as readonly string[]).indexOf(scene) + 1) % all.length] ?? 'overview';

/** Instant the tour goes on at: the dwell over, and the rest after the last input. */
export const goesOnAt = (enteredAt: number, inputAt: number | null, { dwellMs }: TourPlan): number =>
  Math.max(enteredAt + dwellMs, inputAt === null ? 0 : inputAt + restMs);
