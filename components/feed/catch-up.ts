/** Times figures are asked again for one change; a replica that hangs is the minute's matter. */
const mostTries = 5;

/**
 * Figures come from a replica that follows the log on its own: asked in time, they may still stand before the change. Says
 * at each clock of the feed whether they are to be asked again.
 */
export const makeCatchUp = (): {
  changed: () => void;
  /** `upto`: instant the feed is up to; `figuresAt`: the one the oldest figure stands at, null = there is none. */
  isBehind: (upto: number, figuresAt: number | null) => boolean;
} => {
  let isChanged = false;
  let target: number | null = null;
  let tries = 0;
  return {
    changed: () => {
      isChanged = true;
    },
    isBehind: (upto, figuresAt) => {
      if (isChanged) [isChanged, target, tries] = [false, upto, 0];
      if (target === null || figuresAt === null || figuresAt >= target || tries >= mostTries) {
        target = null;
        return false;
      }
      tries += 1;
      return true;
    },
  };
};
