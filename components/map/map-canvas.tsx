'use client';

import 'maplibre-gl/dist/maplibre-gl.css';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTick } from '../feed/clock';
import { useDivisions } from '../feed/divisions';
import { useLive } from '../feed/live';
import { useText } from '../feed/text';
import { useView } from '../feed/view';
import { MapContext, type StageMap } from './anchor';
import { useHighlight } from './highlight';
import type { LayerContext } from './layer';
import { useListed } from './listed';
import { MapControls } from './map-controls';
import { useMapMemory } from './map-memory';
import { useMapRoom } from './map-room';
import type { MapStageProps } from './map-stage';
import styles from './map-stage.module.css';
import { Overlaid } from './overlaid';
import { useBase } from './use-base';
import { useBrushPicture } from './use-brush-picture';
import { useCamera } from './use-camera';
import { useDrawn } from './use-drawn';
import { useFrame } from './use-frame';
import { useLayers } from './use-layers';
import { type MapAndOverlay, useMap } from './use-map';
import { useClearDrawing, useMapSeams } from './use-map-seams';
import { useNames } from './use-names';
import { useOutline } from './use-outline';
import { usePick } from './use-pick';
import { usePicture, usePictures } from './use-picture';
import { usePlaceFrame } from './use-place-frame';
import { useTheme } from './use-theme';

const nothing: LayerContext['covers'] = [];
const noPadding = { top: 0, right: 0, bottom: 0, left: 0 };

/** Height of caption text in the container, px. */
const useCaptionPx = (container: React.RefObject<HTMLDivElement | null>): number | null => {
  const [px, setPx] = useState<number | null>(null);
  useEffect(() => {
    if (container.current) setPx(Math.round(Number.parseFloat(getComputedStyle(container.current).fontSize)));
  }, [container]);
  return px;
};

/** Zoom in steps of a half while the camera moves, exact where it stands: marks are not drawn anew at every frame. */
const useZoomStep = (loaded: MapAndOverlay | null): number => {
  const [zoom, setZoom] = useState(0);
  useLayoutEffect(() => {
    if (!loaded) return;
    const { map } = loaded;
    const step = () => setZoom(Math.floor(map.getZoom() * 2) / 2);
    const settle = () => setZoom(Math.round(map.getZoom() * 100) / 100);
    settle();
    map.on('zoom', step);
    map.on('moveend', settle);
    return () => {
      map.off('zoom', step);
      map.off('moveend', settle);
    };
  }, [loaded]);
  return zoom;
};

type CanvasProps = MapStageProps & { onLost: () => void };

/** The map itself: one maplibre map, one deck overlay, all layers as values. */
export const MapCanvas = (props: CanvasProps) => {
  const { size, layers, padding, framing, isInteractive = false, isStill = false } = props;
  const { labels = 'all', marks = 'all', onLost, children } = props;
  const container = useRef<HTMLDivElement>(null);
  const picture = useRef<HTMLCanvasElement>(null);
  const brushed = useRef<HTMLCanvasElement>(null);
  const { view, set } = useView();
  const divisions = useDivisions();
  const text = useText();
  const { theme, palette } = useTheme();
  const { isLost } = useLive();
  const now = useTick();
  const highlight = useHighlight();
  const listed = useListed();
  const captionPx = useCaptionPx(container);
  const { ask, answers } = useLayers(size, layers);
  const loaded = useMap({
    container,
    size,
    palette,
    theme,
    lang: text.lang,
    captionPx,
    bounds: (divisions.byCode(view.division) ?? divisions.root).bbox,
    isInteractive,
    onLost,
  });
  const zoom = useZoomStep(loaded);
  const frame = useFrame(loaded);
  const seams = useMapSeams(loaded);
  const room = useMapRoom(loaded, view.page);
  const covers = room?.covers ?? nothing;
  const context = useMemo<LayerContext | null>(
    () =>
      captionPx === null
        ? null
        : {
            ...ask,
            text,
            palette,
            theme,
            captionPx,
            zoom,
            frame,
            labels,
            marks,
            seams,
            covers,
            highlight,
            listed,
            now,
          },
    [ask, text, palette, theme, captionPx, zoom, frame, labels, marks, seams, covers, highlight, listed, now],
  );
  // a wall's pictures are kept by what is drawn, and each of its scenes has other legends
  const clear = useClearDrawing(loaded, seams, size === 'wall' ? nothing : covers);
  const { draw, name, pictures: kept } = useMapMemory();
  const layered = useStable(context && loaded ? draw(answers, context) : []);
  const names = useNames(layered, context, room, name);
  const drawings = useStable([...layered, ...clear, ...names.drawings]);
  const stage = useMemo<StageMap | null>(
    () => (loaded ? { map: loaded.map, marks: layered.flatMap(({ marks }) => marks ?? []), names: names.boxes } : null),
    [loaded, layered, names.boxes],
  );
  const hasBase = useBase(loaded, size);
  usePlaceFrame(loaded, size, room);
  const isComplete = hasBase && room !== null && answers.every(({ data, isFresh }) => data !== null && isFresh);
  const looked = [view.division, view.selection, ask.metric, theme, text.lang];
  const subject = [...looked, ...answers.map(({ layer }) => layer.key)].join('|');
  const pictures = usePictures(loaded, kept);
  const told = useBrushPicture(loaded, brushed, { answers, context, drawings, isComplete });
  const isDrawn = useDrawn(loaded, drawings, { isComplete, subject, pictures, ...told });
  const { fit } = useCamera({
    map: loaded?.map ?? null,
    view,
    set,
    divisions,
    padding: { ...noPadding, ...padding },
    framing,
    isStill,
    outline: useOutline(size),
    subject,
  });
  const { isLaid, isTrue } = usePicture(loaded, picture, { drawings, subject, pictures, isComplete, isDrawn });
  const tooltip = usePick({
    map: loaded?.map ?? null,
    overlay: loaded?.overlay ?? null,
    answers,
    context,
    set,
    isInteractive,
    hasTooltip: size === 'desk',
  });
  const hasFailed = answers.some(({ error }) => error !== null);
  const state = hasFailed ? 'failed' : isDrawn || isTrue ? (isLost ? 'stale' : 'ready') : 'waiting';
  return (
    <div
      className={styles.stage}
      data-map=""
      data-state={state}
      data-layers={answers.map(({ layer }) => layer.key).join(' ')}
    >
      <div ref={container} className={styles.canvas} data-size={size} />
      {pictures && <canvas ref={picture} className={styles.picture} hidden={!isLaid} />}
      {isInteractive && <canvas ref={brushed} className={styles.picture} data-brushed="" hidden />}
      <Overlaid map={loaded?.map ?? null} marks={drawings.flatMap(({ overlaid }) => overlaid ?? [])} />
      <MapContext value={stage}>{children}</MapContext>
      {isInteractive && loaded && <MapControls map={loaded.map} size={size} onFit={fit} />}
      {tooltip && (
        <div className={styles.tooltip} style={{ left: tooltip.x, top: tooltip.y }} role="tooltip">
          {tooltip.lines.map((line) => (
            <span key={line}>{line}</span>
          ))}
        </div>
      )}
    </div>
  );
};

/** The same list while all its members are the same. */
const useStable = <T,>(list: T[]): T[] => {
  const before = useRef(list);
  const isSame = before.current.length === list.length && list.every((item, i) => item === before.current[i]);
  if (!isSame) before.current = list;
  return before.current;
};
