import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { metrics } from '@/data/metrics';
import { type TestDatabase, testDatabase, testNow } from '../db/testing';
import { replica } from '../metric/replica';
import { createCaller } from '../trpc/root';
import { listPosts, resolveScope } from './store';

let database: TestDatabase;
let home: string;
beforeAll(async () => {
  database = await testDatabase({ demo: 'tiny' });
  home = mkdtempSync(join(tmpdir(), 'gridhall-levels-'));
  vi.stubEnv('DATABASE_URL', database.url);
  vi.stubEnv('GRIDHALL_HOME', home);
});
afterAll(async () => {
  await replica().stop();
  vi.unstubAllEnvs();
  await database.end();
  rmSync(home, { recursive: true, force: true });
});

const levels = ['subdistrict', 'community'] as const;

/** What one post is told over its whole territory, or of the records that no division of a level holds; null = withheld. */
const told = async (badge: string, metric: string, outside?: (typeof levels)[number]): Promise<number | null> => {
  const scope = await resolveScope(database.connection, { badge, screen: 'mid' });
  const question = { division: null, period: 'P90D' as const, at: testNow.toISOString(), filters: [] };
  const caller = createCaller({ scope, connection: database.connection });
  if (!outside) return (await caller.metric.ask({ metric, question })).cells[0]?.value ?? null;
  const { cells } = await caller.metric.ask({ metric, question, dimensions: [outside] });
  return cells.find(({ at }) => at[outside] === 'none')?.value ?? 0;
};

/** Counts that add up over places: a warning counts in each place it covers. */
const additive = metrics.filter(
  ({ kind, dimensions, by }) =>
    (kind === 'count' || kind === 'sum') && dimensions.includes('community') && !by?.community,
);

test('every post opens the same page on its own territory, and the levels add up', async () => {
  const posts = await listPosts(database.connection);
  const badgesAt = (level: string, role: string) =>
    posts.filter((post) => post.level === level && post.role === role).map((post) => `${role}:${post.division}`);
  const district = badgesAt('district', 'R2')[0] ?? '';
  const below = { subdistrict: badgesAt('subdistrict', 'R3'), community: badgesAt('community', 'R4') };
  expect(below.community.length).toBeGreaterThan(below.subdistrict.length);
  let nCompared = 0;
  for (const { key } of additive) {
    const whole = await told(district, key);
    for (const level of levels) {
      const outside = await told(district, key, level);
      const values = await Promise.all(below[level].map((badge) => told(badge, key)));
      if (whole === null || outside === null || values.includes(null)) continue;
      nCompared += 1;
      const sum = values.reduce<number>((total, value) => total + (value ?? 0), outside);
      expect(sum, `${key} by ${level}`).toBeCloseTo(whole, 6);
    }
  }
  expect(nCompared).toBeGreaterThan(16);
});
