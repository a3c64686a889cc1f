'use client';

import type { Map as MapLibreMap } from 'maplibre-gl';
import { useCallback, useLayoutEffect, useRef } from 'react';
import type { Bbox, LngLat } from '@/data/model/geo';
import type { Camera, View } from '@/data/model/view';
import type { Divisions } from '../feed/divisions';
import { fillBox } from './fill-box';
import { type Box, fitClear } from './fit';

export type Padding = { top: number; right: number; bottom: number; left: number };

/** What a screen frames instead of the division looked at: points, room kept free around them in px, the closest zoom. */
export type Framing = { points: readonly LngLat[]; padding: Padding; maxZoom: number };

const flyMs = 1_600;
const maxPitch = 50;
/** A grid of a few houses is not looked at closer than this. */
const maxFitZoom = 17;

const isCalm = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches;

const cameraOf = (map: MapLibreMap): Camera => {
  const { lng, lat } = map.getCenter();
  const round = (value: number, digits: number) => Number(value.toFixed(digits));
  return {
    lng: round(lng, 5),
    lat: round(lat, 5),
    zoom: round(map.getZoom(), 2),
    pitch: round(map.getPitch(), 0),
    bearing: round(map.getBearing(), 0),
  };
};

type Options = {
  map: MapLibreMap | null;
  view: View;
  set: (patch: Partial<View>) => void;
  divisions: Divisions;
  padding: Padding;
  framing: Framing | undefined;
  isStill: boolean;
  /** Corners of the division looked at; empty until its outline is there. */
  outline: LngLat[];
  /** What is looked at: with another scene, other legends and panels stand on the map. */
  subject: string;
};

/** Free room inside the padding: 2.5 % of the shorter side on all sides, so that the division fills the map. */
const roomOf = (container: HTMLElement, padding: Padding): Box => {
  const { clientWidth, clientHeight } = container;
  const extra = 0.025 * Math.min(clientWidth, clientHeight);
  return {
    left: padding.left + extra,
    top: padding.top + extra,
    right: clientWidth - padding.right - extra,
    bottom: clientHeight - padding.bottom - extra,
  };
};

const covering = '[data-legend] > *, [data-panel], [data-map-cover]';

/** Legends and panels that stand on the map, and its buttons if `also` names them: the outline keeps clear of the first. */
export const coversOf = (container: HTMLElement, also = ''): Box[] => {
  const stage = container.closest('[data-map]');
  const own = container.getBoundingClientRect();
  const covers = stage?.parentElement?.querySelectorAll(`${covering}${also}`) ?? [];
  const gap = 0.012 * own.height;
  return [...covers].flatMap((cover) => {
    const { left, top, right, bottom, width } = cover.getBoundingClientRect();
    if (width === 0) return [];
    return {
      left: left - own.left - gap,
      top: top - own.top - gap,
      right: right - own.left + gap,
      bottom: bottom - own.top + gap,
    };
  });
};

const cornersOf = ([west, south, east, north]: Bbox): LngLat[] => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
];

/** Frames the division looked at, or what the screen asks for. The first time and after a resize the camera jumps; else it flies, at most 1.6 s. */
const frame = ({ map, view, divisions, padding, framing, isStill, outline }: Options, isJump: boolean) => {
  const bbox = (divisions.byCode(view.division) ?? divisions.root).bbox ?? divisions.root.bbox;
  const division = outline.length > 0 ? outline : bbox ? cornersOf(bbox) : [];
  const { points, maxZoom, ...room } = framing ?? { points: division, padding, maxZoom: maxFitZoom };
  if (!map || points.length === 0) return;
  const container = map.getContainer();
  const stage = { width: container.clientWidth, height: container.clientHeight };
  const target = fitClear(points, stage, roomOf(container, room.padding), coversOf(container), maxZoom);
  if (!target) return;
  const to = { ...target, pitch: 0, bearing: 0 };
  if (isJump || isStill || isCalm()) map.jumpTo(to);
  else map.flyTo({ ...to, maxDuration: flyMs, essential: true });
};

/** What a frame was made for: it is made anew when this has changed. */
const framedKey = ({ map, view, outline, framing }: Options): string =>
  JSON.stringify([
    view.division,
    framing?.points,
    outline.length,
    map ? coversOf(map.getContainer()).map(Object.values) : [],
  ]);

/**
 * Owns the camera, which stands before the page is painted: a picture kept of the map is of one camera. The View's camera wins; without one the map frames the View's division. Choosing another division
 * lets go of a camera set by hand. Moves by hand are written to the View when they end.
 */
export const useCamera = (options: Options): { fit: () => void } => {
  const { map, view, set, padding, framing, outline, subject } = options;
  const latest = useRef(options);
  latest.current = options;
  const framed = useRef('');
  const before = useRef<{ division: string | null; camera: Camera | null } | null>(null);

  const frameNow = useCallback((isJump: boolean) => {
    framed.current = framedKey(latest.current);
    frame(latest.current, isJump);
  }, []);
  const makeWay = useCallback(() => {
    const { map: current, view: seen } = latest.current;
    if (current && !current.isMoving() && !seen.camera && framedKey(latest.current) !== framed.current) frameNow(true);
  }, [frameNow]);

  // a map is told of its box after the next layout of the page, too late for the camera of this one
  // biome-ignore lint/correctness/useExhaustiveDependencies: another subject may stand in another box
  useLayoutEffect(() => {
    if (map) fillBox(map);
  }, [map, subject]);

  useLayoutEffect(() => {
    if (!map) return;
    const last = before.current;
    before.current = { division: view.division, camera: view.camera };
    const hasDescended = last !== null && last.division !== view.division;
    if (hasDescended && view.camera && view.camera === last.camera) {
      set({ camera: null });
      return;
    }
    if (!view.camera) return frameNow(last === null);
    const { lng, lat, zoom, pitch, bearing } = view.camera;
    if (JSON.stringify(cameraOf(map)) === JSON.stringify(view.camera)) return;
    map.jumpTo({ center: [lng, lat], zoom, pitch: Math.min(pitch, maxPitch), bearing });
  }, [map, view.division, view.camera, set, frameNow]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: room and what is framed alone frame anew
  useLayoutEffect(() => {
    if (map && !latest.current.view.camera && !map.isMoving()) frameNow(true);
  }, [map, outline, framing?.points, padding.top, padding.right, padding.bottom, padding.left]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another subject alone
  useLayoutEffect(makeWay, [makeWay, subject]);

  useLayoutEffect(() => {
    if (!map) return;
    const onResize = () => {
      if (!latest.current.view.camera) frameNow(true);
    };
    const onMoveEnd = (event: { originalEvent?: unknown; byHand?: boolean }) => {
      if (event.originalEvent || event.byHand) latest.current.set({ camera: cameraOf(map) });
    };
    map.on('resize', onResize);
    map.on('moveend', onMoveEnd);
    // legends and panels come in after the map: once all is still, make way for those that stand there now
    map.on('idle', makeWay);
    return () => {
      map.off('idle', makeWay);
      map.off('resize', onResize);
      map.off('moveend', onMoveEnd);
    };
  }, [map, frameNow, makeWay]);

  const fit = useCallback(() => {
    latest.current.set({ camera: null });
    frameNow(false);
  }, [frameNow]);
  return { fit };
};
