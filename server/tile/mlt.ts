/** Open ring of corners in tile units. */
export type Ring = [number, number][];

/** Values of all features, in their order: whole numbers, numbers that run on, or words, null where a feature has none. */
export type Column =
  | { name: string; numbers: readonly number[] }
  | { name: string; serials: readonly number[] }
  | { name: string; words: readonly (string | null)[] };

/** One layer of polygons without holes. */
export type PolygonLayer = { name: string; extent: number; rings: readonly Ring[]; columns: readonly Column[] };

/** Codes of the MapLibre Tile format (v1) that are used here: what a stream holds, and how. */
const kind = {
  present: 0x00,
  data: 0x10,
  dictionary: 0x11,
  vertex: 0x13,
  wordOffset: 0x22,
  length: 0x30,
  partLength: 0x32,
  ringLength: 0x33,
  dictionaryLength: 0x36,
} as const;
const coding = { plain: 0x00, varint: 0x02, deltaVarint: 0x22, vertexDeltaVarint: 0x42, runs: 0x60, runsVarint: 0x62 };
const columnType = { geometry: 4, uint32: 18, words: 28, wordsOrNull: 29 } as const;
const polygonType = 2;
const layerTag = 1;

const utf8 = new TextEncoder();

class Bytes {
  private array = new Uint8Array(1 << 12);
  private length = 0;
  add(bytes: Uint8Array) {
    this.reserve(bytes.length);
    this.array.set(bytes, this.length);
    this.length += bytes.length;
  }
  varint(value: number) {
    this.reserve(5);
    let rest = value >>> 0;
    for (; rest > 127; rest >>>= 7) this.array[this.length++] = (rest & 127) | 128;
    this.array[this.length++] = rest;
  }
  varints(values: Iterable<number>): this {
    for (const value of values) this.varint(value);
    return this;
  }
  text(text: string) {
    const bytes = utf8.encode(text);
    this.varint(bytes.length);
    this.add(bytes);
  }
  done = () => this.array.subarray(0, this.length);
  private reserve(more: number) {
    if (this.length + more <= this.array.length) return;
    const grown = new Uint8Array(2 * (this.length + more));
    grown.set(this.array);
    this.array = grown;
  }
}

const zigzag = (step: number): number => (step << 1) ^ (step >> 31);

type Stream = { kind: number; coding: number; n: number; body: Uint8Array; runs?: [number, number] };

const write = (bytes: Bytes, { kind: what, coding: how, n, body, runs }: Stream) => {
  bytes.varints([what, how, n, body.length, ...(runs ?? [])]);
  bytes.add(body);
};

const varintStream = (what: number, values: readonly number[], how: number = coding.varint): Stream => ({
  kind: what,
  coding: how,
  n: values.length,
  body: new Bytes().varints(values).done(),
});

/** One value for all `n` features. */
const sameStream = (what: number, value: number, n: number): Stream => ({
  ...varintStream(what, [n, value], coding.runsVarint),
  runs: [1, n],
});

const vertexSteps = (rings: readonly Ring[]): number[] => {
  const steps: number[] = [];
  let [lastX, lastY] = [0, 0];
  for (const ring of rings)
    for (const [x, y] of ring) {
      steps.push(zigzag(x - lastX), zigzag(y - lastY));
      [lastX, lastY] = [x, y];
    }
  return steps;
};

const geometryStreams = (rings: readonly Ring[]): Stream[] => [
  sameStream(kind.length, polygonType, rings.length),
  sameStream(kind.partLength, 1, rings.length),
  varintStream(
    kind.ringLength,
    rings.map((ring) => ring.length),
  ),
  varintStream(kind.vertex, vertexSteps(rings), coding.vertexDeltaVarint),
];

/** Bits of which words are there, in the format's byte runs: literals of at most 128 bytes. */
const presentStream = (words: readonly (string | null)[]): Stream => {
  const bits = new Uint8Array(Math.ceil(words.length / 8));
  for (const [i, word] of words.entries()) if (word !== null) bits[i >> 3] = (bits[i >> 3] ?? 0) | (1 << (i & 7));
  const body = new Bytes();
  for (let i = 0; i < bits.length; i += 128) {
    const part = bits.subarray(i, i + 128);
    body.add(Uint8Array.of(256 - part.length));
    body.add(part);
  }
  return { kind: kind.present, coding: coding.runs, n: words.length, body: body.done() };
};

const stepStream = (what: number, values: readonly number[]): Stream =>
  varintStream(
    what,
    values.map((value, i) => zigzag(value - (values[i - 1] ?? 0))),
    coding.deltaVarint,
  );

const wordStreams = (words: readonly (string | null)[]): Stream[] => {
  const present = words.filter((word) => word !== null);
  const ordinals = new Map<string, number>();
  for (const word of present) if (!ordinals.has(word)) ordinals.set(word, ordinals.size);
  const dictionary = [...ordinals.keys()].map((word) => utf8.encode(word));
  const text = new Bytes();
  for (const word of dictionary) text.add(word);
  const body = text.done();
  const n = dictionary.length;
  const lengths = varintStream(
    kind.dictionaryLength,
    dictionary.map(({ length }) => length),
  );
  const offsets = present.map((word) => ordinals.get(word) ?? 0);
  return [
    ...(present.length < words.length ? [presentStream(words)] : []),
    lengths,
    stepStream(kind.wordOffset, offsets),
    { kind: kind.dictionary, coding: coding.plain, n, body },
  ];
};

const columnStreams = (column: Column): Stream[] => {
  if ('words' in column) return wordStreams(column.words);
  return ['serials' in column ? stepStream(kind.data, column.serials) : varintStream(kind.data, column.numbers)];
};

const typeOf = (column: Column): number => {
  if (!('words' in column)) return columnType.uint32;
  return column.words.includes(null) ? columnType.wordsOrNull : columnType.words;
};

/**
 * A layer as a MapLibre Tile (MLT): attributes column by column, corners as steps from one to the next, all as varints,
 * which the wire's compression makes little of. https://maplibre.org/maplibre-tile-spec/specification
 */
export const encodePolygons = ({ name, extent, rings, columns }: PolygonLayer): Uint8Array => {
  const [head, body] = [new Bytes(), new Bytes()];
  head.varint(layerTag);
  head.text(name);
  head.varints([extent, columns.length + 1, columnType.geometry]);
  const geometry = geometryStreams(rings);
  body.varint(geometry.length);
  for (const stream of geometry) write(body, stream);
  for (const column of columns) {
    head.varint(typeOf(column));
    head.text(column.name);
    const streams = columnStreams(column);
    if ('words' in column) body.varint(streams.length);
    for (const stream of streams) write(body, stream);
  }
  const [headBytes, bodyBytes] = [head.done(), body.done()];
  const tile = new Bytes();
  tile.varint(headBytes.length + bodyBytes.length);
  tile.add(headBytes);
  tile.add(bodyBytes);
  return tile.done().slice();
};
