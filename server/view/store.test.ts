import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role, ScreenKey } from '@/data/model/scope';
import { emptyView, type View } from '@/data/model/view';
import { servers, type TestDatabase, testDatabase } from '../db/testing';
import { grids, loadTown, townScope } from '../db/testing-town';
import { createCaller } from '../trpc/root';
import { mostViews } from './store';

const north = '440307009';
const south = '440307010';
const draft = (name: string, patch: Partial<View> = {}, isShared = false) => ({
  name,
  screen: 'mid' as const,
  isShared,
  view: { ...emptyView, ...patch },
});

describe.each(servers())('saved views on %s', (server) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase({ server });
    await loadTown(database.connection);
  });
  afterAll(() => database.end());
  const by = (role: Role, division: string, screen?: ScreenKey) =>
    createCaller({ scope: townScope(role, division, screen), connection: database.connection }).view;
  const namesOf = async (role: Role, division: string) =>
    (await by(role, division).list()).map(({ name, isOwn }) => [name, isOwn]);

  test('a View comes back as it was kept, with its place named', async () => {
    const view: Partial<View> = {
      page: 'explorer',
      period: 'P90D',
      metric: 'event.open',
      filters: [{ source: 'facet-level', field: 'level', values: ['1', '2'] }],
      selection: 'building:B1',
      camera: { lng: 114.5, lat: 22.5, zoom: 15, pitch: 30, bearing: 0 },
    };
    const saved = await by('R2', 'DP').save(draft('早会', view));
    expect(saved).toMatchObject({ name: '早会', version: 1, isOwn: true, owner: { role: 'R2', division: 'DP' } });
    expect(saved.view).toEqual({ ...emptyView, ...view, division: 'DP' });
    expect(await by('R2', 'DP').byId({ id: saved.id })).toEqual(saved);
  });

  test('somebody else’s private view is not there for anyone, above or below', async () => {
    const { id, version } = await by('R3', north).save(draft('北私'));
    for (const other of [by('R2', 'DP'), by('R3', south), by('R4', '440307009015'), by('R1', 'DP')]) {
      expect((await other.list()).map((each) => each.id)).not.toContain(id);
      await expect(other.byId({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(other.rename({ id, version, name: '改', isShared: true })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
      await expect(other.remove({ id, version })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    expect((await by('R3', north).byId({ id })).name).toBe('北私');
  });

  test('a shared view reaches the posts whose territory holds what it looks at, and only its owner changes it', async () => {
    const wide = await by('R2', 'DP').save(draft('全区共享', {}, true));
    const narrow = await by('R2', 'DP').save(draft('北山共享', { division: '440307009015' }, true));
    expect(await namesOf('R3', north)).toContainEqual(['北山共享', false]);
    expect(await namesOf('R4', '440307009015')).toContainEqual(['北山共享', false]);
    expect(await namesOf('R3', south)).not.toContainEqual(['北山共享', false]);
    expect(await namesOf('R3', north)).not.toContainEqual(['全区共享', false]);
    expect(await namesOf('R1', 'DP')).toContainEqual(['全区共享', false]);
    await expect(by('R3', north).byId({ id: wide.id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(by('R3', north).remove({ id: narrow.id, version: narrow.version })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await by('R2', 'DP').rename({ id: narrow.id, version: 1, name: '北山共享', isShared: false });
    expect(await namesOf('R3', north)).not.toContainEqual(['北山共享', false]);
  });

  test('a place outside the territory is refused when it is saved', async () => {
    for (const division of [south, 'DP', grids[3], 'nowhere'])
      await expect(by('R3', north).save(draft('越界', { division }))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('the second of two changes of one version meets a conflict', async () => {
    const owner = by('R4', '440307009015');
    const { id } = await owner.save(draft('同时'));
    const tries = await Promise.allSettled(
      ['甲', '乙'].map((name) => owner.rename({ id, version: 1, name, isShared: false })),
    );
    expect(tries.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(owner.remove({ id, version: 1 })).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await owner.remove({ id, version: 2 })).toEqual({ id });
    await expect(owner.byId({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('a wall and the roles without a desk keep none; names are not empty', async () => {
    for (const nobody of [by('R2', 'DP', 'big'), by('R0', 'DP', 'big'), by('R8', 'DP'), by('R9', 'DP')]) {
      await expect(nobody.list()).rejects.toMatchObject({ code: 'FORBIDDEN' });
      await expect(nobody.save(draft('墙'))).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
    await expect(by('R2', 'DP').save(draft('  '))).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  test('what an older version kept gets the defaults of the parts it lacks; what is no View is left out', async () => {
    const owner = by('R5', grids[0]);
    const old = await owner.save(draft('旧', { period: 'P7D' }));
    const bad = await owner.save(draft('坏'));
    const { sql } = database.connection;
    await sql`update saved_view set view = view - 'layers' - 'page' where id = ${old.id}`;
    await sql`update saved_view set view = '{"period":"forever"}' where id = ${bad.id}`;
    const rows = await owner.list();
    expect(rows.map(({ name }) => name)).toEqual(['旧']);
    expect(rows[0]?.view).toEqual({ ...emptyView, division: grids[0], period: 'P7D' });
  });

  test('a post keeps a hundred at most', async () => {
    const owner = by('R5', grids[2]);
    for (let n = 0; n < mostViews; n++) await owner.save(draft(`第${n}个`));
    await expect(owner.save(draft('多一个'))).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect(await owner.list()).toHaveLength(mostViews);
  });
});
