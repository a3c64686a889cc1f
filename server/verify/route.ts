import type { LngLat } from '@/data/model/geo';

/**
 * Order in which places are walked: from the first to whichever of the others is nearest, and so on. Those without a
 * position come last. `start` = where the worker is; null = the westernmost place is the first.
 */
export const walkOrder = <T extends { position: LngLat | null }>(places: readonly T[], start: LngLat | null): T[] => {
  const left = places.filter(({ position }) => position !== null);
  const west = left.reduce<LngLat | null>(
    (best, { position }) => (position && (!best || position[0] < best[0]) ? position : best),
    null,
  );
  const walked: T[] = [];
  let here = start ?? west;
  while (left.length > 0 && here) {
    const [x, y] = here;
    const narrow = Math.cos((y * Math.PI) / 180);
    const apart = ({ position }: T) => Math.hypot(((position?.[0] ?? x) - x) * narrow, (position?.[1] ?? y) - y);
    const next = left.reduce((best, _, i) => (apart(left[i] as T) < apart(left[best] as T) ? i : best), 0);
    const [place] = left.splice(next, 1);
    if (!place) break;
    walked.push(place);
    here = place.position;
  }
  return [...walked, ...places.filter(({ position }) => position === null)];
};
