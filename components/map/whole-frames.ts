import type { Map as MapLibreMap } from 'maplibre-gl';

/** Longest that an unfinished picture is kept back, ms: where the one before still stands, and where nothing does. */
const patienceMs = { replaced: 4_000, empty: 300 };

export type Frames = {
  /** Draws nothing for so many ms: what is shown over the map comes first. */
  hold: (ms: number) => void;
  isHeld: () => boolean;
  /** Hands over the canvas right after the next whole frame: only then can it be read. */
  copyNext: (take: (canvas: HTMLCanvasElement) => void) => void;
};

/**
 * Keeps a map that stands still from drawing pictures whose sources are still being read or whose labels are still
 * being placed: the one before stays until the next is whole. What moves is drawn at once. Without this a change of
 * layers is drawn some six times, each a little more of it, and a wall flickers.
 */
export const drawWholeFrames = (map: MapLibreMap): Frames => {
  const { painter } = map;
  const draw = painter.render.bind(painter);
  let unfinishedSince: number | null = null;
  let isEmpty = true;
  let heldUntil = 0;
  let take: ((canvas: HTMLCanvasElement) => void) | null = null;
  // a canvas that was resized is empty
  map.on('resize', () => {
    isEmpty = true;
  });
  const isHeld = () => performance.now() < heldUntil;
  painter.render = (...frame) => {
    const now = performance.now();
    if (isHeld()) return;
    const isWhole = map.loaded() && !map._placementDirty;
    if (isWhole || map.isMoving()) unfinishedSince = null;
    else unfinishedSince ??= now;
    const patience = isEmpty ? patienceMs.empty : patienceMs.replaced;
    if (unfinishedSince !== null && now - unfinishedSince < patience) return;
    if (unfinishedSince !== null) unfinishedSince = now;
    isEmpty = false;
    draw(...frame);
    if (isWhole) take?.(map.getCanvas());
    if (isWhole) take = null;
  };
  return {
    hold: (ms) => {
      heldUntil = performance.now() + ms;
      setTimeout(() => map.triggerRepaint(), ms);
    },
    isHeld,
    copyNext: (next) => {
      take = next;
      map.triggerRepaint();
    },
  };
};
