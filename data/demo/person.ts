import type { Building } from './building';
import { dwellingCode, type Homes } from './home';
import { type Random, randomFor } from './random';
import names from './world/name.json';

const day = 86_400_000;
const pad = (n: number, width = 2) => String(n).padStart(width, '0');
/** Local date (UTC+8) of an instant as YYYY-MM-DD. */
export const dateOf = (at: number): string => new Date(at + 8 * 3_600_000).toISOString().slice(0, 10);

const factors = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const checks = '10X98765432';

/** A number of the right shape whose check digit is always wrong, so that it can be nobody's. */
const fakeIdNumber = (birth: string, sequence: number, isMale: boolean): string => {
  const order = ((sequence * 2) % 998) + (isMale ? 1 : 2);
  const body = `44030${Math.floor(sequence / 499) % 10}${birth.replaceAll('-', '')}${pad(order, 3)}`;
  const sum = factors.reduce((total, factor, i) => total + factor * Number(body[i]), 0);
  return body + (checks[((sum % 11) + 1 + (sequence % 9)) % 11] ?? '0');
};

/** Share of each year of age within 15–59: many young workers, as in a town of factories and inns. */
const adultWeights = Array.from({ length: 45 }, (_, i) => {
  const age = 15 + i;
  return age < 18 ? 0.8 : age < 24 ? 1.9 : age < 40 ? 3.1 : age < 50 ? 2.4 : 1.6;
});
const elderWeights = Array.from({ length: 38 }, (_, i) => 0.93 ** i * (i < 35 ? 1 : 0.4));

const ageOf = (band: number, role: number, random: Random): number => {
  if (band === 0) return random.whole(0, 14);
  if (band === 2) return 60 + random.weighted(elderWeights);
  if (role === 2) return random.whole(15, 27);
  if (role === 4) return 18 + random.weighted(adultWeights.slice(3, 32));
  return 20 + random.weighted(adultWeights.slice(5));
};

const origins = [
  '44',
  '43',
  '45',
  '36',
  '42',
  '51',
  '41',
  '50',
  '52',
  '35',
  '34',
  '53',
  '61',
  '33',
  '32',
  '37',
  '13',
  '14',
  '21',
  '22',
  '23',
  '62',
  '46',
  '11',
  '31',
];
const originWeights = [
  40, 14, 11, 9, 7, 5, 4, 3, 2.6, 2, 1.6, 1.2, 0.8, 0.6, 0.6, 0.7, 0.6, 0.3, 0.3, 0.3, 0.4, 0.3, 0.5, 0.1, 0.1,
];

const nameOf = (surname: string, isMale: boolean, random: Random): string => {
  const pool = isMale ? names.givenMale : names.givenFemale;
  const first = pool[random.whole(0, pool.length - 1)] ?? '';
  return surname + first + (random.has(0.72) ? (pool[random.whole(0, pool.length - 1)] ?? '') : '');
};

const typeOf = (relation: number, random: Random): string => {
  const draw = random.next();
  if (draw < 0.004) return '4';
  if (draw < 0.011) return '6';
  if (draw < 0.03) return '5';
  if (relation === 1) return draw < 0.72 ? '1' : '2';
  return draw < 0.1 ? '1' : '2';
};

type Household = {
  surname: string;
  partnerSurname: string;
  origin: string;
  headIsMale: boolean;
  type: string;
  from: string;
};

const meet = (homes: Homes, at: number, now: number, random: Random): Household => {
  const surname = () => names.surnames[Math.floor(random.next() ** 1.7 * names.surnames.length)] ?? '陈';
  const type = typeOf(homes.relation[at] ?? 1, random);
  const isLocal = type === '1';
  const years = isLocal ? random.between(1, 22) : random.next() ** 2 * 9 + 0.05;
  return {
    surname: surname(),
    partnerSurname: surname(),
    origin: isLocal
      ? random.has(0.85)
        ? '44'
        : (origins[random.weighted(originWeights)] ?? '44')
      : (origins[random.weighted(originWeights)] ?? '43'),
    headIsMale: random.has(0.62),
    type,
    from: dateOf(now - years * 365.25 * day),
  };
};

type Person = { row: unknown[]; from: string };

const draw = (homes: Homes, i: number, household: Household, now: number, random: Random): Person => {
  const [band, role] = [homes.band[i] ?? 1, homes.role[i] ?? 0];
  const age = ageOf(band, role, random);
  const birth = dateOf(now - (age * 365.25 + 1 + random.next() * 363) * day);
  const isMale =
    role === 0 ? household.headIsMale : role === 1 ? !household.headIsMale : random.has(role === 4 ? 0.56 : 0.53);
  const surname =
    role === 1 || role === 4
      ? (names.surnames[Math.floor(random.next() ** 1.7 * names.surnames.length)] ?? '陈')
      : household.surname;
  const type = role === 4 ? typeOf(homes.relation[i] ?? 1, random) : household.type;
  const origin = role === 4 ? (origins[random.weighted(originWeights)] ?? '44') : household.origin;
  const phone = age >= 12 ? `1990000${pad(random.whole(0, 9999), 4)}` : null;
  const from = birth.localeCompare(household.from) > 0 ? birth : household.from;
  return {
    row: [
      i + 1,
      nameOf(surname, isMale, random),
      fakeIdNumber(birth, i, isMale),
      phone,
      isMale ? 1 : 2,
      birth,
      type,
      origin,
    ],
    from,
  };
};

function* people(homes: Homes, size: string, now: number): Generator<Person & { i: number }> {
  const random = randomFor(`${size}:people`);
  let household: Household | undefined;
  for (let i = 0; i < homes.nPersons; i++) {
    if (!household || homes.dwellingOf[i] !== homes.dwellingOf[i - 1]) household = meet(homes, i, now, random);
    yield { ...draw(homes, i, household, now, random), i };
  }
}

/** One row a resident; ages at `at` fall exactly in the census bands. */
export function* personRows(homes: Homes, size: string, at: Date): Generator<unknown[]> {
  for (const { row } of people(homes, size, at.getTime())) yield row;
}

/** Share of households that lived in the district before their present home. */
const movedWithin = 0.84;

/** Occupied dwelling a mover came from: any other one, the same for a whole household. */
const earlierHome = (homes: Homes, now: number, random: Random): number => {
  for (let tries = 0; tries < 50; tries++) {
    const dwelling = random.whole(0, homes.count - 1);
    if (dwelling !== now && (homes.nResidents[dwelling] ?? 0) > 0) return dwelling;
  }
  return now;
};

/** Homes people of the district lived in before their present one, so that a past count is a town, not half of one. */
function* earlierRows(homes: Homes, buildings: Building[], size: string, at: Date): Generator<unknown[]> {
  const random = randomFor(`${size}:moves`);
  let [last, dwelling, years] = [-1, -1, 0];
  let id = homes.nPersons;
  for (const { i, from, row } of people(homes, size, at.getTime())) {
    const present = homes.dwellingOf[i] ?? 0;
    if (present !== last || homes.role[i] === 4) {
      dwelling = random.has(movedWithin) ? earlierHome(homes, present, random) : -1;
      years = random.between(1.5, 9);
      last = present;
    }
    const birth = String(row[5]);
    const since = dateOf(Date.parse(from) - years * 365.25 * day);
    const start = birth.localeCompare(since) > 0 ? birth : since;
    if (dwelling < 0 || start.localeCompare(from) >= 0) continue;
    id += 1;
    yield [id, i + 1, dwellingCode(homes, buildings, dwelling), String(homes.relation[i]), start, from];
  }
}

/** Where residents live, and where they lived before. */
export function* residenceRows(homes: Homes, buildings: Building[], size: string, at: Date): Generator<unknown[]> {
  for (const { i, from } of people(homes, size, at.getTime()))
    yield [
      i + 1,
      i + 1,
      dwellingCode(homes, buildings, homes.dwellingOf[i] ?? 0),
      String(homes.relation[i]),
      from,
      null,
    ];
  yield* earlierRows(homes, buildings, size, at);
}
