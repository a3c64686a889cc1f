import { benchFrames } from './map/browser';
import { benchCity, benchPoints, benchPrisms } from './map/data';
import type { Bench } from './result';

const district = { points: 12_500, prisms: 30_000 };
const city = { points: 160_000, buildings: 650_000 };

/** What the map costs: bytes and main-thread time against GeoJSON rows with accessors, tiles of a city, frames, picks. */
export const bench: Bench = async function* () {
  yield* benchPoints(district.points);
  yield* benchPoints(city.points);
  yield* benchPrisms(district.prisms);
  yield* benchCity(city.buildings);
  yield* benchFrames();
};
