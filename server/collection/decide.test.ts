import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { roles } from '@/data/model/scope';
import type { TestDatabase } from '../db/testing';
import { buildingOf, dwellingsOf, grids, townScope } from '../db/testing-town';
import { inPlain } from '../person/testing';
import { createCaller } from '../trpc/root';
import { collectTown, newcomer, shop, shown, townCollectors, visitTo } from './testing';

let database: TestDatabase;
let town: ReturnType<typeof townCollectors>;
const sqlOf = () => database.connection.sql;
const [north, second, sea] = grids;
const [home, other] = dwellingsOf(north);
const community = north.slice(0, 12);
const numberOf = (id: number) => `44030719800506${String(id).padStart(3, '0')}X`;

beforeAll(async () => {
  database = await collectTown();
  town = townCollectors(database);
});
afterAll(() => database.end());

const told = async (...items: Parameters<typeof visitTo>[2]) => {
  const visit = visitTo(north, home, items);
  await town.submit(visit, north);
  return { id: visit.clientKey, rows: await town.itemsOf(visit.clientKey) };
};
const homesOf = (person: number) => sqlOf()`
  select dwelling_code as door, to_on is null as runs from residence where person_id = ${person} order by id`;

describe('new ones are linked rather than doubled', () => {
  test('the same number: moved within the grid, its former home ends; elsewhere it is left to its own grid', async () => {
    const before = await town.nWritten();
    const { rows } = await told(newcomer('王小刚2', numberOf(2)), newcomer('王小明20', numberOf(20)));
    expect(rows.map(({ method }) => method)).toEqual(['number', 'number']);
    expect((await town.nWritten()).people).toBe(before.people);
    expect(await homesOf(2)).toEqual([
      { door: other, runs: false },
      { door: home, runs: true },
    ]);
    expect(await homesOf(20)).toEqual([
      { door: dwellingsOf(sea)[0], runs: true },
      { door: home, runs: true },
    ]);
    // Told again at the same door it is the same resident.
    const again = await told(newcomer('王小刚2', numberOf(2)));
    expect(again.rows).toMatchObject([{ method: 'number', after: {} }]);
    expect(await homesOf(2)).toHaveLength(2);
  });

  test('the same name at the address whose number was none is linked and gets its number', async () => {
    const { rows } = await told(newcomer('王小红1', '440307201501010027'));
    expect(rows).toMatchObject([{ method: 'name', after: {} }]);
    const number = await inPlain(database.connection, async (sql) => sql`select id_number from person where id = 1`);
    expect(number).toEqual([{ id_number: '440307201501010027' }]);
  });

  test('an entity by its code, or by its name however written; one of another grid is not taken from there', async () => {
    const entity = async (grid: string) =>
      (
        await sqlOf()`select id, name, credit_code as code from entity where grid_code = ${grid} order by id limit 1`
      )[0];
    const [own, theirs] = [await entity(north), await entity(sea)];
    const before = await town.nWritten();
    const { rows } = await told(shop('随便', own?.code), shop('随便', theirs?.code));
    expect(rows).toMatchObject([
      { method: 'number', record_id: own?.id, after: { dwelling_code: home } },
      { method: 'none', why: 'elsewhere', candidates: [theirs?.id] },
    ]);
    await sqlOf()`update entity set credit_code = 'x' where id = ${own?.id}`;
    const named = await told(shop(` ${own?.name}`, '91440300000001234A'));
    expect(named.rows).toMatchObject([{ method: 'name', after: { credit_code: '91440300000001234A' } }]);
    expect((await town.nWritten()).entities).toBe(before.entities);
    const [kept] = await sqlOf()`select grid_code from entity where id = ${theirs?.id}`;
    expect(kept?.grid_code).toBe(sea);
  });

  test('a move is placed by the address that was told, where it means one building of the grid', async () => {
    await sqlOf()`insert into building (code, name, name_en, address, house_type, storeys, area_sqm, footprint,
        lng, lat, subdistrict_code, community_code, grid_code, block_code)
      select ${`${north}00002`}, '兴隆楼', 'Xinglong House', '试验区兴隆路8号', house_type, storeys, area_sqm, footprint,
        lng, lat, subdistrict_code, community_code, grid_code, block_code from building where code = ${buildingOf(north)}`;
    const move = async (address: string) => {
      const [entity] = (await town.doorOf(north, home)).entities;
      return (
        await told({ told: 'move', kind: 'entity', ...shown(entity ?? { key: '', stamp: '' }), values: { address } })
      ).rows;
    };
    expect(await move('哪里也不是')).toMatchObject([{ method: 'none', why: 'address' }]);
    expect(await move(buildingOf(sea))).toMatchObject([{ method: 'none', why: 'elsewhere' }]);
    expect(await move('兴隆路8号')).toMatchObject([
      { method: 'address', before: { dwelling_code: home }, after: { building_code: `${north}00002` } },
    ]);
  });
});

describe('what nobody but a person can say', () => {
  test('is listed masked for those who judge, each in the own territory, and is no resident meanwhile', async () => {
    const { id, rows } = await told(newcomer('王小明0', '440307199001010112'));
    expect(rows).toMatchObject([{ method: 'none', why: 'name', candidates: ['0'], record_id: null }]);
    expect((await town.doorOf(north, home)).people.filter(({ since }) => since > '2026')).toHaveLength(2);
    const list = await town.callerOf('R4', community, 'mid').collection.unmatched();
    expect(list.find((one) => one.id === id)).toMatchObject({
      ...{ seq: 1, kind: 'person', why: 'name', told: '王** 440307**********12', mayDecide: true },
      candidates: [{ key: '0', label: '王** 440307**********0X' }],
    });
    expect(JSON.stringify(list)).not.toMatch(/王小|4403071990|4403071980/);
    expect(await town.callerOf('R4', sea.slice(0, 12), 'mid').collection.unmatched()).toEqual([]);
    for (const role of roles.filter((one) => !['R2', 'R3', 'R4'].includes(one)))
      await expect(town.callerOf(role, 'DP', 'mid').collection.unmatched(), role).rejects.toMatchObject({
        code: 'FORBIDDEN',
      });
  });

  test('whoever collected it does not judge it, under whatever post; nor does one elsewhere', async () => {
    const { id } = await told(newcomer('王小明0', '440307199001010139'));
    const wanted = { id, seq: 1, choice: 'dismiss' as const };
    const scope = { ...townScope('R4', community, 'mid'), actorId: `R5:${north}` };
    const self = createCaller({ scope, connection: database.connection }).collection;
    expect((await self.unmatched()).find((one) => one.id === id)?.mayDecide).toBe(false);
    await expect(self.decide(wanted)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const elsewhere = town.callerOf('R4', sea.slice(0, 12), 'mid').collection;
    await expect(elsewhere.decide(wanted)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('the same, another one, or nothing: once, with its history', async () => {
    const judge = town.callerOf('R4', community, 'mid').collection;
    const open = async (number: string) => (await told(newcomer('王小明0', number))).id;
    const [same, another, nothing] = [
      await open('440307199001010155'),
      await open('440307199001010171'),
      await open('440307199001010198'),
    ];
    const before = await town.nWritten();
    const choose = (id: string, choice: 'same' | 'other' | 'dismiss', candidate: string | null = null) =>
      judge.decide({ id, seq: 1, choice, candidate });
    await expect(choose(same, 'same')).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await expect(choose(same, 'same', '20')).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect(await choose(same, 'same', '0')).toMatchObject({ record: '0' });
    await expect(choose(same, 'dismiss')).rejects.toMatchObject({ code: 'CONFLICT' });
    const made = await choose(another, 'other');
    expect(await choose(nothing, 'dismiss')).toEqual({ record: null });
    // Two that were kept are gone with the decision, the third lives there now.
    expect(await town.nWritten()).toMatchObject({ people: before.people - 2, homes: before.homes + 1 });
    expect((await town.doorOf(north, home)).people.map(({ key }) => key)).toContain(made.record);
    const steps = await sqlOf()`select choice, record_id, actor_role, after from collection_decision
      where collection_id in ${sqlOf()([same, another])} order by at`;
    expect(steps).toMatchObject([
      { choice: 'same', record_id: '0', actor_role: 'R4', after: {} },
      { choice: 'other', record_id: made.record, after: { dwelling_code: home } },
    ]);
  });

  test('an entity of another grid is brought over by a post that holds both', async () => {
    const [theirs] = await sqlOf()`select id, credit_code as code from entity where grid_code = ${second} limit 1`;
    const { id } = await told(shop('搬来的店', theirs?.code));
    const wanted = { id, seq: 1, choice: 'same' as const, candidate: theirs?.id };
    expect(await town.callerOf('R4', community, 'mid').collection.decide(wanted)).toEqual({ record: theirs?.id });
    expect(await sqlOf()`select grid_code, dwelling_code from entity where id = ${theirs?.id}`).toEqual([
      { grid_code: north, dwelling_code: home },
    ]);
  });
});
