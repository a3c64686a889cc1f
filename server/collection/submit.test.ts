import { spawn } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { CollectItem } from '@/data/model/collection';
import { roles, screenKeys } from '@/data/model/scope';
import type { TestDatabase } from '../db/testing';
import { buildingOf, dwellingsOf, grids } from '../db/testing-town';
import { collectTown, confirmed, newcomer, shop, shown, townCollectors, visitTo } from './testing';

let database: TestDatabase;
let town: ReturnType<typeof townCollectors>;
const sqlOf = () => database.connection.sql;
const [north, second, sea] = grids;
const [home, empty] = dwellingsOf(north);

beforeAll(async () => {
  database = await collectTown();
  town = townCollectors(database);
});
afterAll(() => database.end());

describe('the register on the phone', () => {
  test('the grid’s own doors with all behind them, masked; nothing of another grid', async () => {
    const told = await town.sheet(north);
    expect(told.buildings.map(({ code }) => code)).toEqual([buildingOf(north)]);
    const door = await town.doorOf(north, home);
    expect(door.people.map(({ name }) => name)).toEqual(['王**', '王**']);
    expect(door.collectedAt).toBeNull();
    expect(JSON.stringify(told)).not.toMatch(/王小|4403071980|13800005521/);
    expect((await town.sheet(sea)).buildings.map(({ code }) => code)).toEqual([buildingOf(sea)]);
  });

  test('workers of base grids alone have it; on a wall nobody', async () => {
    for (const role of roles)
      for (const screen of screenKeys)
        if (role !== 'R5' || screen === 'big')
          await expect(
            town.callerOf(role, north, screen).collection.sheet(),
            `${role} ${screen}`,
          ).rejects.toMatchObject({
            code: 'FORBIDDEN',
          });
  });
});

describe('one visit', () => {
  test('confirmed, changed, gone and new in one command, told once; every step is kept', async () => {
    const door = await town.doorOf(north, home);
    const [grown, child] = door.people;
    if (!grown || !child) throw new Error('Two live there.');
    const told = visitTo(north, home, [
      { ...{ told: 'use', kind: 'dwelling', key: home, stamp: door.stamp ?? '' }, values: { house_use: '2' } },
      { told: 'confirm', kind: 'person', ...shown(grown) },
      { told: 'gone', kind: 'person', ...shown(child) },
      newcomer('李新来', '440307199001010031'),
      shop('山货铺', '91440300000009999A'),
    ]);
    const before = await town.nWritten();
    expect(await town.submit(told, north)).toEqual({ nItems: 5 });
    // A lost answer: the same command again, and twice at once.
    expect(await Promise.all([town.submit(told, north), town.submit(told, north)])).toEqual([
      { nItems: 5 },
      { nItems: 5 },
    ]);
    const after = await town.nWritten();
    expect(after).toMatchObject({
      ...{ visits: before.visits + 1, items: before.items + 5, people: before.people + 1 },
      ...{ homes: before.homes + 1, ended: before.ended + 1, entities: before.entities + 1 },
    });
    const rows = await town.itemsOf(told.clientKey);
    expect(rows.map(({ act, method }) => `${act} ${method}`)).toEqual([
      ...['change shown', 'confirm shown', 'gone shown', 'add made', 'add made'],
    ]);
    expect(rows[0]).toMatchObject({ before: { house_use: '1' }, after: { house_use: '2' } });
    expect(rows[2]).toMatchObject({ record_id: child.key, before: { to_on: null } });
    expect(JSON.stringify(rows)).not.toMatch(/李新来|440307199001010031/);
    const [who] = await sqlOf()`select actor_id, actor_role, grid_code from collection where id = ${told.clientKey}`;
    expect(who).toEqual({ actor_id: `R5:${north}`, actor_role: 'R5', grid_code: north });
    const origins = await sqlOf()`select r.record_origin as home, e.record_origin as shop from residence r, entity e
      where r.id::text = ${rows[3]?.record_id} and e.id = ${rows[4]?.record_id}`;
    expect(origins).toEqual([{ home: 'worker', shop: 'worker' }]);
    const then = await town.doorOf(north, home);
    expect(then.people.map(({ name }) => name)).toEqual(['王**', '李**']);
    expect(then.collectedAt).not.toBeNull();
    await expect(sqlOf()`update collection_item set why = 'x'`).rejects.toThrow(/kept as they were written/);
    await expect(sqlOf()`delete from collection`).rejects.toThrow(/kept as they were written/);
  });

  test('another content under the same key is refused, and so is the key of somebody else', async () => {
    const told = visitTo(north, empty, [confirmed(await town.doorOf(north, empty))]);
    await town.submit(told, north);
    await expect(town.submit({ ...told, items: [shop('别的', '91440300000008888A')] }, north)).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    const foreign = { ...told, building: buildingOf(second), dwelling: dwellingsOf(second)[0] };
    await expect(town.submit(foreign, second)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  test('what was changed meanwhile is named, and nothing of the visit is written', async () => {
    const door = await town.doorOf(north, home);
    const [first, last] = door.people;
    if (!first || !last) throw new Error('Two live there.');
    const told = visitTo(north, home, [
      confirmed(door),
      { told: 'gone', kind: 'person', ...shown(first) },
      { told: 'confirm', kind: 'person', ...shown(last) },
      newcomer('李不写', '440307199001010058'),
    ]);
    await sqlOf()`update residence set relation = '4' where id = ${last.key}`;
    const before = await town.nWritten();
    await expect(town.submit(told, north)).rejects.toMatchObject({
      code: 'CONFLICT',
      cause: { params: { changed: `person ${last.key}` } },
    });
    expect(await town.nWritten()).toEqual(before);
    const now = (await town.doorOf(north, home)).people.find(({ key }) => key === last.key);
    const again = told.items.map((item): CollectItem => {
      if (!('key' in item) || item.key !== last.key || !now) return item;
      return { told: 'confirm', kind: 'person', ...shown(now) };
    });
    expect(await town.submit({ ...told, items: again }, north)).toEqual({ nItems: 4 });
  });

  test('doors, records and posts elsewhere', async () => {
    const foreign = await town.doorOf(sea, dwellingsOf(sea)[0]);
    const theirs = visitTo(sea, dwellingsOf(sea)[0], [confirmed(foreign)]);
    await expect(town.submit(theirs, north)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    // Another grid's record told at one's own door.
    const smuggled = visitTo(north, home, [
      { told: 'gone', kind: 'person', ...shown(foreign.people[0] ?? { key: '', stamp: '' }) },
    ]);
    await expect(town.submit(smuggled, north)).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(town.submit({ ...theirs, building: buildingOf(north) }, north)).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
    for (const role of roles.filter((one) => one !== 'R5'))
      await expect(town.submit(theirs, sea, role), role).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect((await town.doorOf(sea, dwellingsOf(sea)[0])).people).toHaveLength(2);
  });
});

test('killed in the midst of a visit: nothing of it is there; sent again, all of it', async () => {
  const door = await town.doorOf(north, empty);
  const [old] = door.people;
  if (!old) throw new Error('Somebody lives there.');
  const told = visitTo(north, empty, [
    { ...{ told: 'use', kind: 'dwelling', key: empty, stamp: door.stamp ?? '' }, values: { house_use: '6' } },
    { told: 'gone', kind: 'person', ...shown(old) },
    newcomer('李半途', '440307199001010074'),
    shop('半途店', '91440300000007777A'),
  ]);
  const before = await town.nWritten();
  // The last item waits for a lock on what it reads; by then all before it is written, and not committed.
  const holder = await sqlOf().reserve();
  await holder`begin`;
  await holder`lock table entity in exclusive mode`;
  const child = spawn(process.execPath, [
    ...['--import', 'tsx', 'server/collection/testing-worker.ts', database.url, north, JSON.stringify(told)],
  ]);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const waiting = async () =>
    (await sqlOf()`select pid from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`)
      .length;
  await vi.waitFor(async () => expect(await waiting()).toBe(1), { timeout: 60_000, interval: 100 });
  child.kill('SIGKILL');
  await ended;
  await holder`rollback`;
  holder.release();
  await vi.waitFor(async () => expect(await waiting()).toBe(0), { timeout: 20_000, interval: 100 });
  expect(await town.nWritten()).toEqual(before);
  expect(await town.submit(told, north)).toEqual({ nItems: 4 });
  expect(await town.nWritten()).toMatchObject({ visits: before.visits + 1, items: before.items + 4 });
}, 120_000);
