import { baseFeatureRows } from './basemap';
import { buildingRows, registerBuildings } from './building';
import { divideLand } from './division';
import { blockRows, divisionRows } from './division-rows';
import { dwellingRows, settlePeople } from './home';
import { drawLand } from './land';
import { personRows, residenceRows } from './person';
import { type DemoSize, type DemoTable, demoTable } from './table';

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
  yield demoTable('setting', [['installation', installation(size, at)]]);
  yield demoTable('division', divisionRows(divided));
  yield demoTable('block', blockRows(divided));
  yield demoTable('base_feature', baseFeatureRows(divided));
  yield demoTable('building', buildingRows(divided, buildings));
  yield demoTable('dwelling', dwellingRows(homes, buildings));
  yield demoTable('person', personRows(homes, size, at));
  yield demoTable('residence', residenceRows(homes, buildings, size, at));
}
