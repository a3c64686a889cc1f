import type { Building } from './building';
import type { Divided } from './division';
import { isInRing, type Metres } from './plane';
import type { Random } from './random';
import { randomFor } from './random';

/** Kinds of place something can happen at or stand on. */
export type Where = 'home' | 'shop' | 'works' | 'site' | 'stay' | 'school' | 'street' | 'road' | 'beach' | 'hill';

/** A place found: metres, its cell, its building or -1. */
export type Spot = { x: number; y: number; cell: number; building: number };

type Pool = { items: number[]; total: number; sums: Float64Array };

export type Spots = { draw: (where: Where, random: Random) => Spot };

const buildingTypes: Partial<Record<Where, string[]>> = {
  home: ['11', '12', '13', '14', '15'],
  shop: ['32', '35', '31'],
  works: ['21', '22'],
  site: ['53', '21', '52'],
  stay: ['34', '33'],
  school: ['41', '42', '43'],
};

const poolOf = (items: number[], weightOf: (item: number) => number): Pool => {
  const sums = new Float64Array(items.length);
  let total = 0;
  items.forEach((item, i) => {
    total += weightOf(item);
    sums[i] = total;
  });
  return { items, total, sums };
};

const drawFrom = (pool: Pool, random: Random): number => {
  const goal = random.next() * pool.total;
  let [low, high] = [0, pool.items.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pool.sums[middle] ?? 0) > goal) high = middle;
    else low = middle + 1;
  }
  return pool.items[low] ?? 0;
};

/** How much more happens in some blocks than in others: a few carry five to ten times the rate. */
const heatOf = (divided: Divided, random: Random): Float64Array =>
  Float64Array.from(divided.blocks, ({ use }) => {
    const isHot = random.has(use === 'hill' || use === 'farm' ? 0.015 : 0.035);
    return Math.exp(random.normal() * 0.4) * (isHot ? random.between(4.5, 8) : 1);
  });

const cellPools = (
  divided: Divided,
  heat: Float64Array,
): Pick<Record<Where, Pool>, 'street' | 'road' | 'beach' | 'hill'> => {
  const { land, blockOf } = divided;
  const { cells, communityOf, roads } = land;
  const residents = new Float64Array(cells.sites.length);
  for (const { cell, nDwellings } of land.buildings) residents[cell] = (residents[cell] ?? 0) + nDwellings;
  const dry = [...cells.sites.keys()].filter((cell) => (communityOf[cell] ?? -1) >= 0);
  const of = (isIn: (cell: number) => boolean, weight: (cell: number) => number): Pool => {
    const list = dry.filter(isIn);
    return poolOf(list.length > 0 ? list : dry, (cell) => weight(cell) * (heat[blockOf[cell] ?? 0] ?? 1));
  };
  const site = (cell: number) => cells.sites[cell];
  const settled = (cell: number) => (site(cell)?.settlement ?? -1) >= 0;
  const nearRoad = (cell: number) => !roads.isClear(site(cell)?.x ?? 0, site(cell)?.y ?? 0, settled(cell) ? 45 : 120);
  return {
    street: of(settled, (cell) => 4 + (residents[cell] ?? 0) ** 0.8),
    road: of(nearRoad, (cell) => (settled(cell) ? 4 : 1)),
    beach: of(
      (cell) => site(cell)?.ground === 'beach',
      () => 1,
    ),
    hill: of(
      (cell) => ['hill', 'farm', 'water'].includes(site(cell)?.ground ?? ''),
      (cell) => (site(cell)?.ground === 'farm' ? 5 : 1),
    ),
  };
};

const buildingPools = (
  buildings: Building[],
  heat: Float64Array,
): Record<'home' | 'shop' | 'works' | 'site' | 'stay' | 'school', Pool> => {
  const of = (where: Where): Pool => {
    const types = buildingTypes[where] ?? [];
    const list = [...buildings.keys()].filter((i) => types.includes(buildings[i]?.houseType ?? ''));
    const items = list.length > 0 ? list : [...buildings.keys()];
    return poolOf(items, (i) => (1 + (buildings[i]?.nDwellings ?? 0)) ** 0.85 * (heat[buildings[i]?.block ?? 0] ?? 1));
  };
  return {
    home: of('home'),
    shop: of('shop'),
    works: of('works'),
    site: of('site'),
    stay: of('stay'),
    school: of('school'),
  };
};

/** Places by kind, weighted by how many live there and by the block's heat. */
export const findSpots = (divided: Divided, buildings: Building[]): Spots => {
  const { land } = divided;
  const heat = heatOf(divided, randomFor(`${land.size}:heat`));
  const pools = { ...cellPools(divided, heat), ...buildingPools(buildings, heat) };
  const inCell = (cell: number, random: Random): Metres => {
    const site = land.cells.sites[cell] ?? { x: 0, y: 0, settlement: -1 };
    const ring = land.shapeOf.get(cell)?.[0]?.[0] ?? [];
    const [px, py] = ring[random.whole(0, Math.max(0, ring.length - 1))] ?? [site.x, site.y];
    const share = site.settlement >= 0 ? 0.9 : random.between(0, 0.75);
    const [x, y] = [site.x + (px - site.x) * share, site.y + (py - site.y) * share];
    return isInRing(x, y, ring) ? [x, y] : [site.x, site.y];
  };
  return {
    draw: (where, random) => {
      const item = drawFrom(pools[where], random);
      const building = where in buildingTypes ? buildings[item] : undefined;
      if (building) return { x: building.x, y: building.y, cell: building.cell, building: item };
      const [x, y] = inCell(item, random);
      return { x, y, cell: item, building: -1 };
    },
  };
};

/** Codes a record carries once its place is known: lng, lat, sub-district, community, grid, block. */
export const placementOf = (
  { land, grids, blocks, gridOf, blockOf }: Divided,
  spot: { x: number; y: number; cell: number } | null,
): unknown[] => {
  if (!spot) return [null, null, null, null, null, null];
  const [lng, lat] = land.plane.toDegrees(spot.x, spot.y);
  const grid = grids[gridOf[spot.cell] ?? 0]?.code ?? '';
  return [lng, lat, grid.slice(0, 9), grid.slice(0, 12), grid, blocks[blockOf[spot.cell] ?? 0]?.code ?? null];
};
