import Flatbush from 'flatbush';
import type { LngLat } from '@/data/model/geo';
import { projectLngLat, steps } from './mercator';

/** A building as it is read for tiles. Codes null = the record has no place in that level. */
export type BuildingRow = {
  code: string;
  name: string;
  name_en: string;
  house_type: string;
  storeys: number;
  footprint: LngLat[];
  subdistrict_code: string | null;
  community_code: string | null;
  grid_code: string | null;
  block_code: string | null;
};

/** Every building in typed arrays: ring `i` is `xy[2·starts[i]] … xy[2·starts[i+1]]`, open, in Mercator steps. */
export type BuildingIndex = {
  n: number;
  starts: Uint32Array;
  xy: Uint32Array;
  storeys: Uint16Array;
  /** Ordinal in `places` of where the building falls. */
  place: Uint32Array;
  codes: string[];
  names: string[];
  namesEn: string[];
  houseTypes: string[];
  blocks: (string | null)[];
  places: BuildingPlace[];
  tree: Flatbush | null;
};

export type BuildingPlace = { subdistrict: string | null; community: string | null; grid: string | null };

class Uint32Buffer {
  private array = new Uint32Array(1 << 16);
  length = 0;
  push(value: number) {
    if (this.length === this.array.length) {
      const grown = new Uint32Array(this.array.length * 2);
      grown.set(this.array);
      this.array = grown;
    }
    this.array[this.length++] = value;
  }
  done = () => this.array.slice(0, this.length);
}

const isClosed = (ring: LngLat[]) => {
  const [first, last] = [ring[0], ring.at(-1)];
  return first !== undefined && last !== undefined && first[0] === last[0] && first[1] === last[1];
};

/** Packs rows as they stream in; `done` builds the spatial index. Rings of under three corners are left out. */
export const packBuildings = () => {
  const [starts, xy, storeys, place] = [new Uint32Buffer(), new Uint32Buffer(), new Uint32Buffer(), new Uint32Buffer()];
  const placeOrdinals = new Map<string, number>();
  const places: BuildingPlace[] = [];
  const text = {
    codes: [] as string[],
    names: [] as string[],
    namesEn: [] as string[],
    houseTypes: [] as string[],
    blocks: [] as (string | null)[],
  };
  const boxes: number[] = [];
  const words = new Map<string, string>();
  const shared = (word: string): string => {
    const known = words.get(word);
    if (known === undefined) words.set(word, word);
    return known ?? word;
  };

  const add = (row: BuildingRow) => {
    const corners = row.footprint.slice(0, isClosed(row.footprint) ? -1 : undefined);
    if (corners.length < 3) return;
    starts.push(xy.length / 2);
    let [minX, minY, maxX, maxY] = [1, 1, 0, 0];
    for (const [lng, lat] of corners) {
      const [x, y] = projectLngLat(lng, lat);
      [minX, minY, maxX, maxY] = [Math.min(minX, x), Math.min(minY, y), Math.max(maxX, x), Math.max(maxY, y)];
      xy.push(Math.round(x * steps));
      xy.push(Math.round(y * steps));
    }
    boxes.push(minX, minY, maxX, maxY);
    storeys.push(row.storeys);
    const key = `${row.subdistrict_code}|${row.community_code}|${row.grid_code}`;
    const known = placeOrdinals.get(key) ?? places.length;
    if (known === places.length) {
      placeOrdinals.set(key, known);
      places.push({ subdistrict: row.subdistrict_code, community: row.community_code, grid: row.grid_code });
    }
    place.push(known);
    text.codes.push(row.code);
    text.names.push(row.name);
    text.namesEn.push(row.name_en);
    text.houseTypes.push(shared(row.house_type));
    text.blocks.push(row.block_code === null ? null : shared(row.block_code));
  };

  const done = (): BuildingIndex => {
    const n = text.codes.length;
    starts.push(xy.length / 2);
    const tree = n > 0 ? new Flatbush(n) : null;
    for (let i = 0; tree && i < n; i++)
      tree.add(boxes[4 * i] ?? 0, boxes[4 * i + 1] ?? 0, boxes[4 * i + 2], boxes[4 * i + 3]);
    tree?.finish();
    return {
      n,
      starts: starts.done(),
      xy: xy.done(),
      storeys: Uint16Array.from(storeys.done()),
      place: place.done(),
      ...text,
      places,
      tree,
    };
  };
  return { add, done };
};
