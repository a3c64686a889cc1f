import type { Map as MapLibreMap } from 'maplibre-gl';
import type { Frames } from './whole-frames';

/** A frame of the map without its words: RGBA, rows from the top. Alpha tells how far a fill is covered by what lies over it. */
export type FillCopy = { width: number; height: number; pixels: Uint8ClampedArray; opacity: number };

const opacityOf = (map: MapLibreMap, fill: string): number => {
  const paint = map.style._layers[fill]?.paint as { get: (name: string) => { constantOr: (value: number) => number } };
  return paint.get('fill-opacity').constantOr(1);
};

const fromTheTop = (rows: Uint8Array, width: number, height: number): Uint8ClampedArray => {
  const turned = new Uint8ClampedArray(rows.length);
  const row = width * 4;
  for (let y = 0; y < height; y += 1) turned.set(rows.subarray(y * row, (y + 1) * row), (height - 1 - y) * row);
  return turned;
};

/**
 * Copies the next whole frame before it draws the layers `words`, which for once come last. Behind the fill the picture is
 * opaque: the alpha of its canvas, taken to nought once the fill is drawn, adds up what is drawn over it, and is one again
 * before the page shows it. A copy that is not taken is made again of the next frame. Returns how to call it off.
 */
export const copyFill = (
  map: MapLibreMap,
  frames: Frames,
  { fill, words }: { fill: string; words: readonly string[] },
  take: (copy: FillCopy) => boolean,
): (() => void) => {
  const { painter } = map;
  const { context } = painter;
  const { gl } = context;
  const drawLayer = painter.renderLayer;
  let copy: FillCopy | null = null;
  let isOpen = false;
  let late: (() => void)[] = [];
  const putAlpha = (a: number) => {
    gl.clearColor(0, 0, 0, a);
    context.clearColor.dirty = true;
    context.colorMask.set([false, false, false, true]);
    gl.clear(gl.COLOR_BUFFER_BIT);
  };
  const read = () => {
    const { drawingBufferWidth: width, drawingBufferHeight: height } = gl;
    const rows = new Uint8Array(width * height * 4);
    gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, rows);
    putAlpha(1);
    isOpen = false;
    copy = { width, height, pixels: fromTheTop(rows, width, height), opacity: opacityOf(map, fill) };
  };
  const drawLate = () => {
    for (const drawn of late) drawn();
    late = [];
  };
  painter.renderLayer = (...drawn) => {
    const [, , layer, , frame] = drawn;
    // from the lowest layer up, what is opaque too
    frame.opaquePassCutoff = 0;
    const isOnMap = frame.currentPass === 'translucent';
    if (isOnMap && words.includes(layer.id)) {
      const { currentLayer } = frame;
      late.push(() => {
        frame.currentLayer = currentLayer;
        drawLayer.apply(painter, drawn);
      });
      return;
    }
    drawLayer.apply(painter, drawn);
    if (isOnMap && layer.id === fill) {
      putAlpha(0);
      isOpen = true;
    }
  };
  const end = () => {
    map.off('render', finish);
    painter.renderLayer = drawLayer;
  };
  // the marks of deck.gl are drawn when the map has been
  const finish = () => {
    copy = null;
    context.setDirty();
    if (isOpen) read();
    drawLate();
    context.setDefault();
    if (copy && frames.isFresh() && take(copy)) end();
  };
  map.on('render', finish);
  map.triggerRepaint();
  return end;
};
