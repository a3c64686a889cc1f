import { alertAreaRows, alertRows } from './alert';
import { assetRows } from './asset';
import { baseFeatureRows } from './basemap';
import { beachHourRows, beachRows } from './beach';
import { type Building, buildingRows, registerBuildings } from './building';
import { Dispatcher, routeRows } from './dispatch';
import { type Divided, divideLand } from './division';
import { blockRows, divisionRows } from './division-rows';
import { entityRows, isUnplaced } from './entity';
import { correctionRows, eventRow, type Told, tellEvents, transitionRows } from './event';
import { dwellingRows, type Homes, settlePeople } from './home';
import { drawLand } from './land';
import { withOrigin } from './origin';
import { personRows, residenceRows } from './person';
import { findSpots, type Spots } from './spot';
import type { DemoTableName } from './table';
import { positionRows } from './track';
import { weatherHourRows, weatherStationRows } from './weather';
import { dutyRows, hireWorkforce, memberRows, specialisedRows, type Workforce, workerRows } from './workforce';

/** A district with all that stands, lives and works in it; what happened is told from it. */
export type Scene = {
  at: Date;
  divided: Divided;
  buildings: Building[];
  homes: Homes;
  workforce: Workforce;
  spots: Spots;
};

export const setScene = (size: 'tiny' | 'district', at: Date): Scene => {
  const divided = divideLand(drawLand(size));
  const buildings = registerBuildings(divided);
  const homes = settlePeople(divided.land.world, size, buildings);
  return { at, divided, buildings, homes, workforce: hireWorkforce(divided), spots: findSpots(divided, buildings) };
};

type Source = [table: DemoTableName, rows: () => Iterable<unknown[]>];

/** Tables of the ground and all on it, in load order. */
export const standingTables = ({ at, divided, buildings, homes, workforce, spots }: Scene): Source[] => {
  const { size } = divided.land;
  return [
    ['division', () => divisionRows(divided)],
    ['block', () => blockRows(divided)],
    ['specialised_grid', () => specialisedRows(workforce)],
    ['specialised_grid_member', () => memberRows(workforce)],
    ['base_feature', () => baseFeatureRows(divided)],
    ['building', () => buildingRows(divided, buildings)],
    ['dwelling', () => withOrigin('dwelling', dwellingRows(homes, buildings), size)],
    ['person', () => personRows(homes, size, at)],
    ['residence', () => withOrigin('residence', residenceRows(homes, buildings, size, at), size)],
    ['entity', () => withOrigin('entity', entityRows(divided, buildings, homes, at), size)],
    ['worker', () => workerRows(workforce)],
    ['duty', () => dutyRows(workforce, size, at)],
    ['worker_position', () => positionRows(divided, workforce, at)],
    ['asset', () => assetRows(divided, spots)],
  ];
};

/** Tables of the sky and the shore: warnings, weather, beaches; hours of the last `days` days and of older storms. */
export const skyTables = ({ at, divided }: Scene, days: number): Source[] => [
  ['alert', () => alertRows(at)],
  ['alert_area', () => alertAreaRows(divided, at)],
  ['weather_station', () => weatherStationRows(divided)],
  ['weather_hour', () => weatherHourRows(divided, at, days)],
  ['beach', () => beachRows(divided)],
  ['beach_hour', () => beachHourRows(divided, at, days)],
];

type Telling = { total: number; months: number; purpose: string; firstOfDay: number; hasRoutes?: boolean };

export const tell = ({ divided, workforce, spots, at }: Scene, { hasRoutes, ...telling }: Telling): Generator<Told> => {
  const dispatcher = hasRoutes ? new Dispatcher(workforce, divided, at) : null;
  return tellEvents({ divided, workforce, spots, at, dispatcher, ...telling });
};

export function* eventRows(scene: Scene, events: Iterable<Told>): Generator<unknown[]> {
  for (const told of events) yield eventRow(told, scene.divided, scene.buildings);
}

/** Tables of what happened, from one telling of the events. */
export const happenedTables = (scene: Scene, events: readonly Told[]): Source[] => [
  ['event', () => eventRows(scene, events)],
  ['event_transition', () => transitionRows(events)],
  ['event_correction', () => correctionRows(events)],
  ['dispatch_route', () => routeRows(events)],
  ['unplaced', () => unplacedRows(scene, events)],
];

/** The list of records without a place: the same that carry none in their tables. */
export function* unplacedRows({ divided, at }: Scene, events: Iterable<Told>): Generator<unknown[]> {
  const { counts } = divided.land.world;
  for (let i = 0; i < counts.entities; i++)
    if (isUnplaced(i, counts)) yield ['entity', `en${String(i + 1).padStart(6, '0')}`, 'address_not_found', at];
  for (const { id, isPlaced, happening } of events)
    if (!isPlaced) yield ['event', id, 'no_position', new Date(happening.at)];
}
