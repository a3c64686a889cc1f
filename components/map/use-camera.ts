'use client';

import type { Map as MapLibreMap } from 'maplibre-gl';
import { useCallback, useEffect, useRef } from 'react';
import type { Camera, View } from '@/data/model/view';
import type { Divisions } from '../feed/divisions';

export type Padding = { top: number; right: number; bottom: number; left: number };

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

/** Free room around a division inside its padding: 3 % of the shorter side, so that it fills the map. */
const roomOf = (map: MapLibreMap, padding: Padding): Padding => {
  const { clientWidth, clientHeight } = map.getContainer();
  const extra = 0.03 * Math.min(clientWidth, clientHeight);
  return {
    top: padding.top + extra,
    right: padding.right + extra,
    bottom: padding.bottom + extra,
    left: padding.left + extra,
  };
};

type Options = {
  map: MapLibreMap | null;
  view: View;
  set: (patch: Partial<View>) => void;
  divisions: Divisions;
  padding: Padding;
  isStill: boolean;
};

/** Frames the division looked at. The first time and after a resize the camera jumps; else it flies, at most 1.6 s. */
const frame = ({ map, view, divisions, padding, isStill }: Options, isJump: boolean) => {
  const node = divisions.byCode(view.division) ?? divisions.root;
  const bbox = node.bbox ?? divisions.root.bbox;
  if (!map || !bbox) return;
  const target = map.cameraForBounds(bbox, { padding: roomOf(map, padding), maxZoom: maxFitZoom });
  if (!target) return;
  const to = { ...target, pitch: 0, bearing: 0 };
  if (isJump || isStill || isCalm()) map.jumpTo(to);
  else map.flyTo({ ...to, maxDuration: flyMs, essential: true });
};

/**
 * Owns the camera. The View's camera wins; without one the map frames the View's division. Choosing another division
 * lets go of a camera set by hand. Moves by hand are written to the View when they end.
 */
export const useCamera = (options: Options): { fit: () => void } => {
  const { map, view, set, padding } = options;
  const latest = useRef(options);
  latest.current = options;
  const before = useRef<{ division: string | null; camera: Camera | null } | null>(null);

  useEffect(() => {
    if (!map) return;
    const last = before.current;
    before.current = { division: view.division, camera: view.camera };
    const hasDescended = last !== null && last.division !== view.division;
    if (hasDescended && view.camera && view.camera === last.camera) {
      set({ camera: null });
      return;
    }
    if (!view.camera) return frame(latest.current, last === null);
    const { lng, lat, zoom, pitch, bearing } = view.camera;
    if (JSON.stringify(cameraOf(map)) === JSON.stringify(view.camera)) return;
    map.jumpTo({ center: [lng, lat], zoom, pitch: Math.min(pitch, maxPitch), bearing });
  }, [map, view.division, view.camera, set]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of padding alone frames anew
  useEffect(() => {
    if (map && !latest.current.view.camera) frame(latest.current, true);
  }, [map, padding.top, padding.right, padding.bottom, padding.left]);

  useEffect(() => {
    if (!map) return;
    const onResize = () => {
      if (!latest.current.view.camera) frame(latest.current, true);
    };
    const onMoveEnd = (event: { originalEvent?: unknown; byHand?: boolean }) => {
      if (event.originalEvent || event.byHand) latest.current.set({ camera: cameraOf(map) });
    };
    map.on('resize', onResize);
    map.on('moveend', onMoveEnd);
    return () => {
      map.off('resize', onResize);
      map.off('moveend', onMoveEnd);
    };
  }, [map]);

  const fit = useCallback(() => {
    latest.current.set({ camera: null });
    frame(latest.current, false);
  }, []);
  return { fit };
};
