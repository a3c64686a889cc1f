'use client';

import { MapLibreOverlay } from '@deck.gl/maplibre';
import { Map as MapLibreMap, setWorkerUrl } from 'maplibre-gl';
import { type RefObject, useEffect, useState } from 'react';
import type { Bbox } from '@/data/model/geo';
import { basemapStyle } from './basemap';
import { followBox } from './fill-box';
import { hasGraphicsCard } from './graphics';
import type { MapSize } from './layer';
import type { Palette } from './palette';
import { drawWholeFrames, type Frames } from './whole-frames';

setWorkerUrl(new URL('maplibre-gl/dist/maplibre-gl-worker.mjs', import.meta.url).toString());

/** Larger than any wall; the library's own limit of 4096² draws walls small and stretched. */
const maxCanvasSize: [number, number] = [16_384, 16_384];

type Options = {
  container: RefObject<HTMLDivElement | null>;
  size: MapSize;
  palette: Palette;
  theme: 'dark' | 'light';
  lang: 'zh' | 'en';
  captionPx: number | null;
  bounds: Bbox | null;
  isInteractive: boolean;
  onLost: () => void;
};

/** What the base map is drawn in: another one is another map. */
type Look = { palette: Palette; lang: 'zh' | 'en'; captionPx: number };
export type MapAndOverlay = { map: MapLibreMap; overlay: MapLibreOverlay; frames: Frames; look: Look };

/** `end` takes all of it off the page. */
type Built = MapAndOverlay & { end: () => void };

const isAsLargeAsItsBox = (map: MapLibreMap): boolean => {
  const { width, clientWidth } = map.getCanvas();
  return Math.abs(width - clientWidth * map.getPixelRatio()) <= 1;
};

/** No camera here is tilted as far as a horizon, yet a sky is drawn under every frame: a fifth of it on software GL. */
const dropSky = ({ painter }: MapLibreMap): void => {
  painter.drawFunctions = { ...painter.drawFunctions, sky: () => undefined };
};

const build = (container: HTMLDivElement, options: Options & { captionPx: number }): Built => {
  const { size, palette, theme, lang, captionPx, bounds, isInteractive } = options;
  const map = new MapLibreMap({
    container,
    style: basemapStyle({ palette, theme, lang, captionPx }),
    ...(bounds ? { bounds } : {}),
    interactive: isInteractive,
    attributionControl: false,
    maxCanvasSize,
    trackResize: false,
    maxPitch: 50,
    maxZoom: 19,
    fadeDuration: 0,
    doubleClickZoom: false,
    cooperativeGestures: false,
    canvasContextAttributes: { antialias: size !== 'wall' && hasGraphicsCard() },
    ...(size === 'wall' ? { pixelRatio: 1 } : {}),
    localIdeographFontFamily: '"Noto Sans SC Variable"',
  });
  dropSky(map);
  const frames = drawWholeFrames(map);
  const unfollow = followBox(map);
  let observed: { destroy: () => void } | null = null;
  const overlay = new MapLibreOverlay({
    interleaved: true,
    layers: [],
    onDeviceInitialized: (device) => {
      observed = device.getDefaultCanvasContext();
    },
  });
  map.addControl(overlay);
  const end = () => {
    unfollow();
    map.remove();
    // deck.gl 9.4 leaves a device it was lent as it is, and with it a media query that holds the canvas
    observed?.destroy();
  };
  return { map, overlay, frames, look: { palette, lang, captionPx }, end };
};

/**
 * Tells of a lost WebGL context, and keeps the map from hearing of it: it is made anew, for deck.gl does not recover, and
 * what maplibre-gl 6.17 does by itself leaves a listener behind that holds the whole map (`Style.destroy`).
 */
const watchLoss = (container: HTMLDivElement, onLost: () => void): (() => void) => {
  const tell = (event: Event) => {
    event.stopPropagation();
    onLost();
  };
  container.addEventListener('webglcontextlost', tell, true);
  return () => container.removeEventListener('webglcontextlost', tell, true);
};

/**
 * The one map and overlay of a screen; null until the style stands. Theme, language or text size make a new map: its
 * style and glyphs are built from them. A lost WebGL context is reported.
 */
export const useMap = (options: Options): MapAndOverlay | null => {
  const { container, palette, lang, captionPx, isInteractive, size, onLost } = options;
  const [loaded, setLoaded] = useState<MapAndOverlay | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the first bounds only; later ones move the camera
  useEffect(() => {
    if (!container.current || captionPx === null) return;
    const made = build(container.current, { ...options, captionPx });
    made.map.once('load', () => {
      if (!isAsLargeAsItsBox(made.map))
        console.error(`The map is drawn smaller than its box: ${made.map.getCanvas().width} px.`);
      setLoaded(made);
    });
    const unwatch = watchLoss(container.current, onLost);
    return () => {
      unwatch();
      setLoaded(null);
      made.end();
    };
  }, [container, palette, lang, captionPx, isInteractive, size, onLost]);
  return loaded;
};
