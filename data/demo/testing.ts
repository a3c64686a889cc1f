import { createHash } from 'node:crypto';
import type { Area, LngLat } from '../model/geo';
import { type DemoSize, demoTables } from '.';
import { isInRing } from './plane';
import type { DemoTableName } from './table';

/** A row by column name. */
export type Row = Record<string, unknown>;

/** All tables of a size in memory, for tests. */
export const readDemo = (size: DemoSize, at: Date): Record<DemoTableName, Row[]> => {
  const tables: Partial<Record<DemoTableName, Row[]>> = {};
  for (const { table, columns, rows } of demoTables({ size, at })) {
    const list: Row[] = [];
    for (const values of rows) list.push(Object.fromEntries(columns.map((column, i) => [column, values[i]])));
    tables[table as DemoTableName] = list;
  }
  return tables as Record<DemoTableName, Row[]>;
};

/** SHA-256 over the JSON of rows, in order. */
export const hashRows = (rows: Iterable<unknown>): string => {
  const hash = createHash('sha256');
  for (const row of rows) hash.update(JSON.stringify(row));
  return hash.digest('hex');
};

const isInArea = ([lng, lat]: LngLat, area: Area): boolean => {
  const polygons = area.type === 'Polygon' ? [area.coordinates] : area.coordinates;
  return polygons.some((rings) => rings.filter((ring) => isInRing(lng, lat, ring)).length % 2 === 1);
};

/** How many of the areas hold each point. `areas` are tried by their extent first. */
export const coverage = (points: LngLat[], areas: Row[]): Row[][] => {
  const boxed = areas.map((row) => ({ row, box: row.bbox as number[], area: row.geometry as Area }));
  return points.map((point) => {
    const [lng, lat] = point;
    return boxed
      .filter(
        ({ box: [w = 0, s = 0, e = 0, n = 0], area }) =>
          lng >= w && lng <= e && lat >= s && lat <= n && isInArea(point, area),
      )
      .map(({ row }) => row);
  });
};

export const countBy = (rows: Row[], key: (row: Row) => string): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(key(row), (counts.get(key(row)) ?? 0) + 1);
  return counts;
};
