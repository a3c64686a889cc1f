import type { FillCopy } from './fill-copy';
import { rgbaOf } from './palette';

/** A copy of the map whose areas can be given other colours. */
export type Tinted = {
  copy: FillCopy;
  /** The same opaque, in other colours. */
  data: Uint8ClampedArray<ArrayBuffer>;
  /** Where in the pixels each area shines through, by its code. */
  places: ReadonlyMap<string, Uint32Array>;
  /** Colour of each area in the copy, and in `data` now. */
  first: ReadonlyMap<string, string>;
  shown: Map<string, string>;
};

/** Pixels by area; `owner` = index of the area of each pixel, −1 = none. */
const placesOf = ({ pixels }: FillCopy, owner: ArrayLike<number>, codes: readonly string[]) => {
  const counts = new Uint32Array(codes.length);
  const isSeen = (i: number) => (owner[i] ?? -1) >= 0 && pixels[i * 4 + 3] !== 255;
  for (let i = 0; i < owner.length; i += 1) if (isSeen(i)) counts[owner[i] ?? 0] = (counts[owner[i] ?? 0] ?? 0) + 1;
  const lists = [...counts].map((n) => new Uint32Array(n));
  counts.fill(0);
  for (let i = 0; i < owner.length; i += 1) {
    if (!isSeen(i)) continue;
    const area = owner[i] ?? 0;
    const at = counts[area] ?? 0;
    const list = lists[area];
    if (list) list[at] = i * 4;
    counts[area] = at + 1;
  }
  return new Map(codes.map((code, i) => [code, lists[i] ?? new Uint32Array()]));
};

/** Makes a copy ready: `codes` of the areas in the order of their owners' indices, `first` = their colours in it. */
export const makeTinted = (
  copy: FillCopy,
  owner: ArrayLike<number>,
  codes: readonly string[],
  first: ReadonlyMap<string, string>,
): Tinted => {
  const data = new Uint8ClampedArray(copy.pixels);
  for (let at = 3; at < data.length; at += 4) data[at] = 255;
  return { copy, data, places: placesOf(copy, owner, codes), first, shown: new Map(first) };
};

/**
 * Gives areas other colours, as the map would draw them: a pixel moves by as much of the difference as the fill lets
 * through and what covers it leaves.
 */
export const tint = ({ copy, data, places, first, shown }: Tinted, colours: ReadonlyMap<string, string>): void => {
  const { pixels, opacity } = copy;
  for (const [code, list] of places) {
    const [from, to] = [first.get(code), colours.get(code)];
    if (!from || !to || shown.get(code) === to) continue;
    shown.set(code, to);
    const [a, b] = [rgbaOf(from), rgbaOf(to)];
    const share = opacity / 255;
    const [red, green, blue] = [(b[0] - a[0]) * share, (b[1] - a[1]) * share, (b[2] - a[2]) * share];
    for (const at of list) {
      const through = 255 - (pixels[at + 3] ?? 255);
      data[at] = (pixels[at] ?? 0) + through * red;
      data[at + 1] = (pixels[at + 1] ?? 0) + through * green;
      data[at + 2] = (pixels[at + 2] ?? 0) + through * blue;
    }
  }
};
