import { expect, it } from 'vitest';
import { demoTables } from '.';
import { type DemoTableName, demoColumns } from './table';
import { hashRows, readDemo } from './testing';

const at = new Date('2026-11-22T15:20:00+08:00');

it('gives the same bytes for the same options, and others for another end', () => {
  const hash = (end: Date) =>
    hashRows([...demoTables({ size: 'tiny', at: end })].map(({ table, rows }) => [table, [...rows]]));
  expect(hash(at)).toBe(hash(at));
  expect(hash(new Date('2026-05-02T09:00:00+08:00'))).not.toBe(hash(at));
});

it('is a town of 3 communities, 12 grids, 1,500 people and 200 events', () => {
  const demo = readDemo('tiny', at);
  const level = (n: number) => demo.division.filter((row) => row.level === n).length;
  expect([level(4), level(5), level(6)]).toEqual([1, 3, 12]);
  expect(demo.person).toHaveLength(1500);
  expect(demo.event).toHaveLength(200);
  expect(demo.building.length).toBeGreaterThan(200);
  expect(demo.building.length).toBeLessThan(400);
});

it('fills every declared column of every table', () => {
  for (const { table, columns, rows } of demoTables({ size: 'tiny', at })) {
    expect(columns).toEqual(demoColumns[table as DemoTableName]);
    for (const row of rows) {
      expect(row).toHaveLength(columns.length);
      expect(row.some((value) => value === undefined || Number.isNaN(value))).toBe(false);
    }
  }
});

it('knows nothing that happened after its end, whenever that is', () => {
  for (const end of ['2026-01-01T00:20:00+08:00', '2026-02-28T23:59:00+08:00', '2027-07-27T12:00:00+08:00']) {
    const demo = readDemo('tiny', new Date(end));
    const instants = [...demo.event, ...demo.event_transition, ...demo.unplaced].flatMap((row) =>
      Object.entries(row).flatMap(([column, value]) =>
        value instanceof Date && !column.endsWith('due_at') ? [value.getTime()] : [],
      ),
    );
    expect(Math.max(...instants)).toBeLessThanOrEqual(Date.parse(end));
    expect(demo.event).toHaveLength(200);
  }
});
