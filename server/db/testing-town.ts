import type { Scope, ScreenKey } from '@/data/model/scope';
import { readCipher, sealIdentity } from '../person/cipher';
import type { Connection, Database } from './client';
import * as schema from './schema';

/** A square of `size` degrees with its south-west corner at x, y hundredths of a degree from 114.50, 22.50. */
const square = (x: number, y: number, size: number) => {
  const [west, south] = [114.5 + x / 100, 22.5 + y / 100];
  const [east, north] = [west + size / 100, south + size / 100];
  const ring: [number, number][] = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  return {
    geometry: { type: 'Polygon' as const, coordinates: [ring] },
    bbox: [west, south, east, north] as [number, number, number, number],
    lng: (west + east) / 2,
    lat: (south + north) / 2,
    area_sqm: 1_000_000,
  };
};

const paths: Record<string, string> = { '44': '/44/', '4403': '/44/4403/', DP: '/44/4403/DP/' };

const node = (code: string, parent: string | null, level: number, name: string, at: ReturnType<typeof square>) => {
  const path = `${parent ? paths[parent] : '/'}${code}/`;
  paths[code] = path;
  return { code, parent_code: parent, level, path, name, name_en: `En ${name}`, sort: 0, ...at };
};

const [north, south] = ['440307009', '440307010'] as const;
const [c1, c2, c3] = [`${north}015`, `${north}016`, `${south}001`] as const;
/** Base grids of the town: two in the first community, one in each other. */
export const grids = [`${c1}01`, `${c1}02`, `${c2}01`, `${c3}01`] as const;

const divisions = [
  node('44', null, 1, '广东省', square(0, 0, 4)),
  node('4403', '44', 2, '深圳市', square(0, 0, 4)),
  node('DP', '4403', 3, '试验区', square(0, 0, 4)),
  node(north, 'DP', 4, '北街道', square(0, 2, 2)),
  node(south, 'DP', 4, '南街道', square(0, 0, 2)),
  node(c1, north, 5, '山社区', square(0, 2, 1)),
  node(c2, north, 5, '海社区', square(2, 2, 1)),
  node(c3, south, 5, '滩社区', square(0, 0, 2)),
  node(grids[0], c1, 6, '山一格', square(0, 2, 0.5)),
  node(grids[1], c1, 6, '山二格', square(0.5, 2, 0.5)),
  node(grids[2], c2, 6, '海一格', square(2, 2, 1)),
  node(grids[3], c3, 6, '滩一格', square(0, 0, 2)),
];

const placed = (grid: string, at: ReturnType<typeof square>) => ({
  lng: at.lng,
  lat: at.lat,
  subdistrict_code: grid.slice(0, 9),
  community_code: grid.slice(0, 12),
  grid_code: grid,
  block_code: `${grid}-1`,
});

const gridSquares = [square(0, 2, 0.5), square(0.5, 2, 0.5), square(2, 2, 1), square(0, 0, 2)];
const eachGrid = <T>(make: (grid: string, at: ReturnType<typeof square>, index: number) => T): T[] =>
  grids.map((grid, index) => make(grid, gridSquares[index] ?? square(0, 0, 1), index));

/** The building of a grid of the town, and its two dwellings; two people live in the first, one in the second. */
export const buildingOf = (grid: string): string => `${grid}00001`;
export const dwellingsOf = (grid: string): [string, string] => [
  `${buildingOf(grid)}000101`,
  `${buildingOf(grid)}000201`,
];

const reportedAt = new Date('2026-11-22T01:00:00Z');

const residents = (grid: string, index: number) =>
  [0, 1, 2].map((k) => ({
    id: index * 10 + k,
    name: `王小${'明红刚'[k]}`,
    phone: k === 2 ? null : '13800005521',
    birth_on: ['1980-05-06', '2015-01-01', '1930-12-31'][k] ?? '',
    dwelling: dwellingsOf(grid)[k === 2 ? 1 : 0],
  }));

/** Fills a migrated database with a town small enough to count by hand: 2 sub-districts, 3 communities, 4 grids. */
export const loadTown = async ({ db }: Connection): Promise<void> => {
  const root = { root: 'DP', rootPath: '/44/4403/DP/', timeZone: 'Asia/Shanghai', locale: 'zh' };
  const value = { ...root, name: '试验区', nameEn: 'Test district', demo: 'tiny', seededAt: '2026-11-22T02:00:00Z' };
  await db.insert(schema.setting).values({ key: 'installation', value });
  await db.insert(schema.division).values(divisions);
  await db.insert(schema.block).values(
    eachGrid((grid, at) => ({
      ...at,
      code: `${grid}-1`,
      grid_code: grid,
      name: '块',
      name_en: 'Block',
      land_use: 'town',
    })),
  );
  await db.insert(schema.building).values(
    eachGrid((grid, at, index) => ({
      ...placed(grid, at),
      code: buildingOf(grid),
      name: `和平楼${index + 1}`,
      name_en: `Peace House ${index + 1}`,
      address: `试验区和平路${index + 1}号`,
      aliases: [`老邮局${index + 1}`],
      house_type: '1',
      storeys: 2,
      area_sqm: 400,
      footprint: [],
    })),
  );
  const common = { unit: 1, house_use: '1', area_sqm: 80 };
  await db.insert(schema.dwelling).values(
    eachGrid((grid) =>
      dwellingsOf(grid).map((code, k) => ({
        ...common,
        code,
        building_code: buildingOf(grid),
        floor: k + 1,
        room: `${k + 1}01`,
      })),
    ).flat(),
  );
  await loadPeople(db);
};

const loadPeople = async (db: Database): Promise<void> => {
  const people = eachGrid((grid, _at, index) => residents(grid, index)).flat();
  const fixed = { sex: 1, population_type: '1', origin: '44' };
  const cipher = await readCipher();
  const identity = { id_number: '440307198005060000' };
  await db.insert(schema.person).values(
    people.map(({ id, name, phone, birth_on }) => ({
      ...{ id, birth_on, ...fixed, ...sealIdentity(cipher, id, { name, phone, ...identity }) },
    })),
  );
  await db.insert(schema.residence).values(
    people.map((row) => ({
      id: row.id,
      person_id: row.id,
      dwelling_code: row.dwelling ?? '',
      relation: '1',
      from_on: '2020-01-01',
    })),
  );
  await db.insert(schema.entity).values(
    eachGrid((grid, at, index) => ({
      ...placed(grid, at),
      id: `F${index}`,
      name: `小店${index}`,
      name_en: `Shop ${index}`,
      credit_code: 'x',
      entity_type: '1',
      industry: '1',
      building_code: buildingOf(grid),
      n_employees: 3,
      registered_on: '2020-01-01',
    })),
  );
  await loadWork(db);
};

const loadWork = async (db: Database): Promise<void> => {
  await db.insert(schema.worker).values(
    eachGrid((grid, at, index) => {
      const { subdistrict_code, community_code, grid_code } = placed(grid, at);
      return { id: `W${index}`, name: `李大${index}`, worker_type: 'G1', subdistrict_code, community_code, grid_code };
    }),
  );
  const shift = { starts_at: new Date('2026-11-22T00:00:00Z'), ends_at: new Date('2026-11-22T10:00:00Z') };
  await db.insert(schema.duty).values(
    grids.map((_grid, index) => ({
      ...shift,
      worker_id: `W${index}`,
      signed_in_at: index === 1 ? null : shift.starts_at,
    })),
  );
  await db.insert(schema.specialised_grid).values({
    code: 'P01-1',
    line: 'P01',
    name: '消防一格',
    name_en: 'Fire 1',
    department_code: 'D01',
    worker_id: 'W0',
  });
  await db
    .insert(schema.specialised_grid_member)
    .values(grids.slice(0, 3).map((grid) => ({ specialised_grid_code: 'P01-1', grid_code: grid })));
  const kinds = [
    ['force', 'T01'],
    ['base', 'Z01'],
  ] as const;
  await db.insert(schema.asset).values(
    eachGrid((grid, at, index) =>
      kinds.map(([asset_group, asset_type]) => ({
        ...placed(grid, at),
        id: `${asset_type}-${index}`,
        asset_group,
        asset_type,
        name: '张三',
        name_en: 'Zhang',
      })),
    ).flat(),
  );
  await db.insert(schema.event).values(
    eachGrid((grid, at, index) => ({
      ...placed(grid, at),
      id: `E${index}`,
      number: `DP20261122-000${index}`,
      title: `路灯不亮${index}`,
      category_code: '0101',
      category_l1: '01',
      level: 3,
      source_code: '1',
      status: index === 3 ? ('S70' as const) : ('S40' as const),
      building_code: buildingOf(grid),
      reported_at: reportedAt,
      status_at: reportedAt,
    })),
  );
};

const levels = { 2: 'city', 3: 'district', 4: 'subdistrict', 5: 'community', 6: 'grid' } as const;

/** Scope of a post in the town. */
export const townScope = (role: Scope['role'], code: string, screen: ScreenKey = 'mid'): Scope => {
  const found = divisions.find((row) => row.code === code);
  const level = levels[(found?.level ?? 3) as keyof typeof levels];
  return { division: code, path: found?.path ?? '', level, role, screen, post: code, actorId: `${role}:${code}` };
};
