import { day } from './calendar';
import { entityRows } from './entity';
import { dateOf } from './person';
import { type Random, randomFor } from './random';
import type { Scene } from './scene';
import type { DemoTableName } from './table';
import told from './world/vehicle.json';

/** A plate of the right shape whose first character is of no province and no authority, so that it can be nobody's. */
const fakePlate = (kind: string, sequence: number, random: Random): string => {
  const serial = String((sequence * 7_919) % 100_000).padStart(5, '0');
  const isGreen = kind === '51' || kind === '52';
  return `${told.province}${random.pick(told.offices)}${isGreen ? told.green : ''}${serial}`;
};

const kindOf = (kinds: readonly { kind: string; weight: number }[], random: Random): string =>
  kinds[random.weighted(kinds.map(({ weight }) => weight))]?.kind ?? '02';

type Kept = { building: string; person: number | null; entity: string | null };

/** Who holds a vehicle now: some households, and some entities. */
function* keepers({ at, divided, buildings, homes }: Scene, random: Random): Generator<Kept> {
  for (let dwelling = 0; dwelling < homes.count; dwelling++) {
    const first = homes.firstPerson[dwelling] ?? -1;
    const building = buildings[homes.building[dwelling] ?? 0];
    if (first < 0 || !building || homes.band[first] !== 1 || !random.has(told.householdShare)) continue;
    yield { building: building.code, person: first + 1, entity: null };
  }
  for (const row of entityRows(divided, buildings, homes, at))
    if (row[6] && row[10] === null && random.has(told.entityShare))
      yield { building: String(row[6]), person: null, entity: String(row[0]) };
}

type Row = unknown[];

const tell = (scene: Scene): { vehicles: Row[]; holders: Row[] } => {
  const random = randomFor(`${scene.divided.land.size}:vehicles`);
  const now = scene.at.getTime();
  const [vehicles, holders]: [Row[], Row[]] = [[], []];
  for (const { building, person, entity } of keepers(scene, random)) {
    const id = vehicles.length + 1;
    const kind = kindOf(entity ? told.entityKinds : told.householdKinds, random);
    const from = now - random.between(0.1, 9) * 365 * day;
    const to = random.has(0.05) ? dateOf(random.between(from, now)) : null;
    vehicles.push([id, fakePlate(kind, id, random), kind, building, dateOf(from), to]);
    const isSold = person !== null && to === null && random.has(told.soldShare);
    const sold = dateOf(isSold ? random.between(from, now) : from);
    if (isSold) {
      const earlier = random.whole(1, scene.homes.nPersons);
      holders.push([holders.length + 1, id, earlier, null, dateOf(from), sold]);
    }
    holders.push([holders.length + 1, id, person, entity, sold, to]);
  }
  return { vehicles, holders };
};

/** Motor vehicles of the demo, where they are kept, and who held and holds them (机动车). */
export const vehicleTables = (scene: Scene): [DemoTableName, Iterable<unknown[]>][] => {
  const { vehicles, holders } = tell(scene);
  return [
    ['vehicle', vehicles],
    ['vehicle_holder', holders],
  ];
};
