import type { DemoSize, DemoTable } from './table';
import { demoTable } from './table';

export type { DemoSize, DemoTable } from './table';

/** The demo's tables in load order, the same rows for the same options. `at` = the instant the demo ends at. */
export function* demoTables(options: { size: DemoSize; at: Date }): Generator<DemoTable> {
  const { size, at } = options;
  yield demoTable('setting', [
    [
      'installation',
      {
        name: '大鹏新区',
        nameEn: 'Dapeng New District',
        root: 'DP',
        rootPath: '/44/4403/DP/',
        timeZone: 'Asia/Shanghai',
        locale: 'zh',
        demo: size,
        seededAt: at.toISOString(),
      },
    ],
  ]);
  const since = new Date('2021-01-01T00:00:00+08:00');
  yield demoTable('division', [
    ['44', null, 1, '/44/', '广东省', 'Guangdong', '44', false, null, null, null, null, null, 0, since],
    ['4403', '44', 2, '/44/4403/', '深圳市', 'Shenzhen', '4403', false, null, null, null, null, null, 0, since],
    [
      'DP',
      '4403',
      3,
      '/44/4403/DP/',
      '大鹏新区',
      'Dapeng New District',
      null,
      true,
      null,
      null,
      null,
      null,
      null,
      0,
      since,
    ],
  ]);
}
