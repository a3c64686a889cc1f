import { type BuildingRow, packBuildings } from '../tile/building-index';
import { benchFrames } from './map/browser';
import { benchCity, benchPoints, benchPrisms } from './map/data';
import { line } from './map/measure';
import { cityBuildings } from './map/town';
import type { Bench } from './result';

const district = { points: 12_500, prisms: 30_000 };
const city = { points: 160_000 };

/** What the map costs: bytes and main-thread time against GeoJSON rows with accessors, tiles of a city, frames, picks. */
export const bench: Bench = async function* () {
  yield* benchPoints(district.points);
  yield* benchPoints(city.points);
  const { add, done } = packBuildings();
  const some: BuildingRow[] = [];
  for (const row of cityBuildings()) {
    add(row);
    if (some.length < district.prisms) some.push(row);
  }
  const started = performance.now();
  const index = done();
  yield line({ name: `${index.n} buildings, index`, n: index.n, unit: 'ms' }, [performance.now() - started]);
  yield* benchPrisms(some);
  yield* benchCity(index);
  yield* benchFrames(index);
};
