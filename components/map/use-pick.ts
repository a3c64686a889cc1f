'use client';

import type { MapLibreOverlay } from '@deck.gl/maplibre';
import type { Map as MapLibreMap, MapMouseEvent } from 'maplibre-gl';
import { useEffect, useRef, useState } from 'react';
import type { View } from '@/data/model/view';
import { setHighlight } from './highlight';
import type { LayerContext, Picked, PickedFeature } from './layer';
import { togglePlace } from './place-choice';
import type { ShownLayer } from './use-layers';

/** Words at the pointer, px from the map's corner. */
export type Tooltip = { x: number; y: number; lines: string[] };

type Options = {
  map: MapLibreMap | null;
  overlay: MapLibreOverlay | null;
  answers: ShownLayer[];
  context: LayerContext | null;
  set: (patch: Partial<View>) => void;
  isInteractive: boolean;
  hasTooltip: boolean;
};

/** Milliseconds between two looks at what lies under a moving pointer. */
const hoverMs = 60;

/** Whatever lies under a point, topmost first: deck marks, then style features. */
const featuresAt = (map: MapLibreMap, overlay: MapLibreOverlay, x: number, y: number): PickedFeature[] => {
  const deck = overlay.pickObject({ x, y, radius: 3 });
  const found: PickedFeature[] = [];
  const object: unknown = deck?.object;
  // points in typed arrays have no object each: their index tells which one it is
  if (deck?.layer && deck.picked)
    found.push({ layerId: deck.layer.id, properties: (object ?? { index: deck.index }) as Record<string, unknown> });
  for (const { layer, properties } of map.queryRenderedFeatures([x, y])) found.push({ layerId: layer.id, properties });
  return found;
};

/** All that is picked at a point, topmost first. */
const picksAt = ({ map, overlay, answers, context }: Options, x: number, y: number): Picked[] => {
  if (!map || !overlay || !context) return [];
  return featuresAt(map, overlay, x, y).flatMap((feature) =>
    answers.flatMap(({ layer, data }) => (data && layer.pick?.(feature, data, context)) || []),
  );
};

/** The division under a point, whatever stands on it. */
const divisionAt = (options: Options, x: number, y: number): string | null => {
  const found = picksAt(options, x, y).find(({ selection }) => selection?.startsWith('division:'));
  return found?.selection?.slice('division:'.length) ?? null;
};

/** Zoom at which a place below the grid is looked at once one has gone down to it. */
const nearZoom: Readonly<Record<string, number>> = { block: 16.5, building: 17.5 };

/** Inside the division looked at there is no further division: one goes down to the block or building picked. */
const descendBelow = (map: MapLibreMap, options: Options, { point, lngLat }: MapMouseEvent): void => {
  const place = picksAt(options, point.x, point.y).find(({ selection }) => nearZoom[selection?.split(':')[0] ?? '']);
  if (!place?.selection) return;
  options.set({ selection: place.selection });
  map.easeTo({ center: lngLat, zoom: nearZoom[place.selection.split(':')[0] ?? ''], duration: 600 }, { byHand: true });
};

/** Click selects, with Shift adds a place to those chosen, double click descends, the pointer points: for every layer. */
export const usePick = (options: Options): Tooltip | null => {
  const { map, isInteractive } = options;
  const latest = useRef(options);
  latest.current = options;
  const [tooltip, setTooltip] = useState<Tooltip | null>(null);

  useEffect(() => {
    if (!map || !isInteractive) return;
    let lastHover = 0;
    const choose = (x: number, y: number) => {
      const [{ context, set }, code] = [latest.current, divisionAt(latest.current, x, y)];
      const patch = context && code ? togglePlace(context.view, context.divisions, code) : null;
      if (patch) set(patch);
    };
    const onClick = ({ point, originalEvent }: MapMouseEvent) => {
      if (originalEvent.shiftKey) return choose(point.x, point.y);
      const [picked] = picksAt(latest.current, point.x, point.y);
      if (picked?.camera) map.easeTo({ ...picked.camera, duration: 600 }, { byHand: true });
      else latest.current.set({ selection: picked?.selection ?? null });
    };
    const onDoubleClick = (event: MapMouseEvent) => {
      event.preventDefault();
      const code = divisionAt(latest.current, event.point.x, event.point.y);
      const isDeepest = code === null || code === latest.current.context?.view.division;
      if (isDeepest) descendBelow(map, latest.current, event);
      else latest.current.set({ division: code, camera: null, selection: null });
    };
    const onMove = ({ point }: MapMouseEvent) => {
      const now = performance.now();
      if (now - lastHover < hoverMs || map.isMoving()) return;
      lastHover = now;
      const [picked] = picksAt(latest.current, point.x, point.y);
      setHighlight(picked?.selection ?? null);
      map.getCanvas().style.cursor = picked ? 'pointer' : '';
      setTooltip(picked && latest.current.hasTooltip ? { x: point.x, y: point.y, lines: picked.lines } : null);
    };
    const onLeave = () => {
      setHighlight(null);
      setTooltip(null);
    };
    map.on('click', onClick);
    map.on('dblclick', onDoubleClick);
    map.on('mousemove', onMove);
    map.on('mouseout', onLeave);
    map.on('movestart', onLeave);
    return () => {
      map.off('click', onClick);
      map.off('dblclick', onDoubleClick);
      map.off('mousemove', onMove);
      map.off('mouseout', onLeave);
      map.off('movestart', onLeave);
    };
  }, [map, isInteractive]);
  return tooltip;
};
