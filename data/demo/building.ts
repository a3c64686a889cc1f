import type { Divided } from './division';
import { validSince } from './division-rows';
import type { Standing } from './land';
import { nearestOnSegment, ringCenter } from './plane';
import { type Random, randomFor } from './random';
import { numeral } from './road';
import names from './world/name.json';

/** A building with its code, address and place. */
export type Building = Standing & {
  code: string;
  name: string;
  en: string;
  address: string;
  aliases: string[];
  grid: number;
  block: number;
  community: number;
};

type Door = { street: number; along: number; side: number };

/** The street a building opens to: the nearest named border of its block. */
const doorOf = ({ land }: Divided, building: Standing): Door => {
  const { cells, roads } = land;
  const site = cells.sites[building.cell];
  let best: Door = { street: -1, along: 0, side: 0 };
  let least = Infinity;
  for (const index of cells.edgesOf[building.cell] ?? []) {
    const street = roads.streetOfEdge[index] ?? -1;
    const edge = cells.edges[index];
    const [a, b] = [edge?.line[0], edge?.line[edge.line.length - 1]];
    const other = cells.sites[edge?.left === building.cell ? edge.right : (edge?.left ?? 0)];
    if (street < 0 || !a || !b || !site || !other) continue;
    const near = nearestOnSegment(building.x, building.y, a, b);
    if (near.distance >= least) continue;
    least = near.distance;
    const isRow = site.row !== other.row;
    const order = isRow ? site.column : site.row;
    const isReversed = isRow ? site.row > other.row : site.column > other.column;
    const offset = isRow ? building.x : building.y;
    best = { street, along: order * 1e6 + offset, side: isReversed ? 1 : 0 };
  }
  return best;
};

/** House numbers: odd on one side of a street, even on the other, rising along it. */
const numberDoors = (doors: Door[]): Int32Array => {
  const numbers = new Int32Array(doors.length);
  const next = new Map<string, number>();
  const order = [...doors.keys()].sort((a, b) => (doors[a]?.along ?? 0) - (doors[b]?.along ?? 0) || a - b);
  for (const i of order) {
    const door = doors[i];
    if (!door || door.street < 0) continue;
    const key = `${door.street}|${door.side}`;
    const n = (next.get(key) ?? 0) + 1;
    next.set(key, n);
    numbers[i] = 2 * n - (door.side === 0 ? 1 : 0);
  }
  return numbers;
};

const kindNames: Record<string, [string, string]> = {
  '21': ['厂房', 'Works'],
  '22': ['仓库', 'Store'],
  '31': ['大厦', 'Tower'],
  '33': ['酒店', 'Hotel'],
  '35': ['市场', 'Market'],
  '41': ['学校', 'School'],
  '42': ['医院', 'Hospital'],
  '43': ['办公楼', 'Offices'],
  '44': ['文体中心', 'Culture Centre'],
  '45': ['古屋', 'Old House'],
  '52': ['临时棚', 'Shed'],
  '53': ['在建楼', 'Building Site'],
  '99': ['附属房', 'Outhouse'],
};

type Estate = { zh: string; en: string; count: number };

/** Names estates block by block, other buildings by what they are. */
const nameBuilding = (
  building: Standing,
  place: [string, string],
  estate: Estate,
  random: Random,
): { name: string; en: string; aliases: string[] } => {
  const n = estate.count;
  if (['compound', 'slabs'].includes(building.pattern)) {
    const short = `${estate.zh.slice(0, 2)}${n}栋`;
    return {
      name: `${estate.zh}${n}栋`,
      en: `${estate.en} Block ${n}`,
      aliases: n === 1 ? [estate.zh, short] : [short],
    };
  }
  if (building.pattern === 'quarters')
    return { name: `${place[0]}宿舍${n}栋`, en: `${place[1]} Quarters ${n}`, aliases: [] };
  const brand = random.pick(names.trades);
  if (building.houseType === '34') return { name: `${brand}民宿`, en: `Guest House ${n}`, aliases: [brand] };
  const kind = kindNames[building.houseType];
  if (kind) {
    const number = ['21', '22', '52', '53', '99', '45'].includes(building.houseType) ? numeral(Math.min(n, 99)) : '';
    return { name: `${place[0]}${number}${kind[0]}`, en: `${place[1]} ${kind[1]} ${n}`, aliases: [] };
  }
  return { name: '', en: '', aliases: [] };
};

/** Estate names by cell, drawn until they run out; counts the buildings of each. */
const estateBook = (random: Random) => {
  const pool = names.estates.flatMap(([zh, en]) =>
    names.estateKinds.map(([kind, word]) => ({ zh: `${zh}${kind}`, en: `${en} ${word}` })),
  );
  const free = random.shuffle(pool);
  const byCell = new Map<number, Estate>();
  return (cell: number, fallback: string): Estate => {
    const estate = byCell.get(cell) ?? { ...(free.pop() ?? { zh: `${fallback}小区`, en: 'Estate' }), count: 0 };
    estate.count++;
    byCell.set(cell, estate);
    return estate;
  };
};

type Ground = { grid: number; block: number; community: number };

/** Words of an address: sub-district, community, the settlement or community a building is called after. */
const placeNames = ({ land }: Divided, cell: number, { community }: Ground) => {
  const plan = land.world.communities[community];
  const settlement = land.world.settlements[land.cells.sites[cell]?.settlement ?? -1];
  const subdistrict = land.world.subdistricts.find(({ code }) => plan?.code.startsWith(code));
  return {
    prefix: `深圳市大鹏新区${subdistrict?.name ?? ''}街道${plan?.name ?? ''}社区`,
    near: [settlement?.name ?? plan?.name ?? '', settlement?.en ?? plan?.en ?? ''] as [string, string],
  };
};

const counter = () => {
  const counts = new Map<number, number>();
  return (key: number): number => {
    const n = (counts.get(key) ?? 0) + 1;
    counts.set(key, n);
    return n;
  };
};

/** Gives every building its 19-digit code (grid + 5 digits), its street address and a name. */
export const registerBuildings = (divided: Divided): Building[] => {
  const { land, grids, gridOf, blocks, blockOf } = divided;
  const random = randomFor(`${land.size}:names`);
  const doors = land.buildings.map((building) => doorOf(divided, building));
  const numbers = numberDoors(doors);
  const [inGrid, inBlock, estateOf] = [counter(), counter(), estateBook(random)];
  return land.buildings.map((building, i) => {
    const { cell } = building;
    const ground: Ground = {
      grid: gridOf[cell] ?? 0,
      block: blockOf[cell] ?? 0,
      community: land.communityOf[cell] ?? 0,
    };
    const block = blocks[ground.block];
    const { prefix, near } = placeNames(divided, cell, ground);
    const named = nameBuilding(building, near, estateOf(cell, block?.name ?? ''), random);
    const street = land.roads.streets[doors[i]?.street ?? -1] ?? block;
    const order = inBlock(ground.block);
    const number = street === block ? order : numbers[i];
    const door = `${street?.name ?? ''}${number}号`;
    return {
      ...building,
      ...ground,
      code: `${grids[ground.grid]?.code}${String(inGrid(ground.grid)).padStart(5, '0')}`,
      name: named.name || door,
      en: named.en || `${number} ${street?.en ?? ''}`,
      address: `${prefix}${door}${named.name}`,
      aliases: named.aliases,
    };
  });
};

/** Building rows; coordinates rounded to 7 decimals. */
export function* buildingRows({ land, grids, blocks }: Divided, buildings: Building[]): Generator<unknown[]> {
  const { plane } = land;
  for (const b of buildings) {
    const ring = b.ring.map(([x, y]) => plane.toDegrees(x, y, 7));
    const [first] = ring;
    if (first) ring.push([first[0], first[1]]);
    const [lng, lat] = plane.toDegrees(...ringCenter(b.ring), 7);
    const grid = grids[b.grid]?.code ?? '';
    yield [
      b.code,
      b.name,
      b.en,
      b.address,
      b.aliases,
      b.houseType,
      b.storeys,
      b.units,
      b.builtYear,
      b.areaSqm,
      ring,
      lng,
      lat,
      grid.slice(0, 9),
      grid.slice(0, 12),
      grid,
      blocks[b.block]?.code,
      validSince,
    ];
  }
}
