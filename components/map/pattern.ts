import { rgbaOf } from './palette';

/** Picture for maplibre as plain bytes: the same in a browser and in a test. */
export type Picture = { width: number; height: number; data: Uint8ClampedArray };

/** Pitch of the hatch of 无数据, px; the map draws a picture up to twice its size, half as large again in the middle. */
export const hatchPitch = (captionPx: number): number => Math.round(captionPx * 0.5);

/** Seamless 45° hatch, the mark of 无数据: lines of one colour on another, `pitch` px from line to line along an axis. */
export const hatch = (line: string, ground: string, pitch: number): Picture => {
  const size = Math.max(4, pitch);
  const data = new Uint8ClampedArray(size * size * 4);
  const stroke = Math.max(1, Math.round(size / 6));
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) data.set(rgbaOf((x + y) % size < stroke ? line : ground, 1), (y * size + x) * 4);
  return { width: size, height: size, data };
};

/**
 * Seamless 45° hatch with nothing between its lines, so that what lies below is read through it. `shift`, a share of the
 * pitch, moves the lines aside: hatches of other shifts over the same ground lie beside one another, each in its hue.
 */
export const openHatch = (line: string, pitch: number, opacity: number, shift: number): Picture => {
  const size = Math.max(6, pitch);
  const data = new Uint8ClampedArray(size * size * 4);
  const stroke = Math.max(1, Math.round(size / 10));
  const offset = Math.round(shift * size);
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++)
      if ((x + y + offset) % size < stroke) data.set(rgbaOf(line, opacity), (y * size + x) * 4);
  return { width: size, height: size, data };
};

/** Side of the picture of a plate, px. */
export const plateSide = 8;

/** A plate of one colour behind words: their own size stretches it. */
export const plate = (colour: string): Picture => {
  const data = new Uint8ClampedArray(plateSide * plateSide * 4);
  for (let i = 0; i < plateSide * plateSide; i++) data.set(rgbaOf(colour, 0.9), i * 4);
  return { width: plateSide, height: plateSide, data };
};
