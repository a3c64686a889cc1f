import { z } from 'zod';
import type { LngLat } from './geo';
import { joinCode, splitCode } from './serial';

/** A point as a server packs it: its id, its place and the code of each column. */
export type PointRow = { id: string; lng: number; lat: number; codes: Record<string, string | number> };

/** Days since 2000-01-01 as a column of dates holds them; earlier ones count as that day. */
export const pointDay = (on: string): number =>
  Math.max(0, Math.round((Date.parse(on) - Date.UTC(2000, 0)) / 86_400_000));
/** Stands where a row has no such day. */
export const noPointDay = 65_535;

/** Columns of a pack: words (at most 65,536 of them), or whole numbers from 0 to 65,535. */
const Column = z.object({ key: z.string(), words: z.array(z.string()).nullable() });

const Head = z.object({
  n: z.number().int().min(0),
  /** South-west corner in steps. */
  origin: z.tuple([z.number().int(), z.number().int()]),
  columns: z.array(Column),
  /** Beginnings of the ids; null = the pack has none. */
  stems: z.array(z.string()).nullable(),
});

/** Points in typed arrays. Row `i` lies `east[i]`, `north[i]` steps off the origin. */
export type Points = {
  n: number;
  /** Degrees. */
  origin: LngLat;
  /** Steps of 10⁻⁵ degrees, about a metre. */
  east: Uint32Array;
  north: Uint32Array;
  columns: ReadonlyMap<string, { words: string[] | null; codes: Uint16Array }>;
  /** Id of row `i` = `stems[stem[i]]` and `serial[i]`; null = the pack has no ids. */
  ids: { stems: string[]; stem: Uint32Array; serial: Uint32Array } | null;
};

/** Steps in a degree. */
export const stepsPerDegree = 1e5;
const hilbertBits = 16;

/** Place of a cell on the Hilbert curve over 2¹⁶ × 2¹⁶ cells: neighbours on it are neighbours on the ground. */
const hilbert = (east: number, north: number): number => {
  let [x, y, at] = [east, north, 0];
  for (let side = 2 ** (hilbertBits - 1); side >= 1; side /= 2) {
    const [right, up] = [x & side ? 1 : 0, y & side ? 1 : 0];
    at += side * side * ((3 * right) ^ up);
    if (up === 0) {
      const [last, oldX] = [2 ** hilbertBits - 1, x];
      x = right ? last - y : y;
      y = right ? last - oldX : oldX;
    }
  }
  return at;
};

const zigzag = (step: number): number => ((step << 1) ^ (step >> 31)) >>> 0;
const unzigzag = (code: number): number => (code >>> 1) ^ -(code & 1);

/** Bytes of a number, one plane each: planes of like bytes compress to almost nothing. */
const planesOf = (values: readonly number[], nPlanes: number): Uint8Array => {
  const n = values.length;
  const bytes = new Uint8Array(n * nPlanes);
  for (let plane = 0; plane < nPlanes; plane++)
    for (let i = 0; i < n; i++) bytes[plane * n + i] = Math.floor((values[i] ?? 0) / 256 ** plane) & 255;
  return bytes;
};

const stepPlanes = 4;
const codePlanes = 2;

const deltas = (values: readonly number[]): number[] => values.map((value, i) => zigzag(value - (values[i - 1] ?? 0)));

/** Orders rows along the Hilbert curve of their place, so that one differs little from the next. */
export const orderPoints = (rows: readonly PointRow[]): PointRow[] => {
  const steps = rows.map(
    ({ lng, lat }) => [Math.round(lng * stepsPerDegree), Math.round(lat * stepsPerDegree)] as const,
  );
  const west = steps.reduce((least, [x]) => Math.min(least, x), Number.POSITIVE_INFINITY);
  const south = steps.reduce((least, [, y]) => Math.min(least, y), Number.POSITIVE_INFINITY);
  const far = steps.reduce((most, [x, y]) => Math.max(most, x - west, y - south), 1);
  const scale = (2 ** hilbertBits - 1) / far;
  return rows
    .map((row, i) => {
      const [x, y] = steps[i] ?? [west, south];
      return { row, at: hilbert(Math.round((x - west) * scale), Math.round((y - south) * scale)) };
    })
    .sort((a, b) => a.at - b.at)
    .map(({ row }) => row);
};

/** Values as ordinals in the list of those that differ. */
const ordinalsOf = (values: readonly string[]): { words: string[]; ordinals: number[] } => {
  const known = new Map<string, number>();
  const ordinals = values.map((value) => {
    const ordinal = known.get(value) ?? known.size;
    known.set(value, ordinal);
    return ordinal;
  });
  return { words: [...known.keys()], ordinals };
};

const packColumn = (rows: readonly PointRow[], key: string) => {
  const values = rows.map(({ codes }) => codes[key] ?? 0);
  if (!values.some((value) => typeof value === 'string')) return { key, words: null, codes: values.map(Number) };
  const { words, ordinals } = ordinalsOf(values.map(String));
  return { key, words, codes: ordinals };
};

const stepsOf = (values: readonly number[]): Uint8Array => planesOf(deltas(values), stepPlanes);

const packIds = (rows: readonly PointRow[]) => {
  const split = rows.map(({ id }) => splitCode(id));
  const { words, ordinals } = ordinalsOf(split.map(({ stem }) => stem));
  return { stems: words, parts: [stepsOf(ordinals), stepsOf(split.map(({ serial }) => serial))] };
};

/**
 * Packs ordered rows: length and text of the head, then byte planes of the steps from row to row, then of the codes, then
 * of the ids where they are told.
 */
export const packPoints = (rows: readonly PointRow[], keys: readonly string[], withIds: boolean): Uint8Array => {
  const x = rows.map(({ lng }) => Math.round(lng * stepsPerDegree));
  const y = rows.map(({ lat }) => Math.round(lat * stepsPerDegree));
  const origin: [number, number] =
    rows.length > 0 ? [x.reduce((a, b) => Math.min(a, b)), y.reduce((a, b) => Math.min(a, b))] : [0, 0];
  const columns = keys.map((key) => packColumn(rows, key));
  const ids = withIds ? packIds(rows) : null;
  const head = new TextEncoder().encode(
    JSON.stringify({
      n: rows.length,
      origin,
      columns: columns.map(({ key, words }) => ({ key, words })),
      stems: ids?.stems ?? null,
    }),
  );
  const parts = [
    new Uint8Array(new Uint32Array([head.length]).buffer),
    head,
    stepsOf(x.map((value) => value - origin[0])),
    stepsOf(y.map((value) => value - origin[1])),
    ...columns.map(({ codes }) => planesOf(codes, codePlanes)),
    ...(ids?.parts ?? []),
  ];
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
};

const readSteps = (bytes: Uint8Array, from: number, n: number): Uint32Array => {
  const steps = new Uint32Array(n);
  for (let plane = stepPlanes - 1; plane >= 0; plane--)
    for (let i = 0; i < n; i++) steps[i] = ((steps[i] ?? 0) << 8) | (bytes[from + plane * n + i] ?? 0);
  let at = 0;
  for (let i = 0; i < n; i++) {
    at += unzigzag(steps[i] ?? 0);
    steps[i] = at;
  }
  return steps;
};

const readCodes = (bytes: Uint8Array, from: number, n: number): Uint16Array => {
  const codes = new Uint16Array(n);
  for (let i = 0; i < n; i++) codes[i] = (bytes[from + i] ?? 0) + 256 * (bytes[from + n + i] ?? 0);
  return codes;
};

/** Reads what `packPoints` wrote. */
export const readPoints = (buffer: ArrayBuffer): Points => {
  const bytes = new Uint8Array(buffer);
  const headLength = new DataView(buffer).getUint32(0, true);
  const head = Head.parse(JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + headLength))));
  const { n, origin } = head;
  const start = 4 + headLength;
  const codesAt = start + 2 * stepPlanes * n;
  const idsAt = codesAt + head.columns.length * codePlanes * n;
  return {
    n,
    origin: [origin[0] / stepsPerDegree, origin[1] / stepsPerDegree],
    east: readSteps(bytes, start, n),
    north: readSteps(bytes, start + stepPlanes * n, n),
    columns: new Map(
      head.columns.map(({ key, words }, i) => [
        key,
        { words, codes: readCodes(bytes, codesAt + i * codePlanes * n, n) },
      ]),
    ),
    ids: head.stems && {
      stems: head.stems,
      stem: readSteps(bytes, idsAt, n),
      serial: readSteps(bytes, idsAt + stepPlanes * n, n),
    },
  };
};

/** Offsets from the origin in degrees, three numbers a point, of the rows that `isShown` lets through, and which they are. */
export const pointOffsets = (points: Points, isShown: (row: number) => boolean) => {
  const positions = new Float32Array(points.n * 3);
  const indices = new Uint32Array(points.n);
  let length = 0;
  for (let row = 0; row < points.n; row++) {
    if (!isShown(row)) continue;
    positions[3 * length] = (points.east[row] ?? 0) / stepsPerDegree;
    positions[3 * length + 1] = (points.north[row] ?? 0) / stepsPerDegree;
    indices[length++] = row;
  }
  return { positions: positions.subarray(0, 3 * length), indices: indices.subarray(0, length) };
};

/** Position of a row, degrees. */
export const positionOf = ({ origin, east, north }: Points, i: number): LngLat => [
  origin[0] + (east[i] ?? 0) / stepsPerDegree,
  origin[1] + (north[i] ?? 0) / stepsPerDegree,
];

/** Word or number of a row in a column; null when the pack has no such column. */
export const codeAt = ({ columns }: Points, key: string, i: number): string | number | null => {
  const column = columns.get(key);
  const code = column?.codes[i];
  return column === undefined || code === undefined ? null : column.words ? (column.words[code] ?? null) : code;
};

/** Id of a row; null when the pack has none. */
export const idAt = ({ ids }: Points, i: number): string | null => {
  const [stem, serial] = [ids?.stems[ids.stem[i] ?? -1], ids?.serial[i]];
  return stem === undefined || serial === undefined ? null : joinCode({ stem, serial });
};

/** Row of an id; −1 when the pack has no such row. */
export const rowOf = ({ ids }: Points, id: string): number => {
  const { stem, serial } = splitCode(id);
  const ordinal = ids?.stems.indexOf(stem) ?? -1;
  return ordinal < 0 ? -1 : (ids?.serial.findIndex((own, i) => own === serial && ids.stem[i] === ordinal) ?? -1);
};
