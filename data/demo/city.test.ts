import { expect, it } from 'vitest';
import { demoTables } from '.';

const at = new Date('2026-11-22T15:20:00+08:00');

it('tiles the district 18 times without a code used twice', () => {
  const codes = new Set<unknown>();
  let [nDivisions, nBuildings] = [0, 0];
  const ids = new Set<unknown>();
  for (const { table, columns, rows } of demoTables({ size: 'city', at })) {
    if (table === 'event') {
      for (const row of rows) {
        ids.add(row[0]);
        if (ids.size === 1000) break;
      }
      break;
    }
    if (!['division', 'block', 'building'].includes(table)) continue;
    for (const row of rows) {
      codes.add(`${table}:${row[columns.indexOf('code')]}`);
      if (table === 'division') nDivisions++;
      if (table === 'building') nBuildings++;
      if (codes.size % 5000 === 1 && table === 'building') expect(String(row[0])).toMatch(/^4403\d{15}$/);
    }
  }
  expect(ids.size).toBe(1000);
  expect(nBuildings).toBeGreaterThan(600_000);
  expect([...codes].filter((code) => String(code).startsWith('division:'))).toHaveLength(nDivisions);
  expect([...codes].filter((code) => String(code).startsWith('building:'))).toHaveLength(nBuildings);
}, 300_000);
