import { assetRows } from './asset';
import { baseFeatureRows } from './basemap';
import { buildingRows, registerBuildings } from './building';
import { divideLand } from './division';
import { blockRows, divisionRows } from './division-rows';
import { entityRows, isUnplaced } from './entity';
import { eventRow, type Told, tellEvents, transitionRows } from './event';
import { dwellingRows, settlePeople } from './home';
import { drawLand } from './land';
import { personRows, residenceRows } from './person';
import { findSpots } from './spot';
import { type DemoSize, type DemoTable, demoTable } from './table';

import { dutyRows, hireWorkforce, memberRows, specialisedRows, workerRows } from './workforce';

export type { DemoSize, DemoTable } from './table';

const installation = (size: DemoSize, at: Date) => ({
  name: '大鹏新区',
  nameEn: 'Dapeng New District',
  root: 'DP',
  rootPath: '/44/4403/DP/',
  timeZone: 'Asia/Shanghai',
  locale: 'zh',
  demo: size,
  seededAt: at.toISOString(),
});

/** The demo's tables in load order, the same rows for the same options. `at` = the instant the demo ends at. */
export function* demoTables(options: { size: DemoSize; at: Date }): Generator<DemoTable> {
  const { size, at } = options;
  const divided = divideLand(drawLand(size === 'tiny' ? 'tiny' : 'district'));
  const { world } = divided.land;
  const buildings = registerBuildings(divided);
  const homes = settlePeople(world, size, buildings);
  const workforce = hireWorkforce(divided);
  const spots = findSpots(divided, buildings);
  yield demoTable('setting', [['installation', installation(size, at)]]);
  yield demoTable('division', divisionRows(divided));
  yield demoTable('block', blockRows(divided));
  yield demoTable('specialised_grid', specialisedRows(workforce));
  yield demoTable('specialised_grid_member', memberRows(workforce));
  yield demoTable('base_feature', baseFeatureRows(divided));
  yield demoTable('building', buildingRows(divided, buildings));
  yield demoTable('dwelling', dwellingRows(homes, buildings));
  yield demoTable('person', personRows(homes, size, at));
  yield demoTable('residence', residenceRows(homes, buildings, size, at));
  yield demoTable('entity', entityRows(divided, buildings, homes, at));
  yield demoTable('worker', workerRows(workforce));
  yield demoTable('duty', dutyRows(workforce, size, at));
  yield demoTable('asset', assetRows(divided, spots));
  const events = [
    ...tellEvents({ divided, workforce, spots, at, total: world.counts.events, months: 24, purpose: size }),
  ];
  yield demoTable(
    'event',
    mapRows(events, (told) => eventRow(told, divided, buildings)),
  );
  yield demoTable('event_transition', transitionRows(events));
  yield demoTable('target', targetRows());
  yield demoTable('unplaced', unplacedRows(events, world.counts, at));
}

function* mapRows<T>(items: Iterable<T>, row: (item: T) => unknown[]): Generator<unknown[]> {
  for (const item of items) yield row(item);
}

function* targetRows(): Generator<unknown[]> {
  const from = new Date('2024-01-01T00:00:00+08:00');
  yield ['event.on_time_close_rate', 'DP', 0.95, from, null];
  yield ['event.close_rate', 'DP', 0.97, from, null];
}

/** The list of records without a place: the same that carry none above. */
function* unplacedRows(events: Told[], counts: { entities: number; unplaced: number }, at: Date): Generator<unknown[]> {
  for (let i = 0; i < counts.entities; i++)
    if (isUnplaced(i, counts)) yield ['entity', `en${String(i + 1).padStart(6, '0')}`, 'address_not_found', at];
  for (const { id, isPlaced, happening } of events)
    if (!isPlaced) yield ['event', id, 'no_position', new Date(happening.at)];
}
