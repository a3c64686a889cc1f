import type { Map as MapLibreMap } from 'maplibre-gl';

/** Longest that an unfinished picture is kept back, ms: where the one before still stands, and where nothing does. */
const patienceMs = { replaced: 4_000, empty: 300 };

export type Frames = {
  /** Draws nothing until it is released: a picture of it stands over the map. */
  hold: () => void;
  release: () => void;
  isHeld: () => boolean;
  /** Does something once nothing is held: now, or on release. */
  whenFree: (work: () => void) => void;
  /** Whether the camera has moved since the last whole frame. */
  isBehind: () => boolean;
  /** Whether the canvas was drawn whole just now: only within the task of a frame can it be read. */
  isFresh: () => boolean;
  /** Draws once more and hands over the canvas of the next whole frame. */
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
  let isHeld = false;
  let isFresh = false;
  let isBehind = true;
  let waiting: (() => void)[] = [];
  let take: ((canvas: HTMLCanvasElement) => void) | null = null;
  // a canvas that was resized is empty
  map.on('resize', () => {
    isEmpty = true;
    isBehind = true;
  });
  map.on('move', () => {
    isFresh = false;
    isBehind = true;
  });
  const release = () => {
    if (!isHeld) return;
    isHeld = false;
    const works = waiting;
    waiting = [];
    for (const work of works) work();
    map.triggerRepaint();
  };
  painter.render = (...frame) => {
    const now = performance.now();
    if (isHeld) return;
    const isWhole = map.loaded() && !map._placementDirty;
    if (isWhole || map.isMoving()) unfinishedSince = null;
    else unfinishedSince ??= now;
    const patience = isEmpty ? patienceMs.empty : patienceMs.replaced;
    if (unfinishedSince !== null && now - unfinishedSince < patience) return;
    if (unfinishedSince !== null) unfinishedSince = now;
    isEmpty = false;
    draw(...frame);
    if (!isWhole) return;
    take?.(map.getCanvas());
    take = null;
    isBehind = false;
    isFresh = true;
    queueMicrotask(() => {
      isFresh = false;
    });
  };
  return {
    hold: () => {
      isHeld = true;
    },
    release,
    isHeld: () => isHeld,
    whenFree: (work) => {
      if (isHeld) waiting.push(work);
      else work();
    },
    isBehind: () => isBehind,
    isFresh: () => isFresh,
    copyNext: (next) => {
      take = next;
      map.triggerRepaint();
    },
  };
};
