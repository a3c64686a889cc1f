import { alertAreaRows, alertRows } from './alert';
import { day, hour, midnightOf, minute } from './calendar';
import { dwellingCode } from './home';
import { dateOf, personRows } from './person';
import { type Random, randomFor } from './random';
import type { Scene } from './scene';
import { placementOf } from './spot';
import type { DemoTableName } from './table';
import told from './world/care.json';

const everyDays = new Map(Object.entries(told.everyDays));
/** Days of visits the register of the demo holds. */
const keptDays = 90;

type Person = { age: number; sex: number; isAlone: boolean };

const groupOf = ({ age, sex, isAlone }: Person, random: Random): string | null => {
  for (const group of told.groups) {
    if (age < group.from || age > group.to || (group.sex ?? sex) !== sex || (group.isAlone && !isAlone)) continue;
    if (random.has(group.share)) return group.code;
  }
  return null;
};

type Registered = { id: string; group: string; row: unknown[]; from: number; grid: string };

/** Who is on the register: drawn by age, sex and household; a person in one group. */
function* registered({ at, divided, buildings, homes }: Scene): Generator<Registered> {
  const { size } = divided.land;
  const random = randomFor(`${size}:care`);
  const now = at.getTime();
  let i = 0;
  for (const [person, , , , sex, birthOn] of personRows(homes, size, at)) {
    const dwelling = homes.dwellingOf[i] ?? 0;
    i += 1;
    const age = Math.floor((now - Date.parse(String(birthOn))) / (365.25 * day));
    const isAlone = homes.nResidents[dwelling] === 1;
    const group = groupOf({ age, sex: Number(sex), isAlone }, random);
    const building = buildings[homes.building[dwelling] ?? 0];
    if (group === null || !building) continue;
    const [, , subdistrict, community, grid] = placementOf(divided, building);
    const from = now - random.between(0.05, 3) * 365 * day;
    const id = `care${String(person).padStart(6, '0')}`;
    const home = [dwellingCode(homes, buildings, dwelling), building.code, subdistrict, community, grid];
    yield { id, group, from, grid: String(grid), row: [id, person, group, ...home, dateOf(from), null] };
  }
}

const endOf = (at: number): number => midnightOf(at) + day - 1;

/** Visits of one registration from 90 days back: most by their day, some a few days late, the last one still due. */
function* visitsOf({ id, group, from, grid }: Registered, random: Random, now: number): Generator<unknown[]> {
  const every = everyDays.get(group) ?? 30;
  const start = Math.max(from, now - keptDays * day);
  let due = endOf(start + random.between(0.2, 1) * every * day);
  for (let seq = 1; ; seq++) {
    const daysOff = random.has(0.94) ? -random.between(0, Math.min(3, every / 3)) : random.between(1, 5);
    const at = midnightOf(due + daysOff * day) + random.between(9, 18) * hour;
    const visited = Math.max(start + minute, Math.round(at / minute) * minute);
    if (visited > now || due > now + every * day) {
      yield [id, seq, new Date(due), null, null, '', null];
      return;
    }
    const isNeed = random.has(0.03);
    const note = isNeed ? random.pick(told.needs) : '';
    yield [id, seq, new Date(due), new Date(visited), isNeed ? 'need' : 'well', note, `R5:${grid}`];
    due = endOf(visited + every * day);
  }
}

function* visitRows(scene: Scene): Generator<unknown[]> {
  const random = randomFor(`${scene.divided.land.size}:visits`);
  for (const one of registered(scene)) yield* visitsOf(one, random, scene.at.getTime());
}

function* careRows(scene: Scene): Generator<unknown[]> {
  for (const { row } of registered(scene)) yield row;
}

/** Minutes within which a home should answer. */
const callLimit = 30;

/** Warnings of the last 90 days that homes were called for: grave ones, and any of less than the whole district. */
const calledFor = ({ at, divided }: Scene): { id: string; sentAt: Date; area: string }[] => {
  const areas = new Map([...alertAreaRows(divided, at)].map(([id, , , , division]) => [String(id), division]));
  return [...alertRows(at)].flatMap(([id, , , sent, status, message, , , level]) => {
    const [sentAt, area] = [sent as Date, areas.get(String(id))];
    const isGrave = Number(level) <= 2 || (Number(level) === 3 && area !== 'DP');
    const isRecent = at.getTime() - sentAt.getTime() < keptDays * day;
    if (status !== 'Actual' || message === 'Cancel' || level === null || !area || !isGrave || !isRecent) return [];
    return [{ id: String(id), sentAt, area: String(area) }];
  });
};

/** Most homes answer soon, some after the limit, a few not at all. */
function* callRows(scene: Scene): Generator<unknown[]> {
  const random = randomFor(`${scene.divided.land.size}:calls`);
  const homes = new Map<string, { place: unknown[]; n: number }>();
  for (const { row } of registered(scene)) {
    const [, , , dwelling, , ...place] = row;
    const n = homes.get(String(dwelling))?.n ?? 0;
    homes.set(String(dwelling), { place: place.slice(0, 3), n: n + 1 });
  }
  for (const { id, sentAt, area } of calledFor(scene))
    for (const [dwelling, { place, n }] of homes) {
      if (area !== 'DP' && !place.includes(area)) continue;
      const calledAt = new Date(sentAt.getTime() + 5 * minute);
      const minutes = random.has(0.93) ? random.between(1, callLimit) : random.between(callLimit, 4 * callLimit);
      const confirmedAt = new Date(calledAt.getTime() + Math.round(minutes * 60) * 1_000);
      const isReached = random.has(0.985) && confirmedAt <= scene.at;
      const due = new Date(calledAt.getTime() + callLimit * minute);
      yield [
        id,
        dwelling,
        ...place,
        n,
        calledAt,
        due,
        isReached ? confirmedAt : null,
        isReached ? `R5:${place[2]}` : null,
      ];
    }
}

/** Who is cared for and the visits to them in the demo, and the homes called for a warning (关爱与服务对象、走访、叫应). */
export const careTables = (scene: Scene): [DemoTableName, Iterable<unknown[]>][] => [
  ['care', careRows(scene)],
  ['care_visit', visitRows(scene)],
  ['care_call', callRows(scene)],
];
