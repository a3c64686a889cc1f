'use client';

import { type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useState } from 'react';
import { type KeptPictures, pictureKey } from './kept-picture';
import type { Drawing } from './layer';
import type { MapAndOverlay } from './use-map';

/** What changed on a drawn map stands so long before it is copied, which takes a frame: where data streams in it never is. */
const copyAfterMs = 5_000;

export type Pictures = {
  kept: KeptPictures;
  /** Keeps the picture of drawings whose frame was just drawn. */
  take: (drawings: readonly Drawing[]) => void;
};

/** The pictures that a map keeps and is shown by; null where none are kept. */
export const usePictures = (loaded: MapAndOverlay | null, kept: KeptPictures | null): Pictures | null => {
  const take = useCallback(
    (drawings: readonly Drawing[]) => {
      if (!kept || !loaded?.frames.isFresh()) return;
      const key = pictureKey(loaded, drawings);
      if (!kept.has(key)) void createImageBitmap(loaded.map.getCanvas()).then((picture) => kept.put(key, picture));
    },
    [loaded, kept],
  );
  return useMemo(() => kept && { kept, take }, [kept, take]);
};

type Options = {
  drawings: Drawing[];
  subject: string;
  pictures: Pictures | null;
  isComplete: boolean;
  isDrawn: boolean;
};
/** What the picture shows; `drawings` null once that is no longer what is to be drawn. */
type Laid = { subject: string; drawings: Drawing[] | null };

const paint = (canvas: HTMLCanvasElement | null, picture: ImageBitmap): boolean => {
  const context = canvas?.getContext('2d');
  if (!context) return false;
  context.canvas.width = picture.width;
  context.canvas.height = picture.height;
  context.drawImage(picture, 0, 0);
  return true;
};

/**
 * Lays the picture of a scene that was drawn before over the map, when it would be drawn just so again; a wall without a
 * graphics card takes a quarter of a second for a frame, so that none is drawn while the picture stands. `isTrue` while it
 * shows what is to be drawn now. What changes makes the map draw at once; until it has, what was seen last stays, and is
 * not called drawn.
 */
export const usePicture = (
  loaded: MapAndOverlay | null,
  canvas: RefObject<HTMLCanvasElement | null>,
  { drawings, subject, pictures, isComplete, isDrawn }: Options,
): { isLaid: boolean; isTrue: boolean } => {
  const [laid, setLaid] = useState<Laid | null>(null);

  // before the page is painted: the picture comes with its scene
  useLayoutEffect(() => {
    if (isDrawn) setLaid(null);
    if (!loaded || !pictures || !isComplete || isDrawn) return;
    const { map, frames } = loaded;
    const show = () => {
      const picture = map.isMoving() ? null : pictures.kept.get(pictureKey(loaded, drawings));
      if (picture && paint(canvas.current, picture)) {
        frames.hold();
        setLaid({ subject, drawings });
      } else {
        frames.release();
        const box = map.getCanvas();
        const fits = canvas.current?.width === box.width && canvas.current.height === box.height;
        setLaid((before) => (before && fits ? { ...before, drawings: null } : null));
      }
    };
    show();
    map.on('moveend', show);
    map.on('resize', show);
    return () => {
      map.off('moveend', show);
      map.off('resize', show);
    };
  }, [loaded, pictures, isComplete, isDrawn, drawings, subject, canvas]);

  useEffect(() => {
    if (!loaded || !pictures || !isDrawn) return;
    const { frames } = loaded;
    let isCurrent = true;
    const timer = setTimeout(() => {
      const key = pictureKey(loaded, drawings);
      if (pictures.kept.has(key)) return;
      frames.copyNext((drawn) => {
        if (isCurrent && pictureKey(loaded, drawings) === key)
          void createImageBitmap(drawn).then((picture) => pictures.kept.put(key, picture));
      });
    }, copyAfterMs);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [loaded, pictures, isDrawn, drawings]);

  const isLaid = laid !== null && !isDrawn;
  return { isLaid, isTrue: isLaid && laid.subject === subject && laid.drawings === drawings };
};
