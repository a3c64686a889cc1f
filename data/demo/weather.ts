import Flatbush from 'flatbush';
import type { Divided } from './division';
import { distance } from './plane';
import { placementOf, type Spot } from './spot';
import { airAt, hourName, rememberedHours, skyOf } from './weather-air';

/** Finds the cell of land that lies nearest to a place given in degrees. */
export const spotFinder = ({ land }: Divided): ((at: readonly [number, number]) => Spot) => {
  const { cells, communityOf, plane } = land;
  const dry = [...cells.sites.keys()].filter((cell) => (communityOf[cell] ?? -1) >= 0);
  const index = new Flatbush(dry.length);
  for (const cell of dry) index.add(cells.sites[cell]?.x ?? 0, cells.sites[cell]?.y ?? 0);
  index.finish();
  return (at) => {
    const [x, y] = plane.toMetres(at);
    return { x, y, cell: dry[index.neighbors(x, y, 1)[0] ?? 0] ?? 0, building: -1 };
  };
};

type Station = { id: string; name: string; en: string; spot: Spot };

const most = 12;

/** Stations in the settlements and on the hills, well apart. */
const stationsOf = (divided: Divided): Station[] => {
  const { world, size } = divided.land;
  const apart = size === 'tiny' ? 600 : 2_600;
  const find = spotFinder(divided);
  const chosen: Station[] = [];
  for (const { name, en, at } of [...world.settlements, ...world.peaks]) {
    const spot = find(at);
    if (chosen.length >= most || chosen.some((other) => distance(other.spot.x, other.spot.y, spot.x, spot.y) < apart))
      continue;
    const id = `ws${String(chosen.length + 1).padStart(2, '0')}`;
    chosen.push({ id, name: `${name}站`, en: `${en} station`, spot });
  }
  return chosen;
};

export function* weatherStationRows(divided: Divided): Generator<unknown[]> {
  for (const { id, name, en, spot } of stationsOf(divided)) yield [id, name, en, ...placementOf(divided, spot)];
}

/** What every station measured in the remembered hours (逐时实况). */
export function* weatherHourRows(divided: Divided, at: Date, days: number): Generator<unknown[]> {
  const sky = skyOf(at.getTime());
  const stations = stationsOf(divided);
  for (const from of rememberedHours(at.getTime(), days))
    for (const { id } of stations) {
      const { rainMm, windMps, gustMps, temperatureC } = airAt(sky, from, id);
      yield [`${id}-${hourName(from)}`, id, new Date(from), rainMm, windMps, gustMps, temperatureC];
    }
}
