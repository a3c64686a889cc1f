'use client';

import type { Layer as DeckLayer } from '@deck.gl/core';
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { scaleCharacters } from '@/data/model/format';
import { loadGlyphs } from '../base/glyphs';
import type { Drawing } from './layer';
import { applyDrawings, nothingApplied } from './style-diff';
import type { MapAndOverlay } from './use-map';
import type { Pictures } from './use-picture';

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

type Options = {
  isComplete: boolean;
  subject: string;
  pictures: Pictures | null;
  /** Drawings last put on the map. */
  onMap: RefObject<readonly Drawing[] | null>;
  /** The map shows these drawings. */
  onShown: (drawings: readonly Drawing[]) => void;
};

/**
 * Applies drawings to the map and tells when they are on screen: the style is idle, every tile and deck layer loaded.
 * `subject` names what is looked at; only a change of it starts the wait anew, a live update does not. Where the map
 * itself has nothing new to draw it is not drawn again.
 */
export const useDrawn = (
  loaded: MapAndOverlay | null,
  drawings: Drawing[],
  { isComplete, subject, pictures, onMap, onShown }: Options,
): boolean => {
  const applied = useRef({ map: loaded?.map, state: nothingApplied() });
  const [drawn, setDrawn] = useState<string | null>(null);
  /** Whether something was applied that the map has not shown yet. */
  const isPending = useRef(true);
  const latest = useRef({ drawings, isComplete, subject, drawn });
  latest.current = { drawings, isComplete, subject, drawn };

  // what was left is not drawn any more, even where it comes back before the map has drawn another
  useLayoutEffect(() => setDrawn((before) => (before === subject ? before : null)), [subject]);

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
      if (isPending.current) return loaded.map.triggerRepaint();
      onShown(drawings);
      if (latest.current.isComplete && !loaded.frames.isBehind()) setDrawn(latest.current.subject);
    };
    // under a picture the map is left alone: a scene that is left soon is never put on it
    const applyWhenFree = () => loaded.frames.whenFree(apply);
    void loadGlyphs(`ⅠⅡⅢⅣ${scaleCharacters}${wordsOf(drawings)}`).then(applyWhenFree, applyWhenFree);
    return () => {
      isCurrent = false;
    };
  }, [loaded, drawings, onMap, onShown]);

  useEffect(() => {
    if (!loaded || !isComplete) return;
    const { map, frames } = loaded;
    const isOnTheWay = () => map.isMoving() || frames.isBehind();
    const look = () => {
      if (frames.isHeld()) return;
      const isApplied = onMap.current === latest.current.drawings;
      if (isApplied && isDeckLoaded(applied.current.state.shown) && !isOnTheWay()) {
        isPending.current = false;
        onShown(latest.current.drawings);
        if (latest.current.drawn !== subject) pictures?.take(latest.current.drawings);
        setDrawn(subject);
      } else map.triggerRepaint();
    };
    map.on('idle', look);
    const isShown = !isPending.current && onMap.current === latest.current.drawings && !isOnTheWay();
    if (isShown && !frames.isHeld()) setDrawn(subject);
    else if (isPending.current) map.triggerRepaint();
    return () => {
      map.off('idle', look);
    };
  }, [loaded, isComplete, subject, pictures, onMap, onShown]);

  return loaded !== null && isComplete && drawn === subject;
};
