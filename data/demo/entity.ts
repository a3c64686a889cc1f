import type { Building } from './building';
import type { Divided } from './division';
import { dwellingCode, type Homes } from './home';
import { dateOf } from './person';
import { type Random, randomFor } from './random';
import { placementOf } from './spot';
import names from './world/name.json';
import organisation from './world/organisation.json';

const day = 86_400_000;
const signs = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const factors = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/** A unified social credit code of the right shape whose check character is always wrong. */
const fakeCreditCode = (sequence: number, isTrader: boolean): string => {
  const body = `${isTrader ? '92' : '91'}440300${'MA5'}${String(sequence % 1_000_000).padStart(6, '0')}`
    .padEnd(17, 'X')
    .slice(0, 17);
  const sum = factors.reduce((total, factor, i) => total + factor * signs.indexOf(body[i] ?? '0'), 0);
  return body + (signs[(31 - (sum % 31) + 1 + (sequence % 29)) % 31] ?? '0');
};

type Rule = { slots: number; industries: [industry: string, weight: number][] };

const retail: Rule['industries'] = [
  ['13', 52],
  ['1', 26],
  ['6', 3],
  ['11', 5],
  ['7', 5],
  ['9', 3],
  ['2', 2],
  ['10', 1],
  ['14', 3],
];
const rules: Record<string, Rule> = {
  '32': { slots: 3.4, industries: retail },
  '35': {
    slots: 12,
    industries: [
      ['13', 60],
      ['14', 22],
      ['1', 18],
    ],
  },
  '31': {
    slots: 14,
    industries: [
      ['7', 24],
      ['8', 10],
      ['13', 20],
      ['3', 14],
      ['5', 12],
      ['12', 8],
      ['9', 6],
      ['4', 1],
    ],
  },
  '21': {
    slots: 1.6,
    industries: [
      ['3', 74],
      ['5', 12],
      ['12', 8],
      ['7', 5],
      ['4', 1],
    ],
  },
  '22': {
    slots: 1.2,
    industries: [
      ['5', 84],
      ['3', 12],
      ['4', 4],
    ],
  },
  '33': {
    slots: 1.3,
    industries: [
      ['2', 80],
      ['8', 10],
      ['1', 10],
    ],
  },
  '34': {
    slots: 0.75,
    industries: [
      ['2', 62],
      ['1', 26],
      ['8', 9],
      ['13', 3],
    ],
  },
  '41': { slots: 1, industries: [['9', 100]] },
  '42': { slots: 1, industries: [['11', 100]] },
  '43': { slots: 1.5, industries: [['9', 100]] },
  '12': { slots: 0.14, industries: retail },
  '11': {
    slots: 0.5,
    industries: [
      ['13', 50],
      ['1', 18],
      ['9', 12],
      ['10', 8],
      ['11', 6],
      ['7', 6],
    ],
  },
};

type Draft = { building: number; industry: string };

const openDoors = (buildings: Building[], total: number, random: Random): Draft[] => {
  const drafts: Draft[] = [];
  buildings.forEach((building, i) => {
    const rule = rules[building.houseType];
    if (!rule) return;
    const n = Math.floor(rule.slots * random.between(0.6, 1.5) + random.next());
    for (let k = 0; k < n; k++)
      drafts.push({
        building: i,
        industry: rule.industries[random.weighted(rule.industries.map(([, weight]) => weight))]?.[0] ?? '13',
      });
  });
  const chosen = random.shuffle(drafts).slice(0, total);
  const homesWithRoom = [...buildings.keys()].filter((i) => ['12', '32'].includes(buildings[i]?.houseType ?? ''));
  while (chosen.length < total && homesWithRoom.length > 0)
    chosen.push({ building: random.pick(homesWithRoom), industry: '13' });
  return chosen.sort((a, b) => a.building - b.building);
};

const typeOf = (houseType: string, industry: string, random: Random): string => {
  if (houseType === '43') return random.pick(['3', '3', '4', '5', '8']);
  if (houseType === '41' || houseType === '42') return random.has(0.7) ? '4' : '6';
  if (['1', '2', '13', '14'].includes(industry)) return random.has(0.78) ? '2' : '1';
  if (['9', '10'].includes(industry)) return random.pick(['6', '1', '5']);
  return random.has(0.985) ? '1' : '9';
};

const staffOf = (industry: string, random: Random): number => {
  const typical: Record<string, number> = {
    '3': 38,
    '12': 30,
    '4': 16,
    '5': 12,
    '7': 11,
    '9': 20,
    '11': 9,
    '2': 5,
    '1': 6,
    '13': 2.2,
  };
  return Math.max(1, Math.round((typical[industry] ?? 5) * Math.exp(random.normal() * 0.8)));
};

/** Dwellings of each building that are let for business, in order. */
const businessRooms = (homes: Homes): Map<number, number[]> => {
  const rooms = new Map<number, number[]>();
  for (let i = 0; i < homes.count; i++) {
    if (![3, 5, 7].includes(homes.use[i] ?? 0)) continue;
    const building = homes.building[i] ?? 0;
    const list = rooms.get(building);
    if (list) list.push(i);
    else rooms.set(building, [i]);
  }
  return rooms;
};

const words = organisation.trades as Record<string, string[][]>;

/** Entity rows by building; the last `nUnplaced` of a shuffled list have no place. Returns ids of those beside. */
export function* entityRows(divided: Divided, buildings: Building[], homes: Homes, at: Date): Generator<unknown[]> {
  const { size, world } = divided.land;
  const random = randomFor(`${size}:entities`);
  const rooms = businessRooms(homes);
  for (const [i, { building: index, industry }] of openDoors(buildings, world.counts.entities, random).entries()) {
    const building = buildings[index];
    const [zh, en] = random.pick(words[industry] ?? [['商行', 'Store']]);
    const brand = random.pick(names.trades);
    const village = world.communities[building?.community ?? 0];
    const type = typeOf(building?.houseType ?? '32', industry, random);
    const isOrgan = type === '3' || type === '8';
    const name = isOrgan
      ? `${village?.name}${type === '8' ? '股份合作公司' : '办事机构'}`
      : `${brand}${random.has(0.4) ? (village?.name ?? '') : ''}${zh}`;
    const room = rooms.get(index)?.pop();
    const registered = at.getTime() - random.next() ** 1.6 * 18 * 365 * day - 20 * day;
    const closed = random.has(0.035) ? dateOf(registered + random.next() * (at.getTime() - registered)) : null;
    const isPlaced = !isUnplaced(i, world.counts);
    yield [
      `en${String(i + 1).padStart(6, '0')}`,
      name,
      `${village?.en} ${en} ${i + 1}`,
      fakeCreditCode(i, type === '2'),
      type,
      industry,
      isPlaced ? (building?.code ?? null) : null,
      isPlaced && room !== undefined ? dwellingCode(homes, buildings, room) : null,
      staffOf(industry, random),
      dateOf(registered),
      closed,
      ...placementOf(divided, isPlaced && building ? building : null),
    ];
  }
}

/** Every so many an entity whose address nobody could find. */
export const isUnplaced = (i: number, counts: { entities: number; unplaced: number }): boolean => {
  const every = Math.floor(counts.entities / Math.ceil(counts.unplaced * 0.6));
  return i % every === every - 1;
};
