import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';
import { brotliCompressSync, constants } from 'node:zlib';
import { orderPoints, packPoints, pointOffsets, readPoints } from '@/data/model/points';
import { type BuildingIndex, packBuildings } from '../../tile/building-index';
import { encodeBuildingTile } from '../../tile/building-tile';
import type { BenchResult } from '../result';
import { pointsFromRows, prismsFromRows } from './naive';
import { tileWorker } from './tile-worker';
import { drawBuildings, drawPoints } from './town';

const rounds = 7;

const compressed = (bytes: Uint8Array | string): number =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }).length;

const quantile = (values: number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;

const round = (value: number): number => Math.round(value * 100) / 100;

/** Milliseconds of each of several runs, the first one left out. */
const timed = (work: () => unknown): number[] =>
  Array.from({ length: rounds + 1 }, () => {
    const started = performance.now();
    work();
    return performance.now() - started;
  }).slice(1);

const against = (name: string, unit: string, own: number[], naive: number[], n: number): BenchResult => ({
  bench: 'map',
  case: name,
  n,
  p50: round(quantile(own, 0.5)),
  p95: round(quantile(own, 0.95)),
  unit,
  ratio: round(quantile(naive, 0.5) / quantile(own, 0.5)),
  against: `GeoJSON rows ${round(quantile(naive, 0.5))} ${unit}`,
});

/** Points of a layer: bytes on the wire and main-thread time to attributes, typed arrays against GeoJSON rows. */
export const benchPoints = function* (n: number): Generator<BenchResult> {
  const rows = drawPoints(n);
  const columns = ['entityType', 'industry', 'from', 'until'];
  const pack = packPoints(orderPoints(rows), columns).slice();
  const text = JSON.stringify({
    type: 'FeatureCollection',
    features: rows.map(({ id, lng, lat, codes }) => ({
      type: 'Feature',
      properties: { id, ...codes },
      geometry: { type: 'Point', coordinates: [lng, lat] },
    })),
  });
  yield against(`${n} points, wire`, 'KB', [compressed(pack) / 1024], [compressed(text) / 1024], n);
  const ids = compressed(JSON.stringify(orderPoints(rows).map(({ id }) => id))) / 1024;
  yield { bench: 'map', case: `${n} points, ids apart`, n, p50: round(ids), unit: 'KB' };
  const own = timed(() => pointOffsets(readPoints(pack.buffer), () => true));
  const naive = timed(() => pointsFromRows(text));
  yield against(`${n} points, main thread to attributes`, 'ms', own, naive, n);
};

type Tile = { z: number; x: number; y: number };

/** Tiles of a zoom over all of an index. */
const tilesOf = ({ xy }: BuildingIndex, z: number): Tile[] => {
  const keys = new Set<string>();
  const scale = 2 ** z / 2 ** 32;
  for (let i = 0; i < xy.length; i += 2)
    keys.add(`${Math.floor((xy[i] ?? 0) * scale)} ${Math.floor((xy[i + 1] ?? 0) * scale)}`);
  return [...keys].map((key) => {
    const [x = 0, y = 0] = key.split(' ').map(Number);
    return { z, x, y };
  });
};

/** Main-thread milliseconds while a worker turns tiles into arrays, as the map library does it. */
const mainThreadMs = async (tiles: Uint8Array[]): Promise<number> => {
  const worker = new Worker(tileWorker, { eval: true });
  await once(worker, 'online');
  const before = performance.eventLoopUtilization();
  let buildings = 0;
  for (const tile of tiles) {
    worker.postMessage(tile);
    const [{ n }] = (await once(worker, 'message')) as [{ n: number }];
    buildings += n;
  }
  const { active } = performance.eventLoopUtilization(before);
  await worker.terminate();
  if (buildings === 0) throw new Error('The worker read no building.');
  return active;
};

const encodeAll = (index: BuildingIndex, tiles: Tile[]): { ms: number[]; bytes: Uint8Array[] } => {
  const allowed = new Uint8Array(index.places.length).fill(1);
  const ms: number[] = [];
  const bytes = tiles.flatMap((tile) => {
    const started = performance.now();
    const encoded = encodeBuildingTile(index, tile, allowed, false);
    ms.push(performance.now() - started);
    return encoded ? [encoded] : [];
  });
  return { ms, bytes };
};

const indexOf = (n: number): BuildingIndex => {
  const { add, done } = packBuildings();
  for (const row of drawBuildings(n)) add(row);
  return done();
};

/** Prisms of a district: tiles whose triangles a worker cuts, against GeoJSON rows cut on the main thread. */
export const benchPrisms = async function* (n: number): AsyncGenerator<BenchResult> {
  const index = indexOf(n);
  const { bytes } = encodeAll(index, tilesOf(index, 14));
  const text = JSON.stringify({
    type: 'FeatureCollection',
    features: drawBuildings(n).map(
      ({ code, storeys, house_type, footprint, community_code, grid_code, block_code }) => ({
        type: 'Feature',
        properties: {
          code,
          storeys,
          houseType: house_type,
          community: community_code,
          grid: grid_code,
          block: block_code,
        },
        geometry: { type: 'Polygon', coordinates: [[...footprint, footprint[0]]] },
      }),
    ),
  });
  const wire = bytes.reduce((sum, tile) => sum + compressed(tile), 0) / 1024;
  yield against(`${n} prisms, wire at zoom 14`, 'KB', [wire], [compressed(text) / 1024], n);
  const own: number[] = [];
  for (let i = 0; i < 3; i++) own.push(await mainThreadMs(bytes));
  yield against(
    `${n} prisms, main thread to attributes`,
    'ms',
    own,
    timed(() => prismsFromRows(text)),
    n,
  );
};

/** A whole city by tiles: time and bytes of a tile at each zoom, every eighth one of it. */
export const benchCity = function* (n: number): Generator<BenchResult> {
  const started = performance.now();
  const index = indexOf(n);
  yield { bench: 'map', case: `${n} buildings, index`, n, p50: Math.round(performance.now() - started), unit: 'ms' };
  for (const z of [13, 14, 15, 16]) {
    const tiles = tilesOf(index, z).filter((_, i) => i % 8 === 0);
    const { ms, bytes } = encodeAll(index, tiles);
    const name = `${n} buildings, tile at zoom ${z}`;
    const sizes = bytes.filter((_, i) => i % 4 === 0).map((tile) => compressed(tile) / 1024);
    yield {
      bench: 'map',
      case: name,
      n: tiles.length,
      p50: round(quantile(ms, 0.5)),
      p95: round(quantile(ms, 0.95)),
      unit: 'ms',
    };
    yield {
      bench: 'map',
      case: name,
      n: sizes.length,
      p50: round(quantile(sizes, 0.5)),
      p95: round(quantile(sizes, 0.95)),
      unit: 'KB',
    };
  }
};
