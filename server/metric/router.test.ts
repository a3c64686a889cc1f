import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { metrics } from '@/data/metrics/index';
import { Answer } from '@/data/model/answer';
import { buildBrushIndex, readBrush } from '@/data/model/brush-index';
import type { Role, Scope, ScreenKey } from '@/data/model/scope';
import { roles } from '@/data/model/scope';
import { type TestDatabase, testDatabase } from '../db/testing';
import { createCallerFactory } from '../trpc/init';
import { replica } from './replica';
import { metricRouter } from './router';
import { loadTown, townClock } from './testing';

let database: TestDatabase;
let home: string;

beforeAll(async () => {
  database = await testDatabase();
  await loadTown(database.connection);
  home = mkdtempSync(join(tmpdir(), 'gridhall-router-'));
  vi.stubEnv('DATABASE_URL', database.url);
  vi.stubEnv('GRIDHALL_HOME', home);
});
afterAll(async () => {
  await replica().stop();
  vi.unstubAllEnvs();
  await database.end();
  rmSync(home, { recursive: true, force: true });
});

const caller = (role: Role, screen: ScreenKey, code = 'T', path = '/44/4403/T/') => {
  const scope: Scope = { division: code, path, level: 'district', role, screen, post: code, actorId: role };
  return createCallerFactory(metricRouter)({ scope, connection: database.connection });
};

const question = { division: null, period: 'P7D' as const, at: townClock, filters: [] };

test('every role on every screen is answered in aggregates', async () => {
  for (const screen of ['big', 'mid', 'small'] as const)
    for (const role of roles) {
      const given = await caller(role, screen).ask({ metric: 'event.reported', question });
      expect(Answer.parse(given).cells[0]?.value).toBe(14);
    }
});

test('every role on every screen brushes aggregates; by building none that sees aggregates alone', async () => {
  const brush = (role: Role, screen: ScreenKey, other: 'community' | 'building') =>
    caller(role, screen).brush({ metric: 'event.reported', active: 'day', others: [other], question });
  for (const screen of ['big', 'mid', 'small'] as const)
    for (const role of roles) {
      const cube = await brush(role, screen, 'community');
      const [chart] = cube.charts;
      if (!chart) throw new Error('No chart.');
      const left = readBrush(buildBrushIndex(cube, chart), { from: 0, to: cube.codes.length });
      expect(left.reduce((sum, n) => sum + n, 0)).toBe(14);
    }
  await expect(brush('R2', 'big', 'building')).rejects.toMatchObject({ code: 'FORBIDDEN' });
  expect((await brush('R2', 'mid', 'building')).charts).toHaveLength(1);
});

test('rows are refused to walls and to roles that see aggregates alone', async () => {
  const rows = (role: Role, screen: ScreenKey) => caller(role, screen).rows({ metric: 'event.reported', question });
  expect((await rows('R2', 'mid')).rows).toHaveLength(14);
  for (const [role, screen] of [
    ['R2', 'big'],
    ['R0', 'mid'],
    ['R1', 'small'],
  ] as const)
    await expect(rows(role, screen)).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

test('no wall and no aggregate role is told of events or people by building, after others were', async () => {
  for (const metric of ['event.reported', 'event.open', 'person.resident']) {
    const of = (role: Role, screen: ScreenKey) =>
      caller(role, screen).ask({ metric, question, dimensions: ['building'] });
    expect((await of('R2', 'mid')).dimensions).toEqual(['building']);
    for (const [role, screen] of [
      ['R2', 'big'],
      ['R0', 'mid'],
      ['R1', 'small'],
    ] as const)
      await expect(of(role, screen)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  }
  expect(
    (await caller('R0', 'big').ask({ metric: 'building.count', question, dimensions: ['building'] })).cells,
  ).not.toEqual([]);
});

test('a division elsewhere, an unknown metric and a wrong question each have their error', async () => {
  const ask = caller('R3', 'mid', 'T1', '/44/4403/T/T1/').ask;
  await expect(ask({ metric: 'event.open', question: { ...question, division: 'T2' } })).rejects.toMatchObject({
    code: 'FORBIDDEN',
  });
  await expect(ask({ metric: 'no.metric', question })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  await expect(ask({ metric: 'event.open', question: { ...question, at: 'yesterday' } })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
  });
});

test('the catalogue is the catalogue', async () => {
  expect(await caller('R0', 'big').catalogue()).toEqual(metrics);
});
