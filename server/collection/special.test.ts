import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SpecialTold } from '@/data/model/collection';
import { roles, screenKeys } from '@/data/model/scope';
import type { TestDatabase } from '../db/testing';
import { buildingOf, dwellingsOf, grids } from '../db/testing-town';
import { collectTown, confirmed, townCollectors, visitTo } from './testing';

let database: TestDatabase;
let town: ReturnType<typeof townCollectors>;
const [north, , , beyond] = grids;
const fire = { building: buildingOf(north), department: 'D01' };

beforeAll(async () => {
  database = await collectTown();
  town = townCollectors(database);
  await database.connection.sql`insert into specialised_grid (code, line, name, name_en, department_code)
    values ('P06-1', 'P06', 'Gas 1', 'Gas 1', 'D02')`;
  await database.connection.sql`insert into specialised_grid_member values ('P06-1', ${north})`;
});
afterAll(() => database.end());

const told = (values: SpecialTold['values'], rest: Partial<SpecialTold> = {}): SpecialTold => ({
  ...{ clientKey: crypto.randomUUID(), ...fire, values, happenedAt: new Date().toISOString() },
  ...rest,
});
const handler = () => town.callerOf('R6').collection;

test('each sees the fields of the own lines where they cover the building, and nobody of another kind sees any', async () => {
  const codes = async (building: string, department: string) =>
    (await handler().form({ building, department })).map(({ code }) => code);
  expect(await codes(fire.building, 'D01')).toEqual(['P01-1', 'P01-2', 'P01-3']);
  expect(await codes(fire.building, 'D02')).toEqual(['P06-1', 'P06-2']);
  expect(await codes(fire.building, 'D03')).toEqual([]);
  expect(await codes(buildingOf(beyond), 'D01')).toEqual([]);
  for (const role of roles)
    for (const screen of screenKeys)
      if (role !== 'R6' || screen === 'big')
        await expect(town.callerOf(role, 'DP', screen).collection.form(fire), role).rejects.toMatchObject({
          code: 'FORBIDDEN',
        });
});

test('what was told is the next form’s beginning; told once, with what stood before', async () => {
  const first = told({ 'P01-1': 4, 'P01-2': true });
  expect(await handler().submitForm(first)).toEqual({ nItems: 1 });
  expect(await handler().submitForm(first)).toEqual({ nItems: 1 });
  await expect(handler().submitForm({ ...first, values: { 'P01-1': 5 } })).rejects.toMatchObject({ code: 'CONFLICT' });
  await handler().submitForm(told({ 'P01-2': false }));
  const form = await handler().form(fire);
  expect(form.map(({ code, value }) => [code, value])).toEqual([
    ['P01-1', 4],
    ['P01-2', false],
    ['P01-3', null],
  ]);
  const steps = await database.connection.sql`select i.before ->> 'P01-2' as before, i.after ->> 'P01-2' as after,
      c.actor_role as role from collection_item i join collection c on c.id = i.collection_id order by c.recorded_at`;
  expect(steps).toEqual([
    { before: null, after: 'true', role: 'R6' },
    { before: 'true', after: 'false', role: 'R6' },
  ]);
});

test('fields of another line, answers of another kind and the grid worker’s records are refused', async () => {
  await expect(handler().submitForm(told({ 'P06-1': 1 }))).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(handler().submitForm(told({ 'P01-1': true }))).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  const door = await town.doorOf(north, dwellingsOf(north)[0]);
  await expect(
    town.callerOf('R6').collection.submit(visitTo(north, dwellingsOf(north)[0], [confirmed(door)])),
  ).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(town.callerOf('R6').collection.sheet()).rejects.toMatchObject({ code: 'FORBIDDEN' });
});
