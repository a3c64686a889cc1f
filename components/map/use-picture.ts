'use client';

import { type RefObject, useEffect, useRef, useState } from 'react';
import { keepPictures, pictureKey } from './kept-picture';
import type { Drawing } from './layer';
import type { MapAndOverlay } from './use-map';

/** A drawn map stands so long before it is copied, which takes one frame more; where data streams in it never is. */
const copyAfterMs = { scene: 400, change: 5_000 };
/** The map waits so long with its own frame, so that the picture is seen first. */
const holdMs = 150;

type Options = { drawings: Drawing[]; isKept: boolean; isComplete: boolean; isDrawn: boolean };

/**
 * Lays the picture of a scene that was drawn before over the map, when it would be drawn just so again; a wall without a
 * graphics card takes a quarter of a second for a frame. True while it is shown: until the map itself has drawn.
 */
export const usePicture = (
  loaded: MapAndOverlay | null,
  canvas: RefObject<HTMLCanvasElement | null>,
  { drawings, isKept, isComplete, isDrawn }: Options,
): boolean => {
  const [pictures] = useState(keepPictures);
  const [shown, setShown] = useState<Drawing[] | null>(null);
  const onMap = useRef<Drawing[] | null>(null);
  const isNewScene = useRef(true);

  // another map has other colours and words
  useEffect(() => (loaded ? pictures.clear : undefined), [pictures, loaded]);

  useEffect(() => {
    if (!loaded || !isKept || !isComplete || isDrawn) return;
    const { map, frames } = loaded;
    const show = () => {
      const picture = pictures.get(pictureKey(map, drawings));
      const context = canvas.current?.getContext('2d');
      setShown(picture && context ? drawings : null);
      if (!picture || !context) return;
      context.canvas.width = picture.width;
      context.canvas.height = picture.height;
      context.drawImage(picture, 0, 0);
      frames.hold(holdMs);
    };
    show();
    map.on('moveend', show);
    map.on('resize', show);
    return () => {
      map.off('moveend', show);
      map.off('resize', show);
    };
  }, [loaded, isKept, isComplete, isDrawn, drawings, pictures, canvas]);

  useEffect(() => {
    if (!isDrawn) isNewScene.current = true;
    if (!loaded || !isKept || !isDrawn) return;
    onMap.current = drawings;
    const { map, frames } = loaded;
    const wait = isNewScene.current ? copyAfterMs.scene : copyAfterMs.change;
    isNewScene.current = false;
    const timer = setTimeout(() => {
      const key = pictureKey(map, drawings);
      if (pictures.has(key)) return;
      frames.copyNext((drawn) => {
        if (onMap.current === drawings && pictureKey(map, drawings) === key)
          void createImageBitmap(drawn).then((picture) => pictures.put(key, picture));
      });
    }, wait);
    return () => {
      onMap.current = null;
      clearTimeout(timer);
    };
  }, [loaded, isKept, isDrawn, drawings, pictures]);

  return shown === drawings && !isDrawn;
};
