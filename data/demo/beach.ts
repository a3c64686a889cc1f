import { crowdAt, visitorsAt } from './beach-visit';
import { hour } from './calendar';
import type { Divided } from './division';
import { distance, type Metres, resample } from './plane';
import { randomFor } from './random';
import { placementOf } from './spot';
import { spotFinder } from './weather';
import { hourName, rememberedHours, skyOf } from './weather-air';

type Beach = { id: string; name: string; en: string; capacity: number; at: Metres };

const counts = { tiny: 4, district: 54 };
/** Metres between one beach and the next at least. */
const apart = { tiny: 250, district: 420 };

const sides = [
  ['东', 'East'],
  ['北', 'North'],
  ['西', 'West'],
  ['南', 'South'],
] as const;

const sideOf = ([x, y]: Metres, [fromX, fromY]: Metres) =>
  sides[(Math.round(Math.atan2(y - fromY, x - fromX) / (Math.PI / 2)) + 4) % 4] ?? sides[0];

const nearestOf = <T extends { at: Metres }>(beaches: readonly T[], [x, y]: Metres): T | undefined => {
  const far = ({ at }: T) => distance(at[0], at[1], x, y);
  return beaches.reduce<T | undefined>((best, beach) => (!best || far(beach) < far(best) ? beach : best), undefined);
};

const capacityOf = (metres: number, rank: number): number => Math.round((metres * (rank <= 2 ? 3.2 : 2)) / 50) * 50;

/** The named beaches, then small ones on the free shore between, called after their neighbour. */
export const beachesOf = ({ land }: Divided): Beach[] => {
  const { world, plane, shore, size } = land;
  const named = world.beaches.map(({ name, en, at, metres, rank }) => ({
    ...{ name, en, at: plane.toMetres(at), capacity: capacityOf(metres, rank) },
  }));
  const coast = resample(
    shore.ring.filter((_, i) => shore.isCoast[i]),
    250,
  );
  const random = randomFor(`${size}:beaches`);
  const all = [...named];
  for (const at of random.shuffle(coast)) {
    const [beside, near] = [nearestOf(named, at), nearestOf(all, at)];
    if (all.length >= counts[size]) break;
    if (!beside || !near || distance(near.at[0], near.at[1], at[0], at[1]) < apart[size]) continue;
    const [zh, en] = sideOf(at, beside.at);
    const name = `${beside.name.replace(/沙滩$/, '')}${zh}滩`;
    if (all.some((beach) => beach.name === name)) continue;
    const capacity = capacityOf(random.between(120, 320), 5);
    all.push({ name, en: `${beside.en.replace(/ Beach$/, '')} ${en} Beach`, at, capacity });
  }
  return all.map((beach, i) => ({ ...beach, id: `bh${String(i + 1).padStart(2, '0')}` }));
};

export function* beachRows(divided: Divided): Generator<unknown[]> {
  const find = spotFinder(divided);
  const { plane } = divided.land;
  for (const { id, name, en, capacity, at } of beachesOf(divided))
    yield [id, name, en, capacity, ...placementOf(divided, find(plane.toDegrees(at[0], at[1])))];
}

/** Visitors of every beach, counted on each remembered hour (逐时客流). */
export function* beachHourRows(divided: Divided, at: Date, days: number): Generator<unknown[]> {
  const sky = skyOf(at.getTime());
  const beaches = beachesOf(divided);
  for (const before of rememberedHours(at.getTime(), days)) {
    const counted = before + hour;
    const crowd = crowdAt(sky, counted);
    for (const beach of beaches)
      yield [`${beach.id}-${hourName(counted)}`, beach.id, new Date(counted), visitorsAt(beach, counted, crowd)];
  }
}
