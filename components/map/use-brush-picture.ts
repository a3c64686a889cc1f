'use client';

import type { Position } from 'geojson';
import { type RefObject, useCallback, useEffect, useRef } from 'react';
import { addPicture, isMapTold } from '../feed/brush';
import { ownersOf, type Ring } from './area-raster';
import { fontStack } from './basemap';
import { copyFill, type FillCopy } from './fill-copy';
import { makeTinted, type Tinted, tint } from './fill-tint';
import { pictureKey } from './kept-picture';
import type { Drawing, LayerContext, PlaceWords, Tints } from './layer';
import { wordLook } from './place-label';
import type { ShownLayer } from './use-layers';
import type { MapAndOverlay } from './use-map';

type Inputs = {
  answers: readonly ShownLayer[];
  context: LayerContext | null;
  drawings: readonly Drawing[];
  isComplete: boolean;
};
type Latest = Inputs & { loaded: MapAndOverlay };

/** The copy, what it is a copy of, and the places whose words stood on the map. */
type Copied = { key: string; areas: Tints['areas']; tinted: Tinted; named: ReadonlySet<string> };

const tinting = (answers: readonly ShownLayer[]) => answers.find(({ layer }) => layer.tints);
const wording = (answers: readonly ShownLayer[]) => answers.find(({ layer }) => layer.words);

const tintsOf = ({ answers, context }: Inputs, at: 'data' | 'now'): Tints | null => {
  const answer = tinting(answers);
  const data = at === 'now' ? answer?.now() : answer?.data;
  return (data && context && answer?.layer.tints?.(data, context)) || null;
};

/** Style layers of the map that write the words of a layer. */
const wordLayers = ({ loaded: { map }, answers }: Latest): string[] => {
  const key = wording(answers)?.layer.key;
  return key === undefined ? [] : map.getLayersOrder().filter((id) => id === key || id.startsWith(`${key}-`));
};

/** What a copy depends on: the camera and all that is drawn but the fill and the words that follow. */
const keyOf = ({ loaded, answers, drawings, context }: Latest): string => {
  const own = new Set([tinting(answers)?.layer.key, wording(answers)?.layer.key]);
  const others = drawings.filter(({ sources }) => !Object.keys(sources ?? {}).some((id) => own.has(id)));
  return `${pictureKey(loaded, others)} ${context?.theme}`;
};

const ringsOf = ({ map }: MapAndOverlay, ratio: number, { features }: Tints['areas']): Ring[][] =>
  features.map(({ geometry }) => {
    const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
    return polygons.flat().map((ring: Position[]) =>
      ring.map(([lng = 0, lat = 0]): [number, number] => {
        const { x, y } = map.project([lng, lat]);
        return [x * ratio, y * ratio];
      }),
    );
  });

/** Whose each pixel of a copy is, by the index of its area. */
const ownersIn = (loaded: MapAndOverlay, { width, height }: FillCopy, areas: Tints['areas']): Int16Array => {
  const rings = ringsOf(loaded, loaded.map.getPixelRatio(), areas);
  const raster = ownersOf(rings, 1, { left: 0, top: 0, right: width, bottom: height });
  const owners = new Int16Array(width * height).fill(-1);
  for (let row = 0; row < raster.rows; row += 1)
    for (let column = 0; column < raster.columns; column += 1) {
      const [x, y] = [Math.round(raster.left) + column, Math.round(raster.top) + row];
      const owner = raster.owner[row * raster.columns + column] ?? -1;
      if (x >= 0 && y >= 0 && x < width && y < height) owners[y * width + x] = owner;
    }
  return owners;
};

const write = (
  canvas: CanvasRenderingContext2D,
  { map }: MapAndOverlay,
  words: readonly PlaceWords[],
  { palette, theme, captionPx }: LayerContext,
): void => {
  const ratio = map.getPixelRatio();
  const height = captionPx * ratio * wordLook.lineHeight;
  const family = fontStack.regular.map((name) => `"${name}"`).join(', ');
  Object.assign(canvas, { textAlign: 'center', textBaseline: 'middle', lineJoin: 'round' });
  canvas.fillStyle = wordLook.colour(palette);
  canvas.strokeStyle = wordLook.halo(palette, theme);
  canvas.lineWidth = captionPx * ratio * wordLook.haloWidth * 2;
  for (const { at, lines } of words) {
    const { x, y } = map.project(at);
    const told = lines.filter(Boolean);
    told.forEach((line, i) => {
      canvas.font = `${line === lines[1] ? 600 : 400} ${captionPx * ratio}px ${family}`;
      const down = y * ratio + (i - (told.length - 1) / 2) * height;
      canvas.strokeText(line, x * ratio, down);
      canvas.fillText(line, x * ratio, down);
    });
  }
};

/** Keeps the copy of a map and shows it in the colours of a brush. */
const makePicture = (canvas: HTMLCanvasElement, latest: RefObject<Latest>, isOnMap: () => boolean) => {
  let copied: Copied | null = null;
  let end: (() => void) | null = null;
  let isWanted = false;
  const brush = canvas.getContext('2d', { willReadFrequently: true });
  /** Keeps a copy of a frame that shows the answers as they were last told. */
  const take = (copy: FillCopy): boolean => {
    const { loaded } = latest.current;
    const tints = tintsOf(latest.current, 'data');
    if (!tints || !isOnMap()) return false;
    end = null;
    const codes = tints.areas.features.map(({ properties }) => properties.code);
    const written = loaded.map.queryRenderedFeatures({ layers: wordLayers(latest.current) });
    const tinted = makeTinted(copy, ownersIn(loaded, copy, tints.areas), codes, tints.colours);
    copied = {
      key: keyOf(latest.current),
      areas: tints.areas,
      tinted,
      named: new Set(written.map(({ properties }) => properties.code)),
    };
    Object.assign(canvas, { width: copy.width, height: copy.height });
    if (isWanted) paint();
    return true;
  };
  const copyNow = () => {
    const { loaded, isComplete } = latest.current;
    const tints = tintsOf(latest.current, 'data');
    if (!tints || !isComplete || copied?.key === keyOf(latest.current) || end) return;
    end = copyFill(loaded.map, loaded.frames, { fill: tints.fill, words: wordLayers(latest.current) }, take);
  };
  const hide = () => {
    isWanted = false;
    canvas.hidden = true;
  };
  const paint = (): boolean => {
    const { loaded, answers, context } = latest.current;
    const tints = tintsOf(latest.current, 'now');
    if (!tints || !context || !brush || copied?.key !== keyOf(latest.current) || tints.areas !== copied.areas) {
      hide();
      copyNow();
      isWanted = end !== null;
      return isWanted;
    }
    isWanted = true;
    const { tinted, named } = copied;
    tint(tinted, tints.colours);
    brush.putImageData(new ImageData(tinted.data, tinted.copy.width, tinted.copy.height), 0, 0);
    const labelled = wording(answers);
    const words = labelled?.now();
    const written = (words && labelled?.layer.words?.(words, context)) || [];
    write(
      brush,
      loaded,
      written.filter(({ code }) => named.has(code)),
      context,
    );
    canvas.hidden = false;
    return true;
  };
  return {
    /** Copies the map as it stands, in a moment in which nothing else is to be done. */
    prepare: () => {
      requestIdleCallback(copyNow, { timeout: 250 });
    },
    paint,
    hide,
    drop: () => {
      end?.();
      end = null;
      copied = null;
      hide();
    },
  };
};

/**
 * A picture of the map that follows a brush while the hand moves: a copy of the map in which areas take other colours and
 * places other words, so that none of it is drawn again. Hidden once the map shows the same. Returns what is to be told of
 * what is put on the map and what it has come to show.
 */
export const useBrushPicture = (
  loaded: MapAndOverlay | null,
  canvas: RefObject<HTMLCanvasElement | null>,
  inputs: Inputs,
): { onMap: RefObject<readonly Drawing[] | null>; onShown: (drawings: readonly Drawing[]) => void } => {
  const latest = useRef<Latest | null>(null);
  latest.current = loaded && { loaded, ...inputs };
  const onMap = useRef<readonly Drawing[] | null>(null);
  const shown = useRef<readonly Drawing[] | null>(null);
  const hide = useRef<(() => void) | null>(null);
  const settle = useCallback(() => {
    if (latest.current?.isComplete && latest.current.drawings === shown.current && isMapTold()) hide.current?.();
  }, []);
  useEffect(settle);
  useEffect(() => {
    if (!loaded || !canvas.current) return;
    const { map } = loaded;
    const isOnMap = () => latest.current?.isComplete === true && latest.current.drawings === onMap.current;
    const picture = makePicture(canvas.current, latest as RefObject<Latest>, isOnMap);
    hide.current = picture.hide;
    const remove = addPicture(picture);
    map.on('movestart', picture.drop);
    map.on('resize', picture.drop);
    return () => {
      remove();
      map.off('movestart', picture.drop);
      map.off('resize', picture.drop);
      picture.drop();
      shown.current = null;
    };
  }, [loaded, canvas]);
  const onShown = useCallback(
    (drawings: readonly Drawing[]) => {
      shown.current = drawings;
      settle();
    },
    [settle],
  );
  return { onMap, onShown };
};
