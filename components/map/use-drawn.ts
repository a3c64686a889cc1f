'use client';

import type { Layer as DeckLayer } from '@deck.gl/core';
import { useEffect, useRef, useState } from 'react';
import { scaleCharacters } from '@/data/model/format';
import { loadGlyphs } from '../base/glyphs';
import type { Drawing } from './layer';
import { applyDrawings, nothingApplied } from './style-diff';
import type { MapAndOverlay } from './use-map';

/** Words a drawing writes on the map: their font files are loaded before it is applied, or they stay tofu. */
const wordsOf = (drawings: Drawing[]): string =>
  JSON.stringify(
    drawings.flatMap(({ sources }) =>
      Object.values(sources ?? {}).flatMap((source) => {
        const data = source.type === 'geojson' && typeof source.data === 'object' ? source.data : null;
        const features = data && 'features' in data ? data.features : [];
        return features.map(({ properties }) => [
          properties?.name,
          properties?.nameEn,
          properties?.value,
          properties?.words,
        ]);
      }),
    ),
  );

const isDeckLoaded = (layers: DeckLayer[]) => layers.every((layer) => !layer.props.visible || layer.isLoaded);

/**
 * Applies drawings to the map and tells when they are on screen: the style is idle, every tile and deck layer loaded.
 * `subject` names what is looked at; only a change of it starts the wait anew, a live update does not. Where the map
 * itself has nothing new to draw it is not drawn again.
 */
export const useDrawn = (
  loaded: MapAndOverlay | null,
  drawings: Drawing[],
  { isComplete, subject }: { isComplete: boolean; subject: string },
): boolean => {
  const applied = useRef({ map: loaded?.map, state: nothingApplied() });
  const [drawn, setDrawn] = useState<string | null>(null);
  const onMap = useRef<Drawing[] | null>(null);
  /** Whether something was applied that the map has not shown yet. */
  const isPending = useRef(true);
  const latest = useRef({ drawings, isComplete, subject });
  latest.current = { drawings, isComplete, subject };

  useEffect(() => {
    if (!loaded) return;
    let isCurrent = true;
    const apply = () => {
      if (!isCurrent) return;
      if (applied.current.map !== loaded.map) {
        applied.current = { map: loaded.map, state: nothingApplied() };
        isPending.current = true;
      }
      if (applyDrawings(loaded, drawings, applied.current.state)) isPending.current = true;
      onMap.current = drawings;
      if (isPending.current) loaded.map.triggerRepaint();
      else if (latest.current.isComplete && !loaded.frames.isHeld()) setDrawn(latest.current.subject);
    };
    void loadGlyphs(`ⅠⅡⅢⅣ${scaleCharacters}${wordsOf(drawings)}`).then(apply, apply);
    return () => {
      isCurrent = false;
    };
  }, [loaded, drawings]);

  useEffect(() => {
    if (!loaded || !isComplete) return;
    const { map, frames } = loaded;
    const look = () => {
      if (frames.isHeld()) return;
      const isApplied = onMap.current === latest.current.drawings;
      if (isApplied && isDeckLoaded(applied.current.state.deck) && !map.isMoving()) {
        isPending.current = false;
        setDrawn(subject);
      } else map.triggerRepaint();
    };
    map.on('idle', look);
    const isShown = !isPending.current && onMap.current === latest.current.drawings && !map.isMoving();
    if (isShown && !frames.isHeld()) setDrawn(subject);
    else if (isPending.current) map.triggerRepaint();
    return () => {
      map.off('idle', look);
    };
  }, [loaded, isComplete, subject]);

  return loaded !== null && isComplete && drawn === subject;
};
