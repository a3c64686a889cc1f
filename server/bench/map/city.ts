import type { Page } from '@playwright/test';
import type { LngLat } from '@/data/model/geo';
import type { BuildingIndex } from '../../tile/building-index';
import { encodeBuildingTile } from '../../tile/building-tile';
import { wireBytes } from './measure';

/** Tiles of a city in place of those of the running product, cut and encoded by the product's own code. */
export type CityTiles = {
  /** Where the most buildings stand together, degrees. */
  middle: LngLat;
  /** Roofs near the middle to click in turn, px off it. */
  targets: (camera: { zoom: number; pitch: number }, n: number) => { x: number; y: number }[];
  answer: (page: Page) => Promise<unknown>;
  /** Bytes on the wire of each tile that was sent. */
  sent: number[];
};

const span = 2 ** 32;
const tilePx = 512;

/** Middle of a building, 0–1 in both axes. */
const middleOf = ({ starts, xy }: BuildingIndex, i: number): [number, number] => {
  const [from, to] = [starts[i] ?? 0, starts[i + 1] ?? 0];
  let [x, y] = [0, 0];
  for (let corner = from; corner < to; corner++) [x, y] = [x + (xy[2 * corner] ?? 0), y + (xy[2 * corner + 1] ?? 0)];
  return [x / (to - from) / span, y / (to - from) / span];
};

/** Building with four corners amid the most others within a kilometre or so. */
const densest = (index: BuildingIndex): number => {
  const cells = new Map<number, number[]>();
  for (let i = 0; i < index.n; i++) {
    const [x, y] = middleOf(index, i).map((at) => Math.floor(at * 2 ** 15)) as [number, number];
    const cell = cells.get(x * 2 ** 15 + y) ?? [];
    cell.push(i);
    cells.set(x * 2 ** 15 + y, cell);
  }
  const most = [...cells.values()].reduce((a, b) => (b.length > a.length ? b : a), []);
  return most.find((i) => (index.starts[i + 1] ?? 0) - (index.starts[i] ?? 0) === 4) ?? 0;
};

export const serveCity = (index: BuildingIndex): CityTiles => {
  const allowed = new Uint8Array(index.places.length).fill(1);
  const [x, y] = middleOf(index, densest(index));
  const near = index.tree?.neighbors(x, y, 2).map((i) => middleOf(index, i)) ?? [];
  const sent: number[] = [];
  return {
    middle: [(x - 0.5) * 360, (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI],
    targets: ({ zoom, pitch }, n) =>
      Array.from({ length: n }, (_, i) => {
        const [atX, atY] = near[i % near.length] ?? [x, y];
        const world = tilePx * 2 ** zoom;
        return { x: (atX - x) * world, y: (atY - y) * world * Math.cos((pitch * Math.PI) / 180) };
      }),
    sent,
    answer: (page) =>
      page.route('**/api/tiles/building/**', async (route) => {
        const [z = 0, tileX = 0, tileY = 0] = new URL(route.request().url()).pathname.split('/').slice(-3).map(Number);
        const tile = encodeBuildingTile(index, { z, x: tileX, y: tileY }, allowed, true);
        if (!tile) return route.fulfill({ status: 204 });
        sent.push(wireBytes(tile));
        return route.fulfill({ body: Buffer.from(tile), contentType: 'application/vnd.maplibre-tile' });
      }),
  };
};
