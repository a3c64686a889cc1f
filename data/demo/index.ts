import { addressTables } from './address';
import { offlineRows, planRows } from './assessment';
import { campaignTables } from './campaign';
import { careTables } from './care';
import { cityTables } from './city';
import { controlTableNames, controlTables } from './control';
import { disputeTableNames, disputeTables } from './dispute';
import { withFaults } from './fault';
import { fieldTables } from './field';
import { happenedTables, type Scene, setScene, skyTables, standingTables, tell } from './scene';
import { standbyTables } from './standby';
import { type DemoSize, type DemoTable, demoTable } from './table';
import { vehicleTables } from './vehicle';
import { verifyTables } from './verify';

export type { DemoSize, DemoTable } from './table';

const installation = (size: DemoSize, at: Date) => ({
  ...(size === 'city'
    ? { name: '深圳市', nameEn: 'Shenzhen', root: '4403', rootPath: '/44/4403/' }
    : { name: '大鹏新区', nameEn: 'Dapeng New District', root: 'DP', rootPath: '/44/4403/DP/' }),
  timeZone: 'Asia/Shanghai',
  locale: 'zh',
  demo: size,
  seededAt: at.toISOString(),
});

function* targetRows(root: string): Generator<unknown[]> {
  const from = new Date('2024-01-01T00:00:00+08:00');
  yield ['event.on_time_close_rate', root, 0.95, from, null];
  yield ['event.close_rate', root, 0.97, from, null];
  yield ['event.transfer_rate', root, 0.2, from, null];
  yield ['worker.active_share', root, 0.9, from, null];
  yield ['doubt.verified_rate', root, 0.95, from, null];
  yield ['record.linked_rate', root, 0.9, from, null];
  yield ['quality.home', root, 0.98, from, null];
  yield ['record.quality', root, 0.99, from, null];
}

/** Days of weather and of visitors by the hour. */
const skyDays = 90;

function* districtTables(scene: Scene): Generator<DemoTable> {
  const { world, size } = scene.divided.land;
  for (const [table, rows] of standingTables(scene)) yield demoTable(table, withFaults(table, rows, size));
  const events = [
    ...tell(scene, { total: world.counts.events, months: 24, purpose: size, firstOfDay: 0, hasRoutes: true }),
  ];
  for (const [table, rows] of happenedTables(scene, events)) yield demoTable(table, rows());
  for (const [table, rows] of skyTables(scene, skyDays)) yield demoTable(table, rows());
  yield demoTable('assessment_offline', offlineRows(scene));
  for (const [table, rows] of addressTables(scene)) yield demoTable(table, rows);
  for (const [table, rows] of careTables(scene)) yield demoTable(table, rows);
  for (const [table, rows] of campaignTables(scene)) yield demoTable(table, rows);
  for (const [table, rows] of standbyTables(scene)) yield demoTable(table, rows);
  for (const [table, rows] of fieldTables(scene, events)) yield demoTable(table, rows);
  for (const [table, rows] of vehicleTables(scene)) yield demoTable(table, rows);
  for (const [table, rows] of verifyTables(scene)) yield demoTable(table, rows);
  const disputes = disputeTables(scene);
  for (const table of disputeTableNames) yield demoTable(table, disputes[table]);
  const controls = controlTables(scene);
  for (const table of controlTableNames) yield demoTable(table, controls[table]);
}

/** The demo's tables in load order, the same rows for the same options. `at` = the instant the demo ends at. */
export function* demoTables(options: { size: DemoSize; at: Date }): Generator<DemoTable> {
  const { size, at } = options;
  const scene = setScene(size === 'tiny' ? 'tiny' : 'district', at);
  yield demoTable('setting', [['installation', installation(size, at)]]);
  yield* size === 'city' ? cityTables(scene) : districtTables(scene);
  yield demoTable('target', targetRows(size === 'city' ? '4403' : 'DP'));
  yield demoTable('assessment_plan', planRows(at));
}
