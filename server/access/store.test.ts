import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { isAggregateOnly, screenKeys } from '@/data/model/scope';
import { servers, type TestDatabase, testDatabase } from '../db/testing';
import { grids, loadTown } from '../db/testing-town';
import { type Installation, readInstallation, writeInstallation } from '../dictionary/store';
import { listPosts, resolveScope, signIn } from './store';

describe.each(servers())('posts on %s', (server) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase({ server });
    await loadTown(database.connection);
  });
  afterAll(() => database.end());
  const scope = (badge: string | undefined, screen: 'big' | 'mid' = 'mid') =>
    resolveScope(database.connection, { badge, screen });

  test('every post can sign in and gets its own territory', async () => {
    const posts = await listPosts(database.connection);
    const at = (level: string) => posts.filter((post) => post.level === level).length;
    expect(['city', 'district', 'subdistrict', 'community', 'grid'].map(at)).toEqual([0, 7, 2, 3, 4]);
    for (const { role, division, level } of posts) {
      const badge = await signIn(database.connection, { role, division });
      expect(await scope(badge)).toMatchObject({ role, division, level });
    }
  });

  test('posts that do not exist are refused, not widened', async () => {
    const wrong = [`R2:${grids[0]}`, 'R4:DP', 'R9:440307009', 'R0:DP', 'R1:4403', 'R5:nowhere'];
    for (const badge of wrong) {
      await expect(scope(badge), badge).rejects.toMatchObject({ code: 'not_allowed' });
      const [role, division] = badge.split(':') as ['R2', string];
      await expect(signIn(database.connection, { role, division })).rejects.toMatchObject({ code: 'not_allowed' });
    }
  });

  test('without a badge a screen has its open post; a broken badge counts as none', async () => {
    expect(await scope(undefined, 'big')).toMatchObject({ role: 'R0', division: 'DP' });
    expect(await scope('<script>', 'mid')).toMatchObject({ role: 'R2', division: 'DP' });
  });

  describe('on real data', () => {
    const write = async (demo: Installation['demo']) => {
      const { db } = database.connection;
      await writeInstallation(db, { ...(await readInstallation(db)), demo });
    };
    beforeAll(() => write(null));
    afterAll(() => write('tiny'));
    afterEach(() => {
      vi.unstubAllEnvs();
    });

    test('nobody gets more than aggregates', async () => {
      const posts = await listPosts(database.connection);
      expect(posts.map(({ role, division }) => `${role}:${division}`)).toEqual(['R1:DP', 'R7:DP']);
      const open = await Promise.all(
        screenKeys.map((screen) => resolveScope(database.connection, { screen, badge: undefined })),
      );
      expect(open.map(({ role }) => role)).toEqual(['R0', 'R7', 'R1']);
      for (const one of [...open, await scope('R7:DP'), await scope('R1:DP')]) expect(isAggregateOnly(one)).toBe(true);
      for (const badge of ['R2:DP', 'R3:440307009', `R5:${grids[0]}`]) {
        await expect(scope(badge), badge).rejects.toMatchObject({ code: 'not_allowed' });
        const [role, division] = badge.split(':') as ['R2', string];
        await expect(signIn(database.connection, { role, division })).rejects.toMatchObject({ code: 'not_allowed' });
      }
    });

    test('GRIDHALL_OPEN=on opens every post but the administrators’', async () => {
      vi.stubEnv('GRIDHALL_OPEN', 'on');
      expect(await scope(undefined)).toMatchObject({ role: 'R2' });
      expect(await scope(`R5:${grids[0]}`)).toMatchObject({ role: 'R5' });
      expect(await listPosts(database.connection)).toHaveLength(13);
      for (const badge of ['R8:DP', 'R9:DP', 'R10:DP'])
        await expect(scope(badge), badge).rejects.toMatchObject({ code: 'not_allowed' });
    });
  });
});
