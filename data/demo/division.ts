import type { Ground } from './cells';
import { bisect, growPatches, joinStrays } from './group';
import type { Land } from './land';
import { outlineGroups, type Shape, shapeArea } from './outline';
import { ringCenter } from './plane';
import { numeral } from './road';

/** A base grid: its cells and the households expected in it. */
export type Grid = { code: string; community: number; name: string; en: string; cells: number[]; households: number };
export type Block = {
  code: string;
  grid: number;
  name: string;
  en: string;
  use: Exclude<Ground, 'sea' | 'outside'>;
  cells: number[];
  shape: Shape;
  areaSqm: number;
  /** Label position, metres. */
  x: number;
  y: number;
};
export type Divided = {
  land: Land;
  grids: Grid[];
  blocks: Block[];
  gridOf: Int32Array;
  blockOf: Int32Array;
  gridShapes: Map<number, Shape>;
};

const homes = ['11', '12', '13', '14', '15'];

const isSettled = (land: Land, cell: number) => (land.cells.sites[cell]?.settlement ?? -1) >= 0;

/** Households expected in each cell, so that a community's add up to its residents. */
const expectHouseholds = (land: Land): Float64Array => {
  const perCell = new Float64Array(land.cells.sites.length);
  const perCommunity = new Float64Array(land.world.communities.length);
  for (const { cell, houseType, nDwellings } of land.buildings) {
    if (!homes.includes(houseType)) continue;
    perCell[cell] = (perCell[cell] ?? 0) + nDwellings;
    const community = land.communityOf[cell] ?? 0;
    perCommunity[community] = (perCommunity[community] ?? 0) + nDwellings;
  }
  return perCell.map((dwellings, cell) => {
    const community = land.communityOf[cell] ?? -1;
    const all = perCommunity[community] ?? 0;
    return all > 0 ? (dwellings * (land.world.communities[community]?.residents ?? 0)) / 2.5 / all : 0;
  });
};

const areasOf = (land: Land): Float64Array =>
  Float64Array.from(land.cells.sites, (_, cell) => shapeArea(land.shapeOf.get(cell) ?? []));

/** Open cells close to a settlement join its grids; the rest of the hills are grids of their own. */
const splitCommunity = (land: Land, members: number[], households: Float64Array, areas: Float64Array): number[][] => {
  const settled = members.filter((cell) => isSettled(land, cell));
  const open = members.filter((cell) => !isSettled(land, cell));
  const total = members.reduce((sum, cell) => sum + (households[cell] ?? 0), 0);
  const scale = land.world.counts.householdsPerGrid;
  const parts = bisect(
    land.cells,
    settled,
    Math.max(1, Math.round(total / scale)),
    (cell) => (households[cell] ?? 0) + 0.4,
  );
  const wild = open.filter((cell) => ['hill', 'water'].includes(land.cells.sites[cell]?.ground ?? ''));
  const wildArea = wild.reduce((sum, cell) => sum + (areas[cell] ?? 0), 0);
  const nWild = land.size === 'tiny' ? 1 : Math.min(6, Math.round(wildArea / 9e6));
  const wilds = nWild > 0 && wild.length > nWild ? bisect(land.cells, wild, nWild, (cell) => areas[cell] ?? 0) : [];
  const rest = open.filter((cell) => wilds.length === 0 || !wild.includes(cell));
  for (const cell of rest) nearestPart(land, parts, cell)?.push(cell);
  return [...parts, ...wilds];
};

const nearestPart = (land: Land, parts: number[][], cell: number): number[] | undefined => {
  const at = land.cells.sites[cell];
  let best: number[] | undefined;
  let least = Infinity;
  for (const part of parts) {
    for (const other of part) {
      const to = land.cells.sites[other];
      if (!at || !to || (to.settlement < 0 && part.some((c) => isSettled(land, c)))) continue;
      const d = Math.hypot(at.x - to.x, at.y - to.y);
      if (d < least) [best, least] = [part, d];
    }
  }
  return best;
};

const drawGrids = (land: Land): { grids: Grid[]; gridOf: Int32Array } => {
  const { cells, world, communityOf } = land;
  const [households, areas] = [expectHouseholds(land), areasOf(land)];
  const gridOf = new Int32Array(cells.sites.length).fill(-1);
  let next = 0;
  world.communities.forEach((_, community) => {
    const members = [...communityOf.keys()].filter((cell) => communityOf[cell] === community);
    for (const part of splitCommunity(land, members, households, areas)) {
      for (const cell of part) gridOf[cell] = next;
      next++;
    }
  });
  joinStrays(cells, gridOf, (a, b) => communityOf[a] === communityOf[b]);
  const members: number[][] = Array.from({ length: next }, () => []);
  for (const [cell, grid] of gridOf.entries()) members[grid]?.push(cell);
  const kept = members.map((list, old) => ({ list, old })).filter(({ list }) => list.length > 0);
  const grids: Grid[] = [];
  for (const { list } of kept) {
    const community = communityOf[list[0] ?? 0] ?? 0;
    const plan = world.communities[community];
    const nth = grids.filter((grid) => grid.community === community).length + 1;
    const two = String(nth).padStart(2, '0');
    const sum = list.reduce((total, cell) => total + (households[cell] ?? 0), 0);
    for (const cell of list) gridOf[cell] = grids.length;
    grids.push({
      code: `${plan?.code}${two}`,
      community,
      name: `${plan?.name}${two}网格`,
      en: `${plan?.en} Grid ${two}`,
      cells: list,
      households: sum,
    });
  }
  return { grids, gridOf };
};

const compass: [string, string][] = [
  ['东坡', 'East'],
  ['东北坡', 'Northeast'],
  ['北坡', 'North'],
  ['西北坡', 'Northwest'],
  ['西坡', 'West'],
  ['西南坡', 'Southwest'],
  ['南坡', 'South'],
  ['东南坡', 'Southeast'],
];

/** Name of a block before its ordinal: street, village, beach, reservoir, or the slope of a hill. */
const stemOf = (land: Land, cell: number): [string, string] => {
  const { world, plane, cells, roads } = land;
  const site = cells.sites[cell];
  if (!site) return ['', ''];
  const plan = world.settlements[site.settlement];
  if (plan && (plan.kind === 'town' || plan.kind === 'compound')) {
    const street = (cells.edgesOf[cell] ?? []).map((edge) => roads.streets[roads.streetOfEdge[edge] ?? -1]);
    const best = street
      .filter((s) => s !== undefined)
      .sort((a, b) => a.rank - b.rank || a.name.localeCompare(b.name))[0];
    return best ? [`${best.name}街坊`, `${best.en} Block`] : [`${plan.name}街坊`, `${plan.en} Block`];
  }
  if (plan?.kind === 'industry') return [`${plan.name}地块`, `${plan.en} Lot`];
  if (plan) return [`${plan.name}村片`, `${plan.en} Village Block`];
  const nearest = <T extends { at: [number, number] }>(list: T[]) =>
    list
      .map((item) => ({ item, at: plane.toMetres(item.at) }))
      .sort(
        (a, b) => Math.hypot(a.at[0] - site.x, a.at[1] - site.y) - Math.hypot(b.at[0] - site.x, b.at[1] - site.y),
      )[0];
  if (site.ground === 'beach') {
    const beach = nearest(world.beaches)?.item;
    return [`${beach?.name ?? ''}岸段`, `${beach?.en ?? ''} Stretch`];
  }
  if (site.ground === 'water') {
    const pond = nearest(world.reservoirs)?.item;
    return [`${pond?.name ?? ''}库区`, `${pond?.en ?? ''} Basin`];
  }
  if (site.ground === 'farm') {
    const village = nearest(world.settlements)?.item;
    return [`${village?.name ?? ''}田片`, `${village?.en ?? ''} Fields`];
  }
  const peak = nearest(world.peaks);
  const angle = Math.atan2(site.y - (peak?.at[1] ?? 0), site.x - (peak?.at[0] ?? 0));
  const side = compass[Math.round(((angle / Math.PI) * 4 + 8) % 8) % 8];
  return [`${peak?.item.name ?? ''}${side?.[0] ?? ''}片`, `${peak?.item.en ?? ''} ${side?.[1] ?? ''} Slope`];
};

/** `葵新北路街坊` + 2 → `葵新北路二街坊`. */
const withOrdinal = ([zh, en]: [string, string], n: number): [string, string] => {
  const cut = zh.endsWith('片') ? 1 : 2;
  return [`${zh.slice(0, -cut)}${numeral(n)}${zh.slice(-cut)}`, `${en} ${n}`];
};

/** Cells of a grid by block: each street block by itself, open ground in patches of one kind. */
const blockCells = (land: Land, grid: Grid, areas: Float64Array): number[][] => {
  const ground = (cell: number) => land.cells.sites[cell]?.ground ?? 'hill';
  const settled = grid.cells.filter((cell) => isSettled(land, cell)).map((cell) => [cell]);
  const open = grid.cells.filter((cell) => !isSettled(land, cell));
  const limitOf = (cell: number) => (land.size === 'tiny' ? 6e4 : ground(cell) === 'hill' ? 8e5 : 2.2e5);
  const isAlike = (a: number, b: number) => ground(a) === ground(b);
  return [...settled, ...growPatches(land.cells, open, isAlike, (cell) => areas[cell] ?? 0, limitOf)];
};

const drawBlocks = (land: Land, grids: Grid[]): { blocks: Block[]; blockOf: Int32Array } => {
  const { sites } = land.cells;
  const areas = areasOf(land);
  const blockOf = new Int32Array(sites.length).fill(-1);
  const lists = grids.flatMap((grid, index) =>
    blockCells(land, grid, areas).map((cells, i) => ({ grid, index, cells, nth: i + 1 })),
  );
  lists.forEach(({ cells }, i) => {
    for (const cell of cells) blockOf[cell] = i;
  });
  const shapes = outlineGroups(land.cells, (cell) => blockOf[cell] ?? -1);
  const ordinals = new Map<string, number>();
  const blocks = lists.map(({ grid, index, cells, nth }, i): Block => {
    const first = cells[0] ?? 0;
    const stem = stemOf(land, first);
    const n = (ordinals.get(stem[0]) ?? 0) + 1;
    ordinals.set(stem[0], n);
    const [name, en] = withOrdinal(stem, n);
    const shape = shapes.get(i) ?? [];
    const site = sites[first] ?? { x: 0, y: 0, ground: 'hill' as const };
    const [x, y] = cells.length === 1 ? ringCenter(shape[0]?.[0] ?? []) : [site.x, site.y];
    const code = `${grid.code}${String(nth).padStart(3, '0')}`;
    return {
      code,
      grid: index,
      name,
      en,
      use: site.ground as Block['use'],
      cells,
      shape,
      areaSqm: Math.round(shapeArea(shape)),
      x,
      y,
    };
  });
  return { blocks, blockOf };
};

/** Communities into base grids of about 395 households, grids into blocks. Block cells cover the land exactly. */
export const divideLand = (land: Land): Divided => {
  const { grids, gridOf } = drawGrids(land);
  const { blocks, blockOf } = drawBlocks(land, grids);
  return { land, grids, blocks, gridOf, blockOf, gridShapes: outlineGroups(land.cells, (cell) => gridOf[cell] ?? -1) };
};
