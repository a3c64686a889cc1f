import type { Building } from './building';
import { type Random, randomFor } from './random';
import type { World } from './world';

/** Dwellings of all buildings as parallel arrays, and who lives in them. */
export type Homes = {
  count: number;
  building: Int32Array;
  /** 1-based within the building; the last six digits of the code. */
  nth: Int32Array;
  floor: Uint8Array;
  unit: Uint8Array;
  room: Uint8Array;
  areaSqm: Float32Array;
  /** Code of `house-use`. */
  use: Uint8Array;
  /** First person and how many, by dwelling. */
  firstPerson: Int32Array;
  nResidents: Uint8Array;
  /** Age band of each person: 0 child, 1 adult, 2 elder; place in the household (0 head, 1 partner, 2 child, 3 parent, 4 sharing); code of `residence-relation`. */
  band: Uint8Array;
  role: Uint8Array;
  relation: Uint8Array;
  /** Household each person belongs to: its dwelling. */
  dwellingOf: Int32Array;
  nPersons: number;
};

const startingUse = (houseType: string, random: Random): number => {
  if (['11', '12', '14', '15'].includes(houseType)) return 1;
  if (houseType === '13') return 6;
  if (houseType === '34') return 7;
  if (['31', '32', '33', '35', '21', '22'].includes(houseType)) return random.has(0.55) ? 3 : 5;
  return 9;
};

const layHomes = (buildings: Building[], random: Random): Homes => {
  const count = buildings.reduce((sum, building) => sum + building.nDwellings, 0);
  const homes: Homes = {
    count,
    building: new Int32Array(count),
    nth: new Int32Array(count),
    floor: new Uint8Array(count),
    unit: new Uint8Array(count),
    room: new Uint8Array(count),
    areaSqm: new Float32Array(count),
    use: new Uint8Array(count),
    firstPerson: new Int32Array(count).fill(-1),
    nResidents: new Uint8Array(count),
    band: new Uint8Array(0),
    role: new Uint8Array(0),
    relation: new Uint8Array(0),
    dwellingOf: new Int32Array(0),
    nPersons: 0,
  };
  let at = 0;
  buildings.forEach((building, index) => {
    const perFloor = Math.max(1, Math.ceil(building.nDwellings / building.storeys / building.units));
    const gross = building.areaSqm / Math.max(1, building.nDwellings);
    const most = building.houseType === '21' || building.houseType === '22' ? 4000 : 180;
    for (let k = 0; k < building.nDwellings; k++, at++) {
      const perUnit = Math.ceil(building.nDwellings / building.units);
      const inUnit = k % perUnit;
      homes.building[at] = index;
      homes.nth[at] = k + 1;
      homes.unit[at] = Math.floor(k / perUnit) + 1;
      homes.floor[at] = Math.min(building.storeys, Math.floor(inUnit / perFloor) + 1);
      homes.room[at] = (inUnit % perFloor) + 1;
      homes.areaSqm[at] = Math.round(Math.min(most, Math.max(14, gross * 0.8 * random.between(0.85, 1.15))));
      const isShopFloor = building.houseType === '32' && homes.floor[at] !== 1;
      homes.use[at] = isShopFloor ? 1 : startingUse(building.houseType, random);
    }
  });
  return homes;
};

/** Households as age bands, head first: 1 adult, 2 elder, 0 child. */
const compositions: { bands: number[]; roles: number[]; weight: number }[] = [
  { bands: [1], roles: [0], weight: 29 },
  { bands: [1, 1], roles: [0, 1], weight: 24 },
  { bands: [1, 1, 0], roles: [0, 1, 2], weight: 15 },
  { bands: [1, 1, 0, 0], roles: [0, 1, 2, 2], weight: 8 },
  { bands: [1, 0], roles: [0, 2], weight: 2.5 },
  { bands: [1, 1, 1], roles: [0, 1, 2], weight: 6 },
  { bands: [1, 1, 0, 2], roles: [0, 1, 2, 3], weight: 3 },
  { bands: [1, 1, 0, 0, 2, 2], roles: [0, 1, 2, 2, 3, 3], weight: 2 },
  { bands: [1, 1, 2], roles: [0, 1, 3], weight: 2 },
  { bands: [2, 2], roles: [0, 1], weight: 2.4 },
  { bands: [2], roles: [0], weight: 2 },
  { bands: [1, 1, 1, 1], roles: [4, 4, 4, 4], weight: 4 },
];
const weights = compositions.map(({ weight }) => weight);

type Filled = { dwelling: number; bands: number[]; roles: number[] };

/** Fills one community's homes until its residents are reached; the last household is cut to fit. */
const settle = (homes: Homes, free: number[], residents: number, random: Random): Filled[] => {
  const filled: Filled[] = [];
  const mean = residents / Math.max(1, free.length * 0.86);
  let left = residents;
  const order = random.shuffle(free);
  for (const [i, dwelling] of order.entries()) {
    if (left <= 0) break;
    const mustFill = left > (order.length - i) * 4;
    if (!mustFill && random.has(0.12)) continue;
    const isDorm = homes.use[dwelling] === 6;
    let { bands, roles } = compositions[random.weighted(weights)] ?? { bands: [1], roles: [0] };
    if (isDorm) {
      bands = Array.from({ length: random.whole(1, mean > 1.2 ? 5 : 3) }, () => 1);
      roles = bands.map(() => 4);
    } else if (mean > 2.6 && random.has(Math.min(0.9, (mean - 2.4) / 2))) {
      const extra = random.whole(1, Math.ceil(mean - 1));
      bands = [...bands, ...Array.from({ length: extra }, () => (random.has(0.2) ? 0 : 1))];
      roles = bands.map((_, k) => roles[k] ?? 4);
    }
    bands = bands.slice(0, left);
    left -= bands.length;
    filled.push({ dwelling, bands, roles: roles.slice(0, bands.length) });
  }
  for (let k = 0; left > 0 && filled.length > 0; k++, left--) {
    const household = filled[k % filled.length];
    household?.bands.push(1);
    household?.roles.push(4);
  }
  return filled;
};

/** Moves people over a band's edge until the census counts are met: 13-year-olds and 16-year-olds, 59 and 60. */
const meetCensus = (
  band: Uint8Array,
  role: Uint8Array,
  goal: { children: number; elders: number },
  random: Random,
): void => {
  const turn = (from: number, to: number, mayTurn: (role: number) => boolean, n: number) => {
    const list = random.shuffle([...band.keys()].filter((i) => band[i] === from && mayTurn(role[i] ?? 0)));
    for (const i of list.slice(0, n)) band[i] = to;
  };
  const count = (which: number) => band.reduce((sum, value) => sum + (value === which ? 1 : 0), 0);
  const children = count(0) - goal.children;
  if (children > 0) turn(0, 1, () => true, children);
  else {
    turn(1, 0, (r) => r === 2, -children);
    turn(1, 0, (r) => r === 4, goal.children - count(0));
  }
  const elders = count(2) - goal.elders;
  if (elders > 0) turn(2, 1, () => true, elders);
  else turn(1, 2, (r) => r !== 2, -elders);
};

const relationOf = (houseType: string, use: number, random: Random): number => {
  if (use === 6) return 3;
  if (houseType === '53' || houseType === '52') return 6;
  return use === 2 ? 2 : random.has(0.94) ? 1 : 4;
};

/** Dwellings with their residents: community totals and census age bands are met exactly. */
export const settlePeople = (world: World, size: string, buildings: Building[]): Homes => {
  const random = randomFor(`${size}:homes`);
  const homes = layHomes(buildings, random);
  const free: number[][] = world.communities.map(() => []);
  for (let i = 0; i < homes.count; i++) {
    const community = buildings[homes.building[i] ?? 0]?.community ?? 0;
    if (homes.use[i] === 1 || homes.use[i] === 6) free[community]?.push(i);
  }
  const filled = world.communities.flatMap((plan, i) => settle(homes, free[i] ?? [], plan.residents, random));
  filled.sort((a, b) => a.dwelling - b.dwelling);
  const total = filled.reduce((sum, { bands }) => sum + bands.length, 0);
  homes.band = Uint8Array.from(filled.flatMap(({ bands }) => bands));
  homes.role = Uint8Array.from(filled.flatMap(({ roles }) => roles));
  homes.relation = new Uint8Array(total);
  homes.dwellingOf = new Int32Array(total);
  homes.nPersons = total;
  meetCensus(homes.band, homes.role, world.counts, random);
  for (const list of free) for (const dwelling of list) if (homes.use[dwelling] === 1) homes.use[dwelling] = 4;
  let at = 0;
  for (const { dwelling, bands } of filled) {
    const building = buildings[homes.building[dwelling] ?? 0];
    const isRented = building?.houseType === '12' || building?.houseType === '32' ? 0.74 : 0.42;
    if (homes.use[dwelling] === 4) homes.use[dwelling] = random.has(isRented) ? 2 : 1;
    homes.firstPerson[dwelling] = at;
    homes.nResidents[dwelling] = bands.length;
    const relation = relationOf(building?.houseType ?? '12', homes.use[dwelling] ?? 1, random);
    for (let k = 0; k < bands.length; k++, at++) {
      homes.relation[at] = relation;
      homes.dwellingOf[at] = dwelling;
    }
  }
  return homes;
};

/** 25-digit code: building + 6 digits. */
export const dwellingCode = (homes: Homes, buildings: Building[], dwelling: number): string =>
  `${buildings[homes.building[dwelling] ?? 0]?.code}${String(homes.nth[dwelling]).padStart(6, '0')}`;

export function* dwellingRows(homes: Homes, buildings: Building[]): Generator<unknown[]> {
  for (let i = 0; i < homes.count; i++) {
    const [floor, room] = [homes.floor[i] ?? 1, homes.room[i] ?? 1];
    const door = `${floor}${String(room).padStart(2, '0')}`;
    const code = dwellingCode(homes, buildings, i);
    yield [code, code.slice(0, 19), homes.unit[i], floor, door, String(homes.use[i]), homes.areaSqm[i]];
  }
}
