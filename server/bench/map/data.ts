import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import { noPointDay, orderPoints, type PointRow, packPoints, pointOffsets, readPoints } from '@/data/model/points';
import { type BuildingIndex, type BuildingRow, packBuildings } from '../../tile/building-index';
import { encodeBuildingTile } from '../../tile/building-tile';
import type { BenchResult } from '../result';
import { against, line, timed, wireBytes } from './measure';
import { pointsFromRows, prismsFromRows } from './naive';
import { drawPoints } from './town';

const columns = ['entityType', 'industry', 'from', 'until'];

const dateOf = (day: number): string => new Date(Date.UTC(2000, 0, 1 + day)).toISOString().slice(0, 10);

const pointRows = (rows: PointRow[]): string =>
  JSON.stringify({
    type: 'FeatureCollection',
    features: rows.map(({ id, lng, lat, codes: { from, until, ...words } }) => ({
      type: 'Feature',
      properties: {
        id,
        ...words,
        from: dateOf(Number(from)),
        until: until === noPointDay ? null : dateOf(Number(until)),
      },
      geometry: { type: 'Point', coordinates: [lng, lat] },
    })),
  });

/** Points of a layer: bytes and main-thread time to attributes, typed arrays against GeoJSON rows of the same content. */
export const benchPoints = function* (n: number): Generator<BenchResult> {
  const rows = drawPoints(n);
  const text = pointRows(rows);
  const pack = packPoints(orderPoints(rows), columns, true).slice();
  const sizes = { own: [wireBytes(pack) / 1024], naive: [wireBytes(text) / 1024] };
  yield against({ name: `${n} points, wire`, n, unit: 'KB' }, sizes.own, sizes.naive);
  yield against({ name: `${n} points, unpacked`, n, unit: 'KB' }, [pack.length / 1024], [text.length / 1024]);
  const own = timed(() => pointOffsets(readPoints(pack.buffer), () => true));
  const naive = timed(() => pointsFromRows(text));
  yield against({ name: `${n} points, main thread to attributes`, n, unit: 'ms' }, own, naive);
};

type Tile = { z: number; x: number; y: number };

/** Tiles of a zoom over all of an index. */
export const tilesOf = ({ xy }: BuildingIndex, z: number): Tile[] => {
  const keys = new Set<string>();
  const scale = 2 ** z / 2 ** 32;
  for (let i = 0; i < xy.length; i += 2)
    keys.add(`${Math.floor((xy[i] ?? 0) * scale)} ${Math.floor((xy[i + 1] ?? 0) * scale)}`);
  return [...keys].map((key) => {
    const [x = 0, y = 0] = key.split(' ').map(Number);
    return { z, x, y };
  });
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

const startWorker = async (): Promise<Worker> => {
  const path = fileURLToPath(new URL('./tile-worker.ts', import.meta.url));
  const { outputFiles } = await build({ entryPoints: [path], bundle: true, platform: 'node', write: false });
  const worker = new Worker(outputFiles[0]?.text ?? '', { eval: true });
  await once(worker, 'online');
  return worker;
};

/** Main-thread milliseconds while a worker turns tiles into arrays, as the map library does it. */
const mainThreadMs = async (worker: Worker, tiles: Uint8Array[]): Promise<number> => {
  const before = performance.eventLoopUtilization();
  let buildings = 0;
  for (const tile of tiles) {
    worker.postMessage(tile);
    const [{ n }] = (await once(worker, 'message')) as [{ n: number }];
    buildings += n;
  }
  const { active } = performance.eventLoopUtilization(before);
  if (buildings === 0) throw new Error('The worker read no building.');
  return active;
};

const buildingRows = (rows: BuildingRow[]): string =>
  JSON.stringify({
    type: 'FeatureCollection',
    features: rows.map(({ code, storeys, house_type, footprint, community_code, grid_code, block_code }) => ({
      type: 'Feature',
      properties: {
        ...{ code, storeys, houseType: house_type },
        ...{ community: community_code, grid: grid_code, block: block_code },
      },
      geometry: { type: 'Polygon', coordinates: [footprint] },
    })),
  });

const sumOf = (tiles: Uint8Array[], weigh: (tile: Uint8Array) => number): number =>
  tiles.reduce((sum, tile) => sum + weigh(tile), 0) / 1024;

/** Prisms of a district: tiles whose triangles a worker cuts, against GeoJSON rows of the same content cut on the main thread. */
export const benchPrisms = async function* (rows: BuildingRow[]): AsyncGenerator<BenchResult> {
  const { add, done } = packBuildings();
  for (const row of rows) add(row);
  const [index, n, text] = [done(), rows.length, buildingRows(rows)];
  const naive = { wire: wireBytes(text) / 1024, unpacked: text.length / 1024 };
  for (const z of [13, 14]) {
    const { bytes } = encodeAll(index, tilesOf(index, z));
    const [wire, unpacked] = [sumOf(bytes, wireBytes), sumOf(bytes, ({ length }) => length)];
    yield against({ name: `${n} prisms, wire of all tiles at zoom ${z}`, n, unit: 'KB' }, [wire], [naive.wire]);
    yield against({ name: `${n} prisms, unpacked at zoom ${z}`, n, unit: 'KB' }, [unpacked], [naive.unpacked]);
  }
  const worker = await startWorker();
  const { bytes } = encodeAll(index, tilesOf(index, 14));
  const own: number[] = [];
  for (let i = 0; i < 6; i++) own.push(await mainThreadMs(worker, bytes));
  await worker.terminate();
  const onMain = timed(() => prismsFromRows(text));
  yield against({ name: `${n} prisms, main thread to attributes`, n, unit: 'ms' }, own.slice(1), onMain);
};

/** A whole city by tiles: time and bytes of a tile at each zoom, every eighth one of it. */
export const benchCity = function* (index: BuildingIndex): Generator<BenchResult> {
  for (const z of [13, 14, 15, 16]) {
    const tiles = tilesOf(index, z).filter((_, i) => i % 8 === 0);
    const { ms, bytes } = encodeAll(index, tiles);
    const name = `${index.n} buildings, tile at zoom ${z}`;
    const sizes = bytes.map((tile) => wireBytes(tile) / 1024);
    yield line({ name, n: tiles.length, unit: 'ms' }, ms);
    yield line({ name, n: sizes.length, unit: 'KB' }, sizes);
  }
};
