import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Mapping of the toy town of the tests: a square of 2 × 2 grids, west and east community. */
export const toyMapping = {
  installation: { name: 'Toytown', nameEn: 'Toytown', locale: 'en', timeZone: 'America/Los_Angeles' },
  areas: {
    above: [
      { level: 'district', code: 'TOY', name: 'Toytown' },
      { level: 'subdistrict', code: 'TOY-1', name: 'Centre' },
    ],
    levels: [
      { level: 'community', code: 'side', name: 'side' },
      { level: 'grid', code: 'id', name: 'Grid {id}' },
    ],
  },
  events: {
    na: ['', 'NA'],
    id: 'case',
    title: '{kind} at {where}',
    address: 'where',
    lng: 'x',
    lat: 'y',
    openedAt: 'opened',
    closedAt: 'closed',
    time: { format: 'yyyy-MM-dd HH:mm:ss' },
    status: { column: 'state', map: { open: 'S40', done: 'S61' } },
    category: { l1: 'group', l2: 'kind' },
    source: 'channel',
    department: 'office',
    level: { default: 4, byCategory: { Roads: 3 } },
    handleHours: { default: 72, byCategory: { Pot_hole: 24 } },
  },
};

const square = (x: number, y: number): number[][] => [
  [x, y],
  [x + 1, y],
  [x + 1, y + 1],
  [x, y + 1],
  [x, y],
];

/** A feature of the toy town: one unit square. */
export const toyGrid = (id: string, side: string, [x, y]: [number, number]) => ({
  type: 'Feature',
  properties: { id, side },
  geometry: { type: 'Polygon', coordinates: [square(x, y)] },
});

export const toyGrids = [
  toyGrid('g1', 'West Side', [10, 50]),
  toyGrid('g2', 'West Side', [10, 51]),
  toyGrid('g3', 'East Side', [11, 50]),
  toyGrid('g4', 'East Side', [11, 51]),
];

export const toyAreas = (features: readonly unknown[] = toyGrids, more: Record<string, unknown> = {}): string =>
  JSON.stringify({ type: 'FeatureCollection', ...more, features });

export const toyHeader = 'case,opened,closed,state,office,group,kind,where,channel,x,y';
export const toyRows = [
  '1,2015-01-05 08:00:00,2015-01-06 08:00:00,done,Works,Roads,Pot_hole,"1 High St, rear",Phone,10.5,50.5',
  '2,2015-07-05 08:00:00,NA,open,Works,Roads,Pot_hole,2 High St,Web,10.5,51.5',
  '3,2015-07-05 08:00:00,2015-07-04 08:00:00,done,Parks,Trees,Fallen tree,3 High St,Phone,11.5,50.5',
  '4,2015-07-06 08:00:00,NA,open,Parks,Trees,Fallen tree,4 High St,Phone,19,50.5',
  '5,2015-07-07 08:00:00,NA,open,Parks,Trees,Fallen tree,5 High St,Phone,NA,NA',
  '5,2015-07-07 08:00:00,NA,open,Parks,Trees,Fallen tree,5 High St,Phone,11.5,50.5',
  '6,2015-02-30 08:00:00,NA,open,Parks,Trees,Fallen tree,6 High St,Phone,11.5,50.5',
  '7,2015-07-07 08:00:00,NA,lost,Parks,Trees,Fallen tree,7 High St,Phone,11.5,50.5',
];
export const toyEvents = (rows: readonly string[] = toyRows): string => `${[toyHeader, ...rows].join('\n')}\n`;

/** A folder of its own for a test's files. */
export const toyFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'gridhall-import-'));
  return {
    /** Writes a file and returns its path. */
    put: (name: string, content: string | Uint8Array | object): string => {
      const path = join(folder, name);
      const isRaw = typeof content === 'string' || content instanceof Uint8Array;
      writeFileSync(path, isRaw ? content : JSON.stringify(content));
      return path;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
};
