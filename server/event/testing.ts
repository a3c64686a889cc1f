import { randomUUID } from 'node:crypto';
import type { EventReport } from '@/data/model/event';
import type { Area, LngLat } from '@/data/model/geo';
import type { Role, Scope, ScreenKey } from '@/data/model/scope';
import { emptyView, type Question } from '@/data/model/view';
import type { Connection } from '../db/client';
import { block, building, division, setting, term } from '../db/schema';

const square = (west: number, south: number, size: number): Area => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, south],
      [west + size, south],
      [west + size, south + size],
      [west, south + size],
      [west, south],
    ],
  ],
});

const node = (code: string, parent: string | null, level: number, path: string, geometry: Area | null = null) => ({
  code,
  parent_code: parent,
  level,
  path,
  name: code,
  name_en: code,
  geometry,
  lng: null,
  lat: null,
});

/** Grids of 0.01° in a row from 114.00° E: A1 and A2 of community A, the others of B; one block each, B3 has none. */
const grids = ['A1', 'A2', 'B1', 'B2', 'B3'].map((code, i) => ({
  code,
  community: code.slice(0, 1),
  area: square(114 + i * 0.01, 22, 0.01),
  center: [114 + i * 0.01 + 0.005, 22.005] as LngLat,
}));

const word = (list: string, code: string, attrs: Record<string, string> = {}, parent: string | null = null) => ({
  list,
  code,
  zh: `${list} ${code}`,
  en: `${list} ${code} in words`,
  parent,
  attrs,
  valid_from: new Date('2020-01-01T00:00:00Z'),
  source: 'test',
});

const limits = { level: '2', accept_minutes: '30', handle_hours: '24', lead_department: 'XFJ' };

/** Writes a town of one sub-district, two communities and five grids, with two categories: `auto` and `hand`. */
export const writeTown = async ({ db }: Connection): Promise<void> => {
  const path = '/P/C/D/';
  const installation = { name: 'T', nameEn: 'Town', root: 'D', rootPath: path, timeZone: 'Asia/Shanghai' };
  await db.insert(setting).values({
    key: 'installation',
    value: { ...installation, locale: 'en', demo: null, seededAt: '2026-01-01T00:00:00.000Z' },
  });
  await db
    .insert(division)
    .values([
      node('P', null, 1, '/P/'),
      node('C', 'P', 2, '/P/C/'),
      node('D', 'C', 3, path),
      node('S', 'D', 4, `${path}S/`),
      node('A', 'S', 5, `${path}S/A/`),
      node('B', 'S', 5, `${path}S/B/`),
      ...grids.map(({ code, community, area }) => node(code, community, 6, `${path}S/${community}/${code}/`, area)),
    ]);
  await db.insert(block).values(
    grids.slice(0, 4).map(({ code, area, center: [lng, lat] }) => ({
      ...{ code: `${code}-1`, grid_code: code, name: code, name_en: code, land_use: 'town', area_sqm: 1e6 },
      ...{
        geometry: area,
        bbox: [lng - 0.005, lat - 0.005, lng + 0.005, lat + 0.005] as [number, number, number, number],
      },
      ...{ lng, lat },
    })),
  );
  await db
    .insert(term)
    .values([
      word('event-category', 'auto', { ...limits, dispatch_mode: 'auto', in_community_list: '1' }, '01'),
      word('event-category', 'hand', { ...limits, level: '1', dispatch_mode: 'manual' }, '02'),
      word('event-source', '01'),
      word('department', 'XFJ'),
      word('department', 'SWJ'),
    ]);
  await db.insert(building).values({
    ...{ code: '4403070090011100001', name: 'House', name_en: 'House', address: '1 Test Road', house_type: '1' },
    ...{ storeys: 3, area_sqm: 300, footprint: [], lng: 114.005, lat: 22.005 },
    ...{ subdistrict_code: 'S', community_code: 'A', grid_code: 'A1', block_code: 'A1-1' },
  });
};

const levels: Record<number, Scope['level']> = { 3: 'district', 4: 'subdistrict', 5: 'community', 6: 'grid' };

/** Scope of a post in the test town: `D`, `S`, `A`, `B`, `A1` … */
export const townScope = (role: Role, code = 'D', screen: ScreenKey = 'mid'): Scope => {
  const below = { D: [], S: ['S'], A: ['S', 'A'], B: ['S', 'B'] }[code] ?? ['S', code.slice(0, 1), code];
  return {
    division: code,
    path: ['', 'P', 'C', 'D', ...below, ''].join('/'),
    level: levels[below.length + 3] ?? 'district',
    role,
    screen,
    post: code,
    actorId: `${role}:${code}`,
  };
};

/** Centre of a grid of the test town. */
export const centerOf = (grid: string): LngLat => grids.find(({ code }) => code === grid)?.center ?? [0, 0];

/** A report at the centre of a grid. */
export const townReport = (grid = 'A1', rest: Partial<EventReport> = {}): EventReport => ({
  clientKey: randomUUID(),
  category: 'auto',
  source: '01',
  title: 'Somebody left a bicycle in the stairs of No. 5',
  description: '',
  position: centerOf(grid),
  address: '5 Test Road',
  buildingCode: null,
  dwellingCode: null,
  ...rest,
});

/** The question of an empty view, changed. */
export const ask = (rest: Partial<Question> = {}): Question => ({
  division: emptyView.division,
  period: emptyView.period,
  at: emptyView.at,
  known: emptyView.known,
  filters: emptyView.filters,
  ...rest,
});
