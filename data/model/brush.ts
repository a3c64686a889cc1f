import { z } from 'zod';
import { DimensionKey } from '../metrics/dimensions';
import { Question } from './view';

/** A question before a brush: the dimension under the hand, and those of the charts that follow it. */
export const BrushAsk = z.object({
  metric: z.string().max(60),
  active: DimensionKey,
  others: z.array(DimensionKey).min(1).max(12),
  question: Question,
});
export type BrushAsk = z.input<typeof BrushAsk>;

/** Numbers as text: bytes in base64, low byte first. */
export type PackedSums = { type: 'uint8' | 'uint16' | 'uint32' | 'float64'; base64: string };

/** Sums of one chart by its bins and those of the active one; bin `i` of the active and `j` of its own at `i * n + j`. */
export type CubeChart = { dimension: DimensionKey; codes: string[]; sums: PackedSums };

/** All that a brush over one chart needs to move the others. */
export type Cube = {
  metric: string;
  active: DimensionKey;
  /** Bins of the active chart in the order of the codes. */
  codes: string[];
  charts: CubeChart[];
  asOf: string;
  snapshot: string;
};

/** Bytes that go into one call; more overflow the stack. */
const chunk = 0x8000;

/** Types sums are packed in, narrow ones first. */
const arrays = { uint8: Uint8Array, uint16: Uint16Array, uint32: Uint32Array, float64: Float64Array };

const typeFor = (sums: Float64Array): PackedSums['type'] => {
  let most = 0;
  for (let at = 0; at < sums.length; at += 1) {
    const sum = sums[at] ?? 0;
    if (!Number.isInteger(sum) || sum < 0) return 'float64';
    if (sum > most) most = sum;
  }
  if (most < 2 ** 8) return 'uint8';
  if (most < 2 ** 16) return 'uint16';
  return most < 2 ** 32 ? 'uint32' : 'float64';
};

/** Packs sums; NaN stands for one that is withheld. */
export const packSums = (sums: Float64Array): PackedSums => {
  const type = typeFor(sums);
  const bytes = new Uint8Array(new arrays[type](sums).buffer);
  let text = '';
  for (let at = 0; at < bytes.length; at += chunk)
    text += Reflect.apply(String.fromCharCode, null, bytes.subarray(at, at + chunk));
  return { type, base64: btoa(text) };
};

/** Reads what `packSums` wrote. */
export const readSums = ({ type, base64 }: PackedSums): InstanceType<(typeof arrays)[PackedSums['type']]> =>
  new arrays[type](Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)).buffer);
